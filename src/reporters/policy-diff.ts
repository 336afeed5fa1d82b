import type { PackComparison, PackRelation, PackRow } from "../model/pack-comparison.ts";
import { packRelations } from "../model/pack-comparison.ts";
import { visible } from "./escape.ts";

/** What two policy packs ask, what cannot both be met first. */
export function renderPolicyDiffPretty({ a, b, rows }: PackComparison): string {
  const lines = [a, b].map(({ name, version, title }) => `${name} ${version}  ${title}`);
  for (const relation of packRelations) {
    const own = rows.filter((row) => row.relation === relation);
    if (own.length === 0) continue;
    lines.push("", `${headings(a.name, b.name)[relation]} (${own.length})`);
    for (const row of own) lines.push(...rowLines(row));
  }
  if (rows.every(({ relation }) => relation !== "conflict"))
    lines.push("", "Both can be satisfied on every setting.");
  return `${lines.map(visible).join("\n")}\n`;
}

export function renderPolicyDiffJson({ a, b, rows }: PackComparison): string {
  const counts = Object.fromEntries(
    packRelations.map((relation) => [relation, rows.filter((row) => row.relation === relation).length]),
  );
  return `${JSON.stringify({ schemaVersion: "1.0", a, b, counts, rows }, null, 2)}\n`;
}

function headings(a: string, b: string): Readonly<Record<PackRelation, string>> {
  return {
    conflict: "Cannot both be satisfied",
    both: "Differ, and both can be satisfied: each asks for something that the other does not",
    "a-stricter": `Differ, and both can be satisfied: ${a} is stricter`,
    "b-stricter": `Differ, and both can be satisfied: ${b} is stricter`,
    "only-a": `Only in ${a}`,
    "only-b": `Only in ${b}`,
    same: "The same",
  };
}

function rowLines({ settingName, relation, a, b }: PackRow): string[] {
  if (relation === "same") return [`  ${settingName}: ${a.map(({ expected }) => expected).join(" and ")}`];
  const rules = [...a, ...b].map(({ id, expected, severity }) => `    ${expected}  ${id} (${severity})`);
  return [`  ${settingName}`, ...rules];
}
