import type { ChainStep, Finding, FindingLoss, Verdict } from "../../src/model/result.ts";
import { at, bareTargets, candidates, guids, hostileName, paths, step } from "./sample-parts.ts";
import { rules } from "./sample-rules.ts";

let serial = 0;

/** Sixty-four hex digits that differ from the first one on and stay the same from run to run. */
function nextFingerprint(): string {
  serial++;
  const head = ((serial * 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
  return head.repeat(2).padEnd(64, "7c31");
}

export function finding(
  ruleIndex: number,
  name: string,
  verdict: Verdict,
  values: Partial<Finding>,
): Finding {
  const judged = rules[ruleIndex];
  const on = bareTargets.find((item) => item.name === name);
  if (judged === undefined || on === undefined) throw new Error(`no rule ${ruleIndex} or target ${name}`);
  return {
    fingerprint: nextFingerprint(),
    rule: judged.id,
    verdict,
    severity: judged.severity,
    target: on.dn,
    setting: judged.setting,
    expected: judged.expected,
    actual: null,
    actualText: "not configured",
    gpo: null,
    gpoName: null,
    location: null,
    quote: null,
    assumptions: [],
    chain: on.gpos.map((gpo) => step(gpo, {})),
    ways: [],
    message: `'${judged.settingName}' is ${values.actualText ?? "not configured"} on '${name}', expected ${judged.expected}.`,
    fix: verdict === "pass" ? null : judged.remediation,
    before: null,
    baseline: null,
    measured: [],
    loss: null,
    waiver: null,
    ...values,
  };
}

const credentialRow = ",System,Audit Credential Validation,{0CCE923F-69AE-11D9-BED3-505054503030},Success,,1";
const hostileRow =
  "Machine,System,</pre><img src=x onerror=alert(1)>\u202E,{0CCE9211-69AE-11D9-BED3-505054503030},,,0";
const ntlmRecord = { path: paths.pol, byteOffset: 8, byteLength: 214 };
const ntlmQuote =
  "[SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters;AuditNTLMInDomain;REG_DWORD;4;07 00 00 00]";
const templateQuote =
  "MACHINE\\System\\CurrentControlSet\\Services\\Netlogon\\Parameters\\AuditNTLMInDomain=4,0";

const sets = (values: Partial<ChainStep> & { readonly value: string }): Partial<ChainStep> => ({
  role: "winner",
  text: `sets ${values.value} and wins`,
  ...values,
});
const loses = (values: Partial<ChainStep> & { readonly value: string }): Partial<ChainStep> => ({
  role: "loser",
  text: `sets ${values.value} and loses to a stronger one`,
  ...values,
});

const lost = (event: number, values: Partial<FindingLoss>): FindingLoss => ({
  events: [event],
  partly: [],
  detections: [],
  techniques: [],
  certain: true,
  ...values,
});

const accountLoss = lost(4726, {
  detections: ["<b>deleted</b> accounts", "account history\u202E"],
  techniques: ["T1098"],
  certain: false,
});

const filterText = "its WMI filter 'Only 2022' cannot be evaluated from here";

/** The undecided link stands first on the RODC only; it writes what `value` says, or nothing. */
function undecided(name: string, value: string | null): readonly ChainStep[] {
  if (name !== "RODC1") return [];
  if (value === null)
    return [step(candidates.wmi, { text: `may apply (${filterText}), but does not set it` })];
  const location = { path: paths.damaged, byteOffset: 8, byteLength: 64 };
  return [
    step(candidates.wmi, {
      role: "may-win",
      value,
      text: `sets ${value} if it applies: ${filterText}`,
      location,
    }),
  ];
}

const unknownHere = (name: string, index: number, end: string): Partial<Finding> => ({
  actual: null,
  loss: null,
  actualText: "unknown",
  ways: [
    `pass: it ends as Success and Failure if GPO ${guids.wmi} applies`,
    `fail: it ends as ${end} if GPO ${guids.wmi} does not apply`,
  ],
  message: `'${rules[index]?.settingName ?? ""}' is not decided on '${name}': expected Success and Failure. Undecided: GPO ${guids.wmi} may apply.`,
});

/** The verdicts of a DC in the Domain Controllers OU, by rule. */
function onDomainController(name: string): readonly Finding[] {
  const isOpen = name === "RODC1";
  const { ntlm, hostile, dcPolicy, domainPolicy } = candidates;
  const silent = [ntlm, hostile, dcPolicy, domainPolicy].map((gpo) => step(gpo, {}));
  return [
    finding(0, name, isOpen ? "unknown" : "fail", {
      actual: 1,
      actualText: "Success",
      gpo: guids.domainPolicy,
      gpoName: "Default Domain Policy",
      location: at(paths.audit, 3),
      quote: credentialRow,
      chain: [
        ...undecided(name, "Success and Failure"),
        ...silent.slice(0, 3),
        step(domainPolicy, sets({ value: "Success", location: at(paths.audit, 3), quote: credentialRow })),
      ],
      loss: lost(4776, { partly: [4776], detections: ["brute force over NTLM"] }),
      message: `'Credential Validation' is Success on '${name}', expected Success and Failure; set by GPO 'Default Domain Policy'.`,
      ...(isOpen ? unknownHere(name, 0, "Success") : {}),
    }),
    finding(1, name, "pass", {
      actual: 7,
      actualText: "7 (Enable all)",
      gpo: guids.ntlm,
      gpoName: "T0 - NTLM auditing",
      location: ntlmRecord,
      quote: ntlmQuote,
      chain: [
        ...undecided(name, null),
        step(ntlm, sets({ value: "7 (Enable all)", location: ntlmRecord, quote: ntlmQuote })),
        step(hostile, {}),
        step(
          dcPolicy,
          loses({ value: "0 (Disable)", location: at(paths.dcTemplate, 27), quote: templateQuote }),
        ),
        step(domainPolicy, {}),
      ],
      message: `'${rules[1]?.settingName ?? ""}' is 7 (Enable all) on '${name}', set by GPO 'T0 - NTLM auditing'.`,
    }),
    finding(2, name, "fail", {
      actual: 0,
      actualText: "No Auditing",
      gpo: guids.hostile,
      gpoName: hostileName,
      location: at(paths.hostile, 2),
      quote: hostileRow,
      chain: [
        ...undecided(name, null),
        step(ntlm, {}),
        step(hostile, sets({ value: "No Auditing", location: at(paths.hostile, 2), quote: hostileRow })),
        step(
          dcPolicy,
          loses({ value: "Success", location: at(paths.dcTemplate, 31), quote: "AuditSystemEvents = 1" }),
        ),
        step(domainPolicy, {}),
      ],
      loss: lost(4697, { techniques: ["T1543.003", "T1569.002"] }),
      message: `'Security System Extension' is No Auditing on '${name}', expected Success; set by GPO '${hostileName}'.`,
    }),
    finding(3, name, isOpen ? "unknown" : "fail", {
      chain: [...undecided(name, "Success and Failure"), ...silent],
      loss: accountLoss,
      message: `'User Account Management' is not configured on '${name}', expected Success and Failure. What stands in the computer's local policy is not visible from here.`,
      ...(isOpen ? unknownHere(name, 3, "not configured") : {}),
    }),
    finding(4, name, "fail", {}),
    finding(5, name, "fail", {
      actual: 1,
      actualText: "1 (Enable auditing for domain accounts)",
      gpo: guids.ntlm,
      gpoName: "T0 - NTLM auditing",
      location: { path: paths.pol, byteOffset: 222, byteLength: 198 },
      quote:
        "[SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0;AuditReceivingNTLMTraffic;REG_DWORD;4;01 00 00 00]",
    }),
    finding(6, name, "pass", {
      actual: 1,
      actualText: "1 (Enabled)",
      gpo: guids.dcPolicy,
      gpoName: "Default Domain Controllers Policy",
      location: at(paths.dcTemplate, 29),
      assumptions: ["delivered"],
    }),
  ];
}

const ntlmWins: Partial<Finding> = {
  actual: 7,
  actualText: "7 (Enable all)",
  gpo: guids.ntlm,
  gpoName: "T0 - NTLM auditing",
  location: ntlmRecord,
  quote: ntlmQuote,
};

/** One finding a target and rule, as the public contract wants; what was measured stands in sample-evidence.ts. */
export const findings: readonly Finding[] = [
  ...["DC1", "DC2", "RODC1"].flatMap(onDomainController),
  ...rules.map((_, index) => {
    if (index === 1) return finding(index, "DC-MOVED", "pass", ntlmWins);
    return finding(
      index,
      "DC-MOVED",
      index === 4 ? "waived" : "fail",
      index === 3 ? { loss: accountLoss } : {},
    );
  }),
  ...rules.map((rule, index) =>
    finding(index, "AzureADKerberos", "not-applicable", {
      actualText: "not applicable",
      fix: null,
      message: `${rule.title}: not applicable to 'AzureADKerberos'. No host stands behind it.`,
    }),
  ),
];
