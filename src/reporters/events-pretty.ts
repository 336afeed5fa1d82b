import type {
  EventNeed,
  EventResult,
  EventTarget,
  ProducerView,
  TargetGate,
  TargetProducer,
  Written,
} from "../model/event-result.ts";
import { formatLocation } from "../model/location.ts";
import { auditSubcategoryKey } from "../model/setting.ts";
import { settingName } from "../model/setting-names.ts";
import { gpoText } from "../model/words.ts";
import { visible } from "./escape.ts";
import { indent, wrap } from "./pretty-layout.ts";

/** More than these say little: the list is in the JSON. */
const maxTechniques = 12;

const words: Readonly<Record<Written, string>> = {
  yes: "is written",
  partly: "is written in part",
  no: "is not written",
  unknown: "may or may not be written",
};

/** An event as text: what gates it, who needs it, and what becomes of it on each target. */
export function renderEventPretty(result: EventResult): string {
  const { event, producers, neededBy, techniques, targets } = result;
  const lines = [`Event ${event}`];
  for (const producer of producers) lines.push("", ...producerLines(producer));
  lines.push("", ...needLines(neededBy));
  for (const { subcategory, techniques: all } of techniques) {
    const shown = all.slice(0, maxTechniques).map(({ id, rules }) => `${id} (${rules})`);
    lines.push("", `  ATT&CK, by public rules that read ${settingName(auditSubcategoryKey(subcategory))}:`);
    lines.push(...wrap(shown.join(", "), indent(2)));
  }
  for (const target of targets ?? []) lines.push("", ...targetLines(target, producers));
  return `${lines.map((line) => visible(line)).join("\n")}\n`;
}

function producerLines(producer: ProducerView): string[] {
  const { log, provider, summary, gates, condition, verified, note, source } = producer;
  const lines = [`  ${summary}`, `    log ${log}, by ${provider}`];
  if (gates.length === 0 && verified) lines.push("    no setting gates it");
  for (const { name, setting, opens } of gates) {
    lines.push(...wrap(`gated by ${name}: ${opens}`, indent(3), indent(2)), `      ${setting}`);
  }
  if (condition !== null) lines.push(...wrap(`also: ${condition}`, indent(3), indent(2)));
  if (!verified) lines.push("    no public source says for sure what gates it");
  if (note !== null) lines.push(...wrap(`note: ${note}`, indent(3), indent(2)));
  if (source !== null) lines.push(`    source: ${source.url ?? source.title}`);
  return lines;
}

function needLines(needs: readonly EventNeed[]): string[] {
  if (needs.length === 0) return ["  No bundled policy pack asks for it."];
  const lines = ["  Needed by:"];
  for (const { rule, severity, title, gated, detections } of needs) {
    const free = gated ? "" : ", written whatever that setting says";
    lines.push(...wrap(`${rule}  ${severity}  ${title}${free}`, indent(3), indent(2)));
    for (const detection of detections) lines.push(...wrap(detection, indent(4), `${indent(3)}- `));
  }
  return lines;
}

function targetLines(target: EventTarget, views: readonly ProducerView[]): string[] {
  const { name, dn, site, gaps, written, notApplicable, producers } = target;
  const lines = [`${name}: ${words[written]}`, `  ${dn}, site ${site ?? "none"}`];
  if (notApplicable !== null) lines.push(...wrap(notApplicable, indent(2), indent(1)));
  for (const gap of gaps) lines.push(...wrap(`missing: ${gap}`, indent(2), indent(1)));
  producers.forEach((producer, index) => {
    const own = producerEnd(producer);
    if (producers.length === 1) lines.push(...own);
    else {
      lines.push(`  ${views[index]?.summary ?? ""}: ${words[producer.written]}`);
      lines.push(...own.map((line) => `  ${line}`));
    }
  });
  return lines;
}

function producerEnd({ gates, because, log, logSize }: TargetProducer): string[] {
  const lines = gates.flatMap(gateLines);
  if (gates.length === 0 && because === "") lines.push("  no setting gates it");
  if (because !== "") lines.push(...wrap(because, indent(2), indent(1)));
  if (logSize !== null) lines.push(`  log ${log}: at most ${logSize} KB`);
  return lines;
}

function gateLines(gate: TargetGate): string[] {
  const { name, valueText, written, gpo, gpoName, location, quote, reasons } = gate;
  const by = gpo === null ? "" : `, by GPO ${gpoText({ guid: gpo, displayName: gpoName })}`;
  const effect = written === "unknown" ? "" : ` (${written === "no" ? "shut" : opened[written]})`;
  const lines = wrap(`${name} is ${valueText}${effect}${by}`, indent(2), indent(1));
  if (location !== null) {
    lines.push(`    ${formatLocation(location)}${quote === null ? "" : `: ${quote}`}`);
  }
  for (const reason of reasons) lines.push(...wrap(reason, indent(3), `${indent(2)}? `));
  return lines;
}

const opened = { yes: "open", partly: "open for a part of it" } as const;
