import type { Finding, ResultTarget, ScanResult } from "../../src/model/result.ts";
import type { FindingWaiver, ResultWaiver } from "../../src/model/waiver.ts";
import { countFailures, sampleResult, sumCounts } from "./sample-result.ts";

/** The rich result with a register: one waiver holds, one has expired and its failure counts again. */
export const waivedResult: ScanResult = withWaivers();

function withWaivers(): ScanResult {
  const held: FindingWaiver = {
    id: "W-1",
    verdict: "fail",
    hold: "applied",
    text: "until 2026-12-31, by ciso@corp.example",
    justification: "=Collected by | the sensor </td> instead\u202E",
    approvedBy: "ciso@corp.example",
    expires: "2026-12-31",
    ticket: "RISK-1",
  };
  const ended: FindingWaiver = {
    ...held,
    id: "W-2",
    hold: "expired",
    text: "it expired on 2026-11-01",
    expires: "2026-11-01",
    ticket: null,
  };
  const failing = sampleResult.findings.find(({ verdict }) => verdict === "fail");
  const findings = sampleResult.findings.map((finding): Finding => {
    if (finding.verdict === "waived") return { ...finding, waiver: held };
    return finding === failing ? { ...finding, waiver: ended } : finding;
  });
  return {
    ...sampleResult,
    findings,
    waivers: {
      asOf: "2026-11-25T00:00:00.000Z",
      entries: [entry(held, "used", 36), entry(ended, "expired", -24)],
      notices: [
        {
          code: "waiver-expired",
          waiver: "W-2",
          level: "error",
          text: "waiver W-2 of mdi.credential-validation expired on 2026-11-01",
        },
      ],
    },
  };
}

function entry(
  { id, justification, approvedBy, expires, ticket }: FindingWaiver,
  state: ResultWaiver["state"],
  daysLeft: number,
): ResultWaiver {
  return {
    id,
    rule: "mdi.credential-validation",
    broad: false,
    scope: { domain: "corp.example", target: null, gpo: null, setting: null },
    type: "risk-accepted",
    justification,
    owner: null,
    approvedBy,
    approvedOn: "2026-07-01",
    expires,
    ticket,
    maxSeverity: null,
    file: "gpolint.waivers.yaml",
    line: 3,
    state,
    waived: state === "used" ? 1 : 0,
    refused: state === "used" ? 0 : 1,
    daysLeft,
  };
}

/** 500 domain controllers and 60 requirements, no two of them with the same value. */
export const manyResult: ScanResult = many(500, 60);

function many(targetCount: number, ruleCount: number): ScanResult {
  const [target] = sampleResult.targets;
  const [rule] = sampleResult.rules;
  const finding = sampleResult.findings.find(({ verdict }) => verdict === "fail");
  if (target === undefined || rule === undefined || finding === undefined) throw new Error("empty sample");
  const targets = Array.from({ length: targetCount }, (_, index): ResultTarget => {
    const name = `DC${index}`;
    return { ...target, name, dn: `CN=${name},OU=Domain Controllers,DC=corp,DC=example`, gpos: [] };
  });
  const severityOf = (index: number) => (index === 0 ? "critical" : "low");
  const rules = Array.from(
    { length: ruleCount },
    (_, index) =>
      ({
        ...rule,
        id: `mdi.rule-${index}`,
        title: `Rule ${index}`,
        severity: severityOf(index),
      }) as const,
  );
  const findings = targets.flatMap(({ dn }, row) =>
    rules.map(({ id, severity }, column): Finding => {
      const serial = row * ruleCount + column;
      return {
        ...finding,
        fingerprint: (serial + 0x10000000).toString(16).padEnd(64, "0"),
        rule: id,
        severity,
        target: dn,
        actual: serial,
        actualText: `value ${serial}`,
        verdict: column === 1 ? "pass" : column === 2 ? "unknown" : "fail",
        chain: [],
      };
    }),
  );
  const counts = sumCounts(findings);
  const summary = { counts, failures: countFailures(findings), exitCode: 3 } as const;
  return { ...sampleResult, targets, rules, findings, summary };
}
