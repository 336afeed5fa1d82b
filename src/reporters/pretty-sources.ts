import type { ScanResult } from "../model/result.ts";
import type { RunSource } from "../model/source.ts";
import type { Paint } from "./ansi.ts";
import { visible } from "./escape.ts";
import { indent, table, wrap } from "./pretty-layout.ts";
import { sourceRole, sourceText } from "./source-words.ts";

/** What each argument turned out to be; nothing where that goes without saying: one plain SYSVOL folder. */
export function sourceLines(result: ScanResult, paint: Paint): string[] {
  const { sources } = result.run;
  const [only] = sources;
  const isPlain = sources.length === 1 && only?.kinds.join() === "sysvol" && only.archive === null;
  if (isPlain) return [];
  const rows = table(
    sources.map((source) => [visible(sourceRole(source)), visible(source.path), visible(sourceText(source))]),
    (cell) => cell,
  );
  const told = new Set([""]);
  return sources.flatMap((source, index) => {
    const row = `${indent(1)}${rows[index] ?? ""}`;
    const shown = source.kinds.length === 0 ? paint("yellow", row) : row;
    const blind = blindText(source);
    if (told.has(blind)) return [shown];
    told.add(blind);
    return [shown, ...wrap(visible(`cannot show: ${blind}`), indent(4), indent(3))];
  });
}

/** What weighs on a verdict: of SYSVOL and of evidence it goes without saying here, and stands in the other reports. */
function blindText({ role, kinds, cannotShow }: RunSource): string {
  const isWorthSaying = role !== "evidence" && kinds.some((kind) => kind !== "sysvol");
  return isWorthSaying ? cannotShow.join("; ") : "";
}
