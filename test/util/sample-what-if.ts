import type { Finding, ScanResult, Verdict } from "../../src/model/result.ts";
import type { Change, FindingBefore, ResultProposal } from "../../src/model/what-if.ts";
import { finding } from "./sample-findings.ts";
import {
  at,
  bareTargets,
  candidates,
  dcOu,
  domain,
  guids,
  hostileName,
  paths,
  step,
} from "./sample-parts.ts";
import { countFailures, sampleResult, sumCounts } from "./sample-result.ts";
import { rules } from "./sample-rules.ts";

// A gate run: three proposals on top of the domain of the rich sample, with every kind of change.

const newGuid = "7ab5c3d1-0000-4000-8000-00000000feed";
const newName = `Audit (proposed) ${hostileName}`;
const newPath = `overlay/{${newGuid.toUpperCase()}}/Machine/100% #1 ünïcode/audit.csv`;
const ntlmPath = `overlay/{${guids.ntlm.toUpperCase()}}/Machine/registry.pol`;

function before(change: Change, verdict: Verdict, values: Partial<FindingBefore>): FindingBefore {
  return { change, verdict, actual: null, actualText: "not configured", gpo: null, gpoName: null, ...values };
}

const byDomainPolicy = { gpo: guids.domainPolicy, gpoName: "Default Domain Policy" };
const byNtlm = { gpo: guids.ntlm, gpoName: "T0 - NTLM auditing" };
const byHostile = { gpo: guids.hostile, gpoName: hostileName };
const byNew = { gpo: newGuid, gpoName: newName };
const proposed = { ...candidates.hostile, guid: newGuid, displayName: newName, enforced: true };

/** The same finding before and after. */
function unchanged(index: number, name: string, verdict: Verdict, values: Partial<Finding>): Finding {
  const own = finding(index, name, verdict, values);
  const { actual, actualText, gpo, gpoName } = own;
  return { ...own, before: before("same", verdict, { actual, actualText, gpo, gpoName }) };
}

function onDomainController(name: string): readonly Finding[] {
  return [
    finding(0, name, "pass", {
      actual: 3,
      actualText: "Success and Failure",
      ...byNew,
      location: at(newPath, 2),
      chain: [
        step(proposed, {
          role: "winner",
          value: "Success and Failure",
          text: "sets Success and Failure and wins",
        }),
        step(candidates.domainPolicy, {
          role: "loser",
          value: "Success",
          text: "sets Success and loses to a stronger one",
        }),
      ],
      message: `'Credential Validation' is Success and Failure on '${name}', set by GPO '${newName}'.`,
      before: before("better", "fail", { actual: 1, actualText: "Success", ...byDomainPolicy }),
      measured: [
        {
          kind: "auditpol csv",
          value: 0,
          text: "No Auditing",
          verdict: "fail",
          agrees: false,
          location: { path: `evidence/${name}.csv`, line: 12 },
          quote: `${name},System,Credential Validation,{0CCE923F-69AE-11D9-BED3-505054503030},No Auditing,,0`,
          causes: [`a legacy category of GPO '${hostileName}' overrides it`],
        },
      ],
    }),
    finding(1, name, "fail", {
      actual: 0,
      actualText: "0 (Disable)",
      ...byNtlm,
      location: { path: ntlmPath, byteOffset: 8, byteLength: 214 },
      quote:
        "[SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters;AuditNTLMInDomain;REG_DWORD;4;00 00 00 00]",
      before: before("worse", "pass", { actual: 7, actualText: "7 (Enable all)", ...byNtlm }),
    }),
    finding(2, name, "fail", {
      actual: 0,
      actualText: "No Auditing",
      ...byHostile,
      location: at(paths.hostile, 2),
      before: before("other", "fail", {
        actual: 0,
        actualText: "No Auditing",
        gpo: guids.dcPolicy,
        gpoName: "Default Domain Controllers Policy",
      }),
    }),
    finding(3, name, "fail", {
      actual: null,
      before: before("worse", "fail", { actual: 1, actualText: "Success", ...byDomainPolicy }),
    }),
    unchanged(4, name, "fail", {}),
    unchanged(6, name, "pass", { actual: 1, actualText: "1 (Enabled)", ...byDomainPolicy }),
  ];
}

