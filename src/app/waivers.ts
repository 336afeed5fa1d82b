import type { FileProblem } from "../checks/files/problem.ts";
import { problemText } from "../checks/files/problem.ts";
import { dayOf } from "../checks/waivers/days.ts";
import type { Judged } from "../checks/waivers/fits.ts";
import type { JudgedWaivers } from "../checks/waivers/judge-waivers.ts";
import { judgeWaivers } from "../checks/waivers/judge-waivers.ts";
import { noticeOfTerm } from "../checks/waivers/notices.ts";
import { loadRegisters } from "../checks/waivers/load-registers.ts";
import type { ScanResult } from "../model/result.ts";
import type { RunWaivers, Waiver, WaiverNotice, WaiverRegister } from "../model/waiver.ts";
import type { WrittenText } from "../sources/text-file.ts";

/** Registers that were read and found valid, and the moment to judge by. */
export interface WaiversInUse {
  readonly files: readonly RunWaivers[];
  readonly waivers: readonly Waiver[];
  /** ISO 8601 UTC. */
  readonly now: string;
}

export type LoadedWaivers =
  | { readonly ok: true; readonly waivers: WaiversInUse }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

export { problemText };

/** Holds the text of registers against the schema, and each entry against the calendar. */
export function loadWaivers(
  texts: readonly (WrittenText & Partial<Pick<RunWaivers, "ref" | "commit">>)[],
  now: string,
): LoadedWaivers {
  const loaded = loadRegisters(texts, dayOf(Date.parse(now)));
  if (!loaded.ok) return loaded;
  const files = texts.map(({ file, sha256, ref = null, commit = null }) => ({
    path: file,
    ref,
    commit,
    sha256,
  }));
  return { ok: true, waivers: { files, waivers: loaded.waivers, now } };
}

/** The findings with the waivers that hold for them; as they are where no register was given. */
export function waive(
  judged: Judged,
  waivers: WaiversInUse | undefined,
): { readonly findings: ScanResult["findings"]; readonly register: WaiverRegister | null } {
  if (waivers === undefined) return { findings: judged.findings, register: null };
  return judgeWaivers(judged, waivers.waivers, waivers.now);
}

/** What would become of waivers in a saved result, whatever waivers it was made with. */
export function judgeSaved(
  { findings, rules, targets }: ScanResult,
  { waivers, now }: WaiversInUse,
): JudgedWaivers {
  return judgeWaivers({ findings, rules, targets }, waivers, now);
}

/** What the calendar alone says of registers: what has expired, what ends soon. */
export function reviewTerms({ waivers, now }: WaiversInUse): readonly WaiverNotice[] {
  return waivers.flatMap((waiver) => noticeOfTerm(waiver, Date.parse(now)) ?? []);
}
