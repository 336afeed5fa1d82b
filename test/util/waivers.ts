import { problemText } from "../../src/checks/files/problem.ts";
import type { JudgedWaivers } from "../../src/checks/waivers/judge-waivers.ts";
import { judgeWaivers } from "../../src/checks/waivers/judge-waivers.ts";
import { loadRegisters } from "../../src/checks/waivers/load-registers.ts";
import type { ScanResult } from "../../src/model/result.ts";
import type { Waiver } from "../../src/model/waiver.ts";
import { packSource } from "./packs.ts";
import { countFailures, sampleResult, sumCounts } from "./sample-result.ts";

/** Everything that is wrong with a register, `file:line:col: text` each; empty where nothing is. */
export function registerProblems(text: string, today = "2026-11-25", file = "w.yaml"): readonly string[] {
  const loaded = loadRegisters([packSource(text, file)], today);
  return loaded.ok ? [] : loaded.problems.map(problemText);
}

/** A register that must be valid. */
export function validWaivers(text: string, today = "2026-11-25"): readonly Waiver[] {
  const problems = registerProblems(text, today);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const loaded = loadRegisters([packSource(text, "w.yaml")], today);
  return loaded.ok ? loaded.waivers : [];
}

/** A register of one waiver; a field of null is left out. */
export function registerText(fields: Readonly<Record<string, unknown>> = {}, head = ""): string {
  const all = {
    id: "W-1",
    rule: "mdi.credential-validation",
    scope: { domain: "corp.example" },
    justification: "The sensor sees them",
    approvedBy: "ciso@corp.example",
    approvedOn: "2026-01-01",
    expires: "2026-12-31",
    ...fields,
  };
  const rows = Object.entries(all)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `schemaVersion: 1\n${head}waivers:\n  - ${rows.join("\n    ")}\n`;
}

/** The rich sample result, without what it says of waivers. */
export const plainResult: ScanResult = {
  ...sampleResult,
  findings: sampleResult.findings.map((finding) =>
    finding.verdict === "waived" ? { ...finding, verdict: "fail", waiver: null } : finding,
  ),
};

/** The sample result judged by one waiver. */
export function judgeSample(
  fields: Readonly<Record<string, unknown>>,
  now: string,
  result = plainResult,
): JudgedWaivers {
  // Where the life of a waiver ends is not the question here.
  const waivers = validWaivers(registerText(fields, "maxLifeDays: 3660\n"), now.slice(0, 10));
  return judgeWaivers(result, waivers, now);
}

/** Names of the targets for which findings are waived. */
export function waivedOn({ findings }: Pick<JudgedWaivers, "findings">): readonly string[] {
  return findings
    .filter(({ verdict }) => verdict === "waived")
    .map(({ target }) => /^CN=([^,]*)/.exec(target ?? "")?.[1] ?? "");
}

/** The sample result with a register: used, expired, refused and unused waivers, and hostile texts in them. */
export function waivedResult(): ScanResult {
  const text = `schemaVersion: 1
waivers:
  - id: W-USED
    rule: mdi.credential-validation
    scope: { target: DC1 }
    type: compensating-control
    justification: "=cmd|' /C calc'!A0 <script>alert(1)</script>\\e[31m\\u202E"
    owner: "<b>team</b>"
    approvedBy: ciso@corp.example
    approvedOn: 2026-11-01
    expires: 2026-12-10
    ticket: RISK-7
  - id: W-EXPIRED
    rule: mdi.credential-validation
    scope: { target: DC2 }
    justification: Was to be fixed in spring
    approvedBy: ciso@corp.example
    approvedOn: 2026-01-01
    expires: 2026-06-30
  - id: W-SEVERE
    rule: mdi.security-system-extension
    scope: { domain: corp.example }
    justification: Small risk
    approvedBy: ciso@corp.example
    expires: 2027-06-30
    maxSeverity: low
  - id: W-UNUSED
    rule: mdi.audit-ntlm-in-domain
    scope: { domain: corp.example }
    justification: Not needed any more
    approvedBy: ciso@corp.example
    expires: 2027-06-30
`;
  const { findings, register } = judgeWaivers(plainResult, validWaivers(text), "2026-11-25T14:30:00.000Z");
  const files = [
    {
      path: "gpolint.waivers.yaml",
      ref: "origin/main",
      commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
      sha256: "ab".repeat(32),
    },
  ];
  return {
    ...plainResult,
    run: { ...plainResult.run, waivers: files },
    findings,
    summary: { ...plainResult.summary, counts: sumCounts(findings), failures: countFailures(findings) },
    waivers: register,
  };
}