/** A filter of the proposed GPO cannot be decided for the RODC. */
const onRodc: readonly Finding[] = [
  finding(0, "RODC1", "unknown", {
    actualText: "unknown",
    ...byDomainPolicy,
    ways: ["pass: the filter lets it through", "fail: it does not"],
    message: "'Credential Validation' is not decided on 'RODC1': expected Success and Failure.",
    before: before("other", "fail", { actual: 1, actualText: "Success", ...byDomainPolicy }),
  }),
  finding(1, "RODC1", "unknown", {
    actualText: "unknown",
    ...byNtlm,
    ways: ["pass: the filter keeps it out", "fail: it lets it through"],
    message: `'${rules[1]?.settingName ?? ""}' is not decided on 'RODC1': expected 7 (Enable all).`,
    before: before("worse", "pass", { actual: 7, actualText: "7 (Enable all)", ...byNtlm }),
  }),
  finding(3, "RODC1", "unknown", {
    actualText: "unknown",
    ways: ["pass: a lost part sets it", "fail: it does not"],
    message: "'User Account Management' is not decided on 'RODC1': expected Success and Failure.",
    before: before("other", "unknown", { actualText: "unknown" }),
  }),
  unchanged(2, "RODC1", "fail", { actual: 0, actualText: "No Auditing", ...byHostile }),
  unchanged(4, "RODC1", "fail", {}),
  unchanged(6, "RODC1", "pass", { actual: 1, actualText: "1 (Enabled)", ...byDomainPolicy }),
];

const findings = [...["DC1", "DC2"].flatMap(onDomainController), ...onRodc];

const proposals: readonly ResultProposal[] = [
  {
    guid: guids.ntlm,
    domain,
    displayName: "T0 - NTLM auditing",
    path: `overlay/{${guids.ntlm.toUpperCase()}}`,
    source: "backup",
    state: "replaces",
    link: null,
    notes: ["its security filtering and WMI filter stay as they are in the domain"],
    withoutEffect: [],
  },
  {
    guid: newGuid,
    domain,
    displayName: newName,
    path: `overlay/{${newGuid.toUpperCase()}}/Machine/100% #1 ünïcode`,
    source: "sysvol",
    state: "linked",
    link: { som: dcOu, linkOrder: 1, enforced: true },
    notes: [`a note of ${hostileName}`],
    withoutEffect: [
      {
        rule: "mdi.security-system-extension",
        setting: rules[2]?.setting ?? "",
        value: "Success",
        text: `GPO '${hostileName}' beats it, linked at DC=corp,DC=example, enforced`,
        targets: [`CN=DC1,${dcOu}`, `CN=DC2,${dcOu}`],
      },
      {
        rule: "mdi.security-system-extension-failure",
        setting: rules[2]?.setting ?? "",
        value: "Success",
        text: `GPO '${hostileName}' beats it, linked at DC=corp,DC=example, enforced`,
        targets: [`CN=DC1,${dcOu}`, `CN=DC2,${dcOu}`],
      },
      {
        rule: "mdi.sce-no-apply-legacy",
        setting: rules[6]?.setting ?? "",
        value: "1 (Enabled)",
        text: "it reaches none of the examined computers",
        targets: [],
      },
    ],
  },
  {
    guid: "00000000-0000-4000-8000-000000000bad",
    domain: null,
    displayName: null,
    path: "overlay/report.xml",
    source: "report",
    state: "unplaced",
    link: null,
    notes: ["no GPO of the directory data has its GUID, and nothing says where it is to be linked"],
    withoutEffect: [],
  },
];

function countChanges(): Record<Change, number> {
  const counts = { worse: 0, better: 0, other: 0, same: 0 };
  for (const item of findings) if (item.before !== null) counts[item.before.change]++;
  return counts;
}

export const whatIfResult: ScanResult = {
  ...sampleResult,
  run: {
    ...sampleResult.run,
    command:
      "gpolint scan sysvol --directory corp.example.ldf --overlay overlay --fail-on-regression --allow-incomplete",
    sources: [
      { path: "sysvol", role: "policy", kinds: ["sysvol"], archive: null, cannotShow: [] },
      {
        path: "overlay",
        role: "overlay",
        kinds: ["backup", "sysvol", "report"],
        archive: null,
        cannotShow: ["links as they are today", "values of administrative templates"],
      },
      { path: "evidence/DC1.csv", role: "evidence", kinds: ["auditpol csv"], archive: null, cannotShow: [] },
    ],
    failOnRegression: true,
  },
  targets: bareTargets
    .filter(({ name }) => ["DC1", "DC2", "RODC1"].includes(name))
    .map((target) => ({
      ...target,
      counts: sumCounts(findings.filter(({ target: dn }) => dn === target.dn)),
    })),
  summary: { counts: sumCounts(findings), failures: countFailures(findings), exitCode: 1 },
  rules: rules.filter((_, index) => index !== 5),
  findings,
  diagnostics: [],
  coverage: {
    ...sampleResult.coverage,
    gaps: [
      {
        code: "unplaced",
        text: "GPO 00000000-0000-4000-8000-000000000bad of overlay/report.xml is judged nowhere",
        remedy: "Say where it is linked: --as-if-linked DN, or dc-ou for the Domain Controllers OU.",
        targets: [],
      },
    ],
  },
  whatIf: { proposals, changes: countChanges() },
};
