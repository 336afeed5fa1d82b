import type { Finding, ResultRule } from "../../src/model/result.ts";
import type { FindingMeasured } from "../../src/model/what-if.ts";
import { finding, findings } from "./sample-findings.ts";
import { hostileName } from "./sample-parts.ts";
import { rules } from "./sample-rules.ts";

// What the domain controllers of the rich sample measured of themselves: as configured on two of them, otherwise, not
// there, and not usable.

export const evidencePaths = {
  dc1: "evidence/DC1.csv",
  dc2: "evidence/DC2.csv",
  reg: "evidence/100% #1 ünïcode.reg",
} as const;

function measured(values: Partial<FindingMeasured>): FindingMeasured {
  return {
    kind: "auditpol csv",
    value: 1,
    text: "Success",
    verdict: "fail",
    agrees: true,
    location: { path: evidencePaths.dc1, line: 12 },
    quote: "DC1,System,Credential Validation,{0CCE923F-69AE-11D9-BED3-505054503030},Success,,1",
    causes: [],
    ...values,
  };
}

const differs = measured({
  verdict: "pass",
  agrees: false,
  location: { path: evidencePaths.dc1, line: 31 },
  quote: "DC1,System,Security System Extension,{0CCE9211-69AE-11D9-BED3-505054503030},Success,,1",
  causes: [
    "the local policy of the computer, or auditpol run on it, sets it",
    `GPO '${hostileName}' was changed after the computer last refreshed its policy`,
  ],
});

const unusable = measured({
  value: null,
  text: "cannot be used: the file holds the setting twice with different values",
  verdict: "unknown",
  agrees: null,
  location: { path: evidencePaths.dc2, line: 40 },
  quote: "RODC1,System,User Account Management,{0CCE9235-69AE-11D9-BED3-505054503030},Succès\u202E,,1",
});

const notThere = measured({
  kind: "registry export",
  value: null,
  text: "not there",
  agrees: false,
  location: { path: evidencePaths.reg, line: 3 },
  quote: null,
  causes: ["the computer has not refreshed its policy since it was changed"],
});

const enabled = (line: number): FindingMeasured =>
  measured({
    kind: "registry export",
    value: 7,
    text: "7 (Enable all)",
    verdict: "pass",
    location: { path: evidencePaths.reg, line },
    quote: '"AuditNTLMInDomain"=dword:00000007',
  });

/** By rule and name of the target. */
const rows: Readonly<Record<string, FindingMeasured>> = {
  "mdi.credential-validation DC1": measured({}),
  "mdi.credential-validation DC2": measured({
    location: { path: evidencePaths.dc2, line: 12 },
    quote: "DC2,System,Credential Validation,{0CCE923F-69AE-11D9-BED3-505054503030},Success,,1",
  }),
  "mdi.audit-ntlm-in-domain DC1": enabled(7),
  "mdi.audit-ntlm-in-domain DC2": enabled(9),
  "mdi.security-system-extension DC1": differs,
  "mdi.user-account-management RODC1": unusable,
  "mdi.audit-incoming-ntlm DC1": { ...notThere, location: { path: evidencePaths.dc1, line: 3 } },
  "mdi.audit-incoming-ntlm DC2": notThere,
};

function withMeasured(item: Finding): Finding {
  const name = /^CN=([^,]+)/.exec(item.target ?? "")?.[1] ?? "";
  const row = rows[`${item.rule} ${name}`];
  return row === undefined ? item : { ...item, measured: [row] };
}

/** A disagreement is a finding of a rule of its own. */
function measuredRule(index: number): ResultRule {
  const parent = rules[index];
  if (parent === undefined) throw new Error(`no rule ${index}`);
  return {
    ...parent,
    id: `${parent.id}/measured`,
    title: `Measured: ${parent.settingName} is what Group Policy configures`,
    expected: "what Group Policy configures",
    remediation: "Find out what sets it on the computer, and take that away.",
  };
}

function measuredFinding(index: number, name: string, values: Partial<Finding>): Finding {
  const rule = measuredRule(index);
  const [row] = values.measured ?? [];
  const verdict = values.verdict ?? "fail";
  const { fingerprint } = finding(index, name, verdict, {});
  const main = findings.find(
    ({ rule: id, target }) => id === rules[index]?.id && target?.startsWith(`CN=${name},`) === true,
  );
  if (main === undefined) throw new Error(`no finding ${index} on ${name}`);
  return {
    ...main,
    fingerprint,
    rule: rule.id,
    verdict,
    severity: rule.severity,
    expected: rule.expected,
    actual: row?.value ?? null,
    actualText: row?.text ?? "unknown",
    location: row?.location ?? null,
    quote: row?.quote ?? null,
    ways: [],
    fix: verdict === "fail" ? `Run gpupdate /force on '${name}' and measure again.` : null,
    ...values,
  };
}

export const measuredRules: readonly ResultRule[] = [2, 3, 5].map(measuredRule);

/** Every finding of the rich sample. */
export const evidencedFindings: readonly Finding[] = [
  ...findings.map(withMeasured),
  measuredFinding(2, "DC1", {
    measured: [differs],
    message: `'Security System Extension' measured on 'DC1' is Success, but Group Policy configures No Auditing (GPO '${hostileName}'). Likely causes, the likeliest first: ${differs.causes.join("; ")}.`,
  }),
  ...["DC1", "DC2"].map((name) =>
    measuredFinding(5, name, {
      measured: [name === "DC2" ? notThere : { ...notThere, location: { path: evidencePaths.dc1, line: 3 } }],
      message: `'Network security: Restrict NTLM: Audit Incoming NTLM Traffic' measured on '${name}' is not there, but Group Policy configures 1 (Enable auditing for domain accounts).`,
    }),
  ),
  measuredFinding(3, "RODC1", {
    verdict: "unknown",
    measured: [unusable],
    ways: ["pass: the computer has what is configured", "fail: it has something else"],
    message:
      "'User Account Management' measured on 'RODC1' cannot be used: the file holds the setting twice with different values.",
  }),
];
