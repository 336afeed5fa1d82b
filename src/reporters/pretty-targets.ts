import { formatLocation } from "../model/location.ts";
import type { ResultTarget, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import { gpoText } from "../model/words.ts";
import type { Paint, Style } from "./ansi.ts";
import type { ContentRow } from "./contents.ts";
import { contentAbout, contentRows } from "./contents.ts";
import { visible } from "./escape.ts";
import { orderTargets, TargetNames } from "./groups.ts";
import { indent, table, wrap } from "./pretty-layout.ts";
import { targetVerdict, verdictWords } from "./words.ts";

const verdictStyles: Readonly<Record<Verdict, Style>> = {
  fail: "red",
  unknown: "yellow",
  waived: "blue",
  pass: "green",
  "not-applicable": "dim",
};

/** One line a target: name, verdict, counts. What passes is only counted. */
export function targetLines(result: ScanResult, paint: Paint): string[] {
  const names = new TargetNames(result);
  const rows = orderTargets(result.targets).map((target) => targetRow(names.label(target), target));
  const lines = table(rows, (cell, column) => {
    const verdict = verdicts.find((name) => verdictWords[name] === cell);
    return column === 0 && verdict !== undefined ? paint(verdictStyles[verdict], cell) : cell;
  });
  return lines.map((line) => indent(1) + line);
}

function targetRow(name: string, target: ResultTarget): string[] {
  const judged = verdicts.filter((verdict) => verdict !== "not-applicable" && target.counts[verdict] > 0);
  const counts = judged.map((verdict) => `${target.counts[verdict]} ${verdict}`).join(", ");
  return [verdictWords[targetVerdict(target)], visible(name), visible(target.notApplicable ?? counts)];
}

/** Without directory data: what each GPO says by itself. */
export function contentLines(result: ScanResult, paint: Paint): string[] {
  const lines: string[] = [];
  const silent: string[] = [];
  for (const gpo of result.gpos) {
    const rows = contentRows(gpo, result.rules);
    const about = contentAbout(gpo);
    if (rows.length === 0 && gpo.notes.length === 0) silent.push(gpoText(gpo));
    else
      lines.push(
        `  ${paint("bold", visible(gpoText(gpo)))}`,
        ...(about === "" ? [] : wrap(visible(about), indent(2))),
        ...gpo.notes.flatMap((note) =>
          wrap(visible(note), indent(3), `${indent(2)}${paint("yellow", "!")} `, 6),
        ),
        ...rows.flatMap((row) => rowLines(row, paint)),
      );
  }
  if (silent.length === 0) return lines;
  return [
    ...lines,
    ...wrap(visible(`None of the settings that the policy asks about: ${silent.join(", ")}`), indent(1)),
  ];
}

function rowLines({ setting, value, location }: ContentRow, paint: Paint): string[] {
  return [
    ...wrap(visible(`${setting} = ${value}`), indent(2)),
    `${indent(3)}${paint("blue", visible(formatLocation(location)))}`,
  ];
}
