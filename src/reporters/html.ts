import Handlebars from "handlebars/runtime.js";
import { visibleDeep } from "./escape.ts";
import { templates } from "./html-template.gen.ts";
import { buildView } from "./html-view.ts";
import type { Reporter } from "./reporter.ts";

/**
 * One file for auditors: no script, no network, readable on screen and on paper. The templates escape every value, and
 * every string of the view passes `visibleDeep` before: names in GPOs are written by others.
 */
export const htmlReporter: Reporter = {
  id: "html",
  mediaType: "text/html",
  fileExtension: "html",
  render(result) {
    const environment = Handlebars.create();
    const { report, ...partials } = templates;
    environment.registerPartial(
      Object.fromEntries(
        Object.entries(partials).map(([name, source]) => [name, environment.template(source)]),
      ),
    );
    return environment.template(report)(visibleDeep(buildView(result)));
  },
};
