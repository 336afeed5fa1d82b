import type { ScanResult } from "../model/result.ts";
import type { Paint } from "./ansi.ts";
import { visible } from "./escape.ts";
import { indent, wrap } from "./pretty-layout.ts";
import { registerText } from "./waiver-words.ts";

const maxNotices = 20;

/** What the register came to, and what somebody must see to: what counts again first. */
export function waiverLines({ waivers }: ScanResult, paint: Paint): string[] {
  if (waivers === null) return [];
  const notices = waivers.notices.slice(0, maxNotices).flatMap(({ level, text }) => {
    const mark = paint(level === "error" ? "red" : "yellow", "!");
    return wrap(visible(text), indent(2), `${indent(1)}${mark} `, 4);
  });
  const rest = waivers.notices.length - maxNotices;
  return [
    ...wrap(visible(registerText(waivers)), indent(1)),
    ...notices,
    ...(rest > 0 ? [`${indent(1)}${rest} more in the JSON report.`] : []),
  ];
}
