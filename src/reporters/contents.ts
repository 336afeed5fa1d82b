import type { Location } from "../model/location.ts";
import type { GpoContent, ScanResult } from "../model/result.ts";
import { groupBy } from "./groups.ts";
import { gpoSourceText } from "./source-words.ts";

/** One row of a GPO with everything that requirements expect of its setting. */
export interface ContentRow {
  readonly setting: string;
  readonly value: string;
  readonly expected: readonly string[];
  readonly location: Location;
}

/** What a GPO contains, a row once: two requirements often ask about the two halves of one setting. */
export function contentRows(gpo: GpoContent, rules: ScanResult["rules"]): ContentRow[] {
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const settings = gpo.settings.map(({ rule, value, location }) => {
    const found = ruleById.get(rule);
    return { setting: found?.settingName ?? rule, value, expected: found?.expected ?? "", location };
  });
  const rows = groupBy(settings, ({ setting, value, location }) =>
    JSON.stringify([setting, value, location]),
  );
  return rows.map((row) => ({ ...row[0], expected: [...new Set(row.map(({ expected }) => expected))] }));
}

/** What a GPO was read from, and where it was linked when that was made; nothing for a plain SYSVOL folder. */
export function contentAbout({ source, asOf, linkedAsOf }: GpoContent): string {
  if (source === "sysvol" && asOf === null && linkedAsOf.length === 0) return "";
  const links = linkedAsOf.length === 0 ? "" : `, linked then to ${linkedAsOf.join(", ")}`;
  return `${gpoSourceText(source, asOf)}${links}`;
}
