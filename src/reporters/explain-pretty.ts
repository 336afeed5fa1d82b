import type { Explanation } from "../model/effective-result.ts";
import { formatLocation } from "../model/location.ts";
import type { ChainStep } from "../model/result.ts";
import { gpoText, valueText } from "../model/words.ts";
import { visible } from "./escape.ts";

const marks: Readonly<Record<ChainStep["role"], string>> = {
  winner: "*",
  "may-win": "?",
  loser: "-",
  silent: " ",
  excluded: "x",
};

/** One setting on one target: every candidate in order, and why it wins, loses or does not apply. */
export function renderExplainPretty(explanation: Explanation): string {
  const { target, setting, outcomes, chain } = explanation;
  const lines = [
    `${setting.name} on ${target.name}`,
    `  ${setting.key}`,
    `  ${target.dn}, site ${target.site ?? "none"}`,
  ];
  lines.push(...endLines(explanation));
  for (const gap of target.gaps) lines.push(`  missing: ${gap}`);
  for (const note of explanation.notes) lines.push(`  note: ${note}`);
  lines.push("", "  Candidates, strongest first (* wins, ? may win, - loses, x does not apply):");
  if (chain.length === 0) lines.push("    no GPO is linked anywhere in its scope");
  chain.forEach((step, index) => lines.push(...stepLines(step, index + 1)));
  if (outcomes.length > 1) {
    lines.push("", "  It may end as:");
    for (const { text, because } of outcomes)
      lines.push(`    ${text}${because === "" ? "" : ` if ${because}`}`);
  }
  return `${lines.map((line) => visible(line)).join("\n")}\n`;
}

function endLines({ setting, certainty, value, outcomes }: Explanation): string[] {
  if (certainty === "unknown") return ["  value: not certain"];
  return [
    `  value: ${value === null ? (outcomes[0]?.text ?? "not configured") : valueText(setting.key, value)}`,
  ];
}

function stepLines(step: ChainStep, number: number): string[] {
  const enforced = step.enforced ? " (enforced)" : "";
  const lines = [
    `  ${marks[step.role]} ${String(number).padStart(2)}. ${gpoText(step)}  linked at ${step.som}${enforced}`,
  ];
  lines.push(`        ${step.text}`);
  if (step.location !== null) {
    const quote = step.quote === null ? "" : `: ${step.quote}`;
    lines.push(`        ${formatLocation(step.location)}${quote}`);
  }
  return lines;
}
