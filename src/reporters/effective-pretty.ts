import type { EffectiveResult, EffectiveTarget } from "../model/effective-result.ts";
import { settingName } from "../model/setting-names.ts";
import { gpoText, valueText } from "../model/words.ts";
import { visible } from "./escape.ts";

/** The resultant policy of each target as text: its GPOs in order, then what they set. */
export function renderEffectivePretty(result: EffectiveResult): string {
  return result.targets.map(targetLines).join("\n");
}

function targetLines(target: EffectiveTarget): string {
  const lines = [`${target.name}  ${target.dn}`, `  site: ${target.site ?? "none"}`];
  for (const gap of target.gaps) lines.push(`  missing: ${gap}`);
  lines.push("  GPOs, strongest first:");
  for (const gpo of target.gpos) {
    const how = `${gpo.enforced ? "enforced, " : ""}link ${gpo.linkOrder} at ${gpo.som}`;
    const state = gpo.state === "applied" ? "applied" : `${gpo.state}: ${gpo.reason ?? ""}`;
    const detail = gpo.detail === null ? "" : ` (${gpo.detail})`;
    lines.push(
      `    ${gpoText({ guid: gpo.guid, displayName: gpo.name })}  ${how}`,
      `      ${state}${detail}`,
    );
  }
  lines.push(`  settings: ${target.settings.length}`);
  const names = new Map(
    target.gpos.map((gpo) => [gpo.guid, gpoText({ guid: gpo.guid, displayName: gpo.name })]),
  );
  for (const setting of target.settings) {
    const doubt = setting.certainty === "known" ? "" : `  ? ${setting.doubts[0] ?? "not certain"}`;
    const value = valueText(setting.key, setting.value);
    lines.push(
      `    ${settingName(setting.key)} = ${value}  by ${names.get(setting.gpo) ?? setting.gpo}${doubt}`,
    );
  }
  return `${lines.map((line) => visible(line)).join("\n")}\n`;
}
