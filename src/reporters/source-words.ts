import type { RunSource } from "../model/source.ts";

const roles: Readonly<Record<RunSource["role"], string>> = {
  policy: "Judged",
  overlay: "Proposed",
  evidence: "Measured",
};

/** What the run did with a source. A PATH may hold nothing but measurements: those are compared, not judged. */
export function sourceRole({ role, kinds }: RunSource): string {
  const isMeasured = kinds.length > 0 && kinds.every((kind) => kind === "gpresult" || kind === "auditpol");
  return isMeasured ? roles.evidence : roles[role];
}

const kindWords: Readonly<Record<RunSource["kinds"][number], string>> = {
  sysvol: "SYSVOL export",
  backup: "GPO backup",
  report: "GPO report",
  gpresult: "gpresult report",
  auditpol: "auditpol output",
  "auditpol csv": "auditpol output",
  "security template": "secedit export",
  "registry export": "reg export",
  "RSoP report": "gpresult report",
};

/** "GPO backup, SYSVOL export, in a zip archive". */
export function sourceText({ kinds, archive }: RunSource): string {
  const words = [...new Set(kinds.map((kind) => kindWords[kind]))];
  const what = words.length === 0 ? "nothing that can be used" : words.join(", ");
  return archive === null ? what : `${what}, in a ${archive} archive`;
}

/** What a GPO was read from, and when that was made. */
export function gpoSourceText(source: "sysvol" | "backup" | "report", asOf: string | null): string {
  const what = source === "sysvol" ? kindWords.sysvol : kindWords[source];
  return asOf === null ? what : `${what} of ${asOf}`;
}
