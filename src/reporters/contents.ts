import type { Location } from "../model/location.ts";
import type { GpoContent, ScanResult } from "../model/result.ts";
import { groupBy } from "./groups.ts";

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
