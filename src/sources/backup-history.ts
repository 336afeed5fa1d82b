import type { Diagnostic } from "../model/diagnostic.ts";
import { DiagnosticCollector } from "../model/diagnostic.ts";
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Proposal } from "../model/proposal.ts";

/**
 * Of several backups of one GPO the newest counts: the others are its history. Where their times do not decide, all stay,
 * so that what they disagree about is unknown.
 */
export function newestBackups(proposals: readonly Proposal[], diagnostics: Diagnostic[]): Proposal[] {
  const histories = new Map<string, Proposal[]>();
  for (const proposal of proposals) {
    if (proposal.source !== "backup") continue;
    const key = `${proposal.gpt.guid} ${proposal.domain ?? ""}`;
    const history = histories.get(key);
    if (history === undefined) histories.set(key, [proposal]);
    else history.push(proposal);
  }
  const superseded = new Set<Proposal>();
  for (const history of histories.values()) {
    const newest = newestOf(history);
    for (const backup of history) {
      const [other] = newest.filter((item) => item !== backup);
      if (other === undefined) continue;
      const isOld = !newest.includes(backup);
      if (isOld) superseded.add(backup);
      diagnostics.push(...note(isOld ? "backup.superseded" : "backup.several", backup, other));
    }
  }
  return proposals.filter((proposal) => !superseded.has(proposal));
}

/** Those that nothing shows to be older than another one. */
function newestOf(history: readonly Proposal[]): readonly Proposal[] {
  const times = history.map(({ asOf }) => timeOf(asOf));
  if (times.includes(null)) return history;
  const newest = Math.max(...times.map(Number));
  return history.filter((_, index) => times[index] === newest);
}

/** A local time without its zone: enough to put the backups of one machine in order. */
function timeOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/.test(text)) return null;
  const time = Date.parse(`${text}Z`);
  return Number.isNaN(time) ? null : time;
}

function note(code: DiagnosticCode, { gpt, asOf }: Proposal, other: Proposal): readonly Diagnostic[] {
  const diagnostics = new DiagnosticCollector(gpt.path);
  diagnostics.atFile(code, `${asOf ?? "no time"}, and ${other.gpt.path}: ${other.asOf ?? "no time"}`);
  return diagnostics.items;
}
