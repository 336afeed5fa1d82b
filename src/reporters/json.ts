import type { Reporter } from "./reporter.ts";

/** The result itself: policies/schema/result.schema.json describes it. */
export const jsonReporter: Reporter = {
  id: "json",
  mediaType: "application/json",
  fileExtension: "json",
  render: (result) => `${JSON.stringify(result, null, 2)}\n`,
};
