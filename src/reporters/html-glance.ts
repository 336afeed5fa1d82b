import type { Finding, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import type { Change } from "../model/what-if.ts";
import { groupBy, sameStory, severityRank, TargetNames } from "./groups.ts";
import { ruleAnchor } from "./html-parts.ts";
import { isMeasuredRule } from "./measured-words.ts";
import { shortList, verdictWords } from "./words.ts";

/** Wider tables do not fit on paper: then verdicts are counted instead of shown target by target. */
const maxColumns = 6;

/** Requirements against targets, on one page. */
export interface GlanceView {
  readonly columns: readonly string[];
  readonly rows: readonly GlanceRow[];
}

export interface GlanceRow {
  readonly anchor: string;
  readonly title: string;
  readonly severity: string;
  readonly cells: readonly { readonly verdict: Verdict; readonly text: string }[];
}

/**
 * One column for all targets that end the same way in everything; beyond `maxColumns`, one column a verdict. So too where
 * rules are about the directory: their findings are about other objects than computers.
 */
export function glanceView(result: ScanResult): GlanceView {
  const names = new TargetNames(result);
  const byTarget = groupBy(
    result.findings.filter(({ target }) => names.find(target)?.notApplicable === null),
    ({ target }) => target ?? "",
  );
  const columns = groupBy(byTarget, (findings) =>
    JSON.stringify(findings.map((item) => sameStory({ ...item, baseline: null }, names))),
  );
  const rules = [...result.rules].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const isWide = columns.length > maxColumns || result.rules.some(({ setting }) => setting === null);
  const used = verdicts.filter((verdict) => result.summary.counts[verdict] > 0);
  return {
    columns: isWide
      ? used.map((verdict) => verdictWords[verdict])
      : columns.map((group) =>
          shortList(
            group.flatMap(([first]) => names.list([first])),
            6,
          ),
        ),
    rows: rules.map(({ id, title, severity }) => {
      const own = result.findings.filter(({ rule }) => rule === id);
      const cells = isWide
        ? countCells(own, used)
        : columns.map(([[{ target }]]) => verdictCell(own, { id, target }));
      return { anchor: ruleAnchor(id), title, severity, cells };
    }),
  };
}

function countCells(findings: readonly Finding[], used: readonly Verdict[]): GlanceRow["cells"] {
  return used.map((verdict) => {
    const own = findings.filter((finding) => finding.verdict === verdict);
    const marks = marked.flatMap((change) => {
      const count = own.filter(({ before }) => before?.change === change).length;
      return count === 0 ? [] : [`${count} ${change}`];
    });
    const text = [String(own.length), ...marks].join(", ");
    return { verdict: own.length === 0 ? "not-applicable" : verdict, text };
  });
}

/** What a proposal makes of a verdict stands in its cell, in words. */
const marked: readonly Change[] = ["worse", "better"];

/**
 * A pair without a finding is not judged, and must not look like anything better. Only what computers measured need not
 * be there: without evidence there is nothing to compare.
 */
function verdictCell(
  findings: readonly Finding[],
  { id, target }: { readonly id: string; readonly target: string | null },
): GlanceRow["cells"][number] {
  const finding = findings.find((item) => item.target === target);
  if (finding === undefined && isMeasuredRule(id)) return { verdict: "not-applicable", text: "not measured" };
  const verdict = finding?.verdict ?? "unknown";
  const word = verdict === "not-applicable" ? "n/a" : verdictWords[verdict];
  const change = marked.find((item) => item === finding?.before?.change);
  return { verdict, text: change === undefined ? word : `${word}, ${change}` };
}
