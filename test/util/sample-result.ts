import type { Severity } from "../../src/model/requirement.ts";
import type { Finding, RunInput, ScanResult, Verdict } from "../../src/model/result.ts";
import { evidencedFindings as findings, evidencePaths, measuredRules } from "./sample-evidence.ts";
import { finding } from "./sample-findings.ts";
import { at, bareTargets, dcOu, domain, emptyCounts, guids, hostileName, paths } from "./sample-parts.ts";
import { rules } from "./sample-rules.ts";

// Hand-made results that hold everything a reporter must cope with: four DCs of which two end the same way, a hostless
// object, hostile names, byte locations, no location, unknowns, long paths, a waived finding, several kinds of sources,
// evidence that agrees and evidence that does not.

function input(path: string, values: Partial<RunInput>): RunInput {
  return {
    path,
    kind: "audit.csv",
    size: 1138,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    encoding: "utf-8",
    bom: false,
    mattered: true,
    ...values,
  };
}

export function sumCounts(of: readonly Finding[]): Readonly<Record<Verdict, number>> {
  const counts = { ...emptyCounts };
  for (const { verdict } of of) counts[verdict]++;
  return counts;
}

export function countFailures(of: readonly Finding[]): Readonly<Record<Severity, number>> {
  const failures = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { verdict, severity } of of) if (verdict === "fail") failures[severity]++;
  return failures;
}

const targets = bareTargets.map((target) => ({
  ...target,
  counts: sumCounts(findings.filter(({ target: dn }) => dn === target.dn)),
}));

/** The rich result: everything at once. */
export const sampleResult: ScanResult = {
  schemaVersion: "1.0",
  run: {
    tool: { name: "gpolint", version: "0.1.0" },
    startTime: "2026-11-25T14:30:00Z",
    command: "gpolint scan sysvol --directory corp.example.ldf --assume delivered --out html=report.html",
    sources: [
      { path: "sysvol", role: "policy", kinds: ["sysvol"], archive: null, cannotShow: [] },
      {
        path: "backups/100% #1 ünïcode.zip",
        role: "policy",
        kinds: ["backup"],
        archive: "zip",
        cannotShow: ["links as they are today", "whether the GPO was changed since"],
      },
      {
        path: evidencePaths.dc1,
        role: "evidence",
        kinds: ["auditpol csv"],
        archive: null,
        cannotShow: ["what changed since"],
      },
      { path: evidencePaths.dc2, role: "evidence", kinds: ["auditpol csv"], archive: null, cannotShow: [] },
      {
        path: evidencePaths.reg,
        role: "evidence",
        kinds: ["registry export"],
        archive: null,
        cannotShow: [],
      },
      { path: "evidence/notes.txt", role: "evidence", kinds: [], archive: null, cannotShow: [] },
    ],
    inputs: [
      input(paths.ldif, { kind: "LDIF", size: 2_483_112, encoding: "ascii" }),
      input(paths.audit, { bom: true }),
      input(paths.dcIni, { kind: "GPT.INI", size: 59, encoding: "ascii" }),
      input(paths.dcTemplate, { kind: "GptTmpl.inf", size: 4522, encoding: "utf-16le", bom: true }),
      input(paths.hostile, { encoding: "windows-1252" }),
      input(paths.pol, { kind: "registry.pol", size: 420, encoding: "binary" }),
      input(evidencePaths.dc1, { kind: "auditpol csv", size: 5120, encoding: "windows-1252" }),
      input(evidencePaths.reg, { kind: "registry export", size: 742, encoding: "utf-16le", bom: true }),
      input("sysvol/corp.example/Policies/{00000000-0000-0000-0000-000000000001}/GPT.INI", {
        kind: "GPT.INI",
        size: 22,
        mattered: false,
      }),
    ],
    policies: [
      {
        name: "mdi",
        title: "Microsoft Defender for Identity: domain controllers",
        version: "1.0.0",
        date: "2026-10-06",
        source:
          "https://learn.microsoft.com/en-us/defender-for-identity/deploy/configure-windows-event-collection",
        sha256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
      },
    ],
    assumptions: ["delivered"],
    waivers: [],
    failOn: "low",
    failOnRegression: false,
    baseline: null,
    failOnNew: false,
  },
  coverage: {
    examined: [
      "5 computer objects of corp.example",
      "5 GPOs with 11 policy files, exported from DC1 on 2026-11-24",
    ],
    gaps: [
      {
        code: "wmi-filter",
        text: "A WMI filter is never evaluated: GPO 5eedf00d-1234-4321-8765-0123456789ab may or may not apply to RODC1",
        remedy:
          "Ask the computer itself whether the filter is true, then say so:\n  gpolint scan sysvol --directory corp.example.ldf --assume wmi:{5EEDF00D-1234-4321-8765-0123456789AB}=true",
        targets: [`CN=RODC1,${dcOu}`],
      },
      {
        code: "no-site",
        text: "No server object refers to DC-MOVED: site links cannot be known",
        remedy: null,
        targets: ["CN=DC-MOVED,OU=Tier 0,DC=corp,DC=example"],
      },
    ],
    limits: ["Local policy of a computer is not visible from here", "SYSVOL is one DC's replica"],
  },
  targets,
  summary: {
    counts: sumCounts(findings),
    failures: countFailures(findings),
    exitCode: 3,
  },
  rules: [...rules, ...measuredRules],
  findings,
  gpos: [
    {
      guid: guids.domainPolicy,
      domain,
      displayName: "Default Domain Policy",
      path: `sysvol/corp.example/Policies/{${guids.domainPolicy.toUpperCase()}}`,
      source: "sysvol",
      asOf: null,
      linkedAsOf: [],
      notes: [],
      settings: [{ rule: "mdi.credential-validation", value: "Success", location: at(paths.audit, 3) }],
    },
  ],
  whatIf: null,
  waivers: null,
  diagnostics: [
    { code: "text.encoding-guessed", severity: "warning", detail: "", path: paths.hostile },
    { code: "file.unreadable", severity: "error", detail: "EACCES", path: paths.damaged },
    {
      code: "text.nul",
      severity: "error",
      detail: "\u0000 in the name",
      path: paths.dcTemplate,
      line: 31,
    },
    {
      code: "limit.exceeded",
      severity: "error",
      detail: "record 1000001",
      path: paths.damaged,
      offset: 4096,
    },
    { code: "preg.trailing-nul", severity: "info", detail: "", path: paths.pol, offset: 418 },
  ],
};

/** The same input without directory data: nobody can know what applies. */
export const undirectedResult: ScanResult = {
  ...sampleResult,
  run: {
    ...sampleResult.run,
    startTime: null,
    command: null,
    assumptions: [],
    sources: sampleResult.run.sources.filter(({ role }) => role === "policy"),
    inputs: sampleResult.run.inputs.filter(({ kind }) => kind !== "LDIF"),
  },
  coverage: {
    examined: ["2 GPOs with 3 policy files"],
    gaps: [
      {
        code: "no-directory",
        text: "There is no directory data: links, order, filtering and the domain controllers themselves are unknown",
        remedy:
          "Export the directory, then pass it with --directory:\n  ldifde -f corp.ldf -d DC=corp,DC=example -p subtree -r \"(objectClass=*)\"\nElsewhere:\n  ldapsearch -E '!1.2.840.113556.1.4.801=::MAMCAQc=' -b DC=corp,DC=example > corp.ldf",
        targets: [],
      },
    ],
    limits: sampleResult.coverage.limits,
  },
  targets: [],
  rules,
  summary: {
    counts: { ...emptyCounts, unknown: rules.length },
    failures: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    exitCode: 3,
  },
  findings: rules.map((item, index) => ({
    ...finding(index, "DC1", "unknown", {}),
    target: null,
    chain: [],
    actualText: "unknown",
    fix: null,
    ways: [
      "pass: the GPOs that apply to a domain controller set it",
      "fail: they do not, or a stronger one sets it otherwise",
    ],
    message: `${item.title}: unknown. Without directory data nobody can know which GPO applies to which domain controller.`,
  })),
  gpos: [
    ...sampleResult.gpos,
    {
      guid: guids.hostile,
      domain: null,
      displayName: hostileName,
      path: `backups/{${guids.hostile.toUpperCase()}}`,
      source: "backup",
      asOf: "2026-11-20T09:15:00",
      linkedAsOf: ["corp.example/Domain Controllers (enforced)", `corp.example/${hostileName}`],
      notes: ["Its audit.csv is not delivered wherever it is linked: extension f3ccc681 is not listed."],
      settings: [
        {
          rule: "mdi.security-system-extension",
          value: "No Auditing",
          location: at(paths.hostile, 2),
        },
        {
          rule: "mdi.audit-ntlm-in-domain",
          value: "7 (Enable all)",
          location: { path: paths.pol, byteOffset: 8, byteLength: 214 },
        },
      ],
    },
    {
      guid: guids.wmi,
      domain,
      displayName: null,
      path: "reports/all.xml",
      source: "report",
      asOf: null,
      linkedAsOf: [],
      notes: [],
      settings: [],
    },
  ],
  diagnostics: [],
};

const metIds: readonly string[] = ["mdi.audit-ntlm-in-domain", "mdi.sce-no-apply-legacy"];

/** Everything is met: the calm case. */
export const passingResult: ScanResult = {
  ...sampleResult,
  run: { ...sampleResult.run, sources: sampleResult.run.sources.slice(0, 1) },
  coverage: { ...sampleResult.coverage, gaps: [] },
  targets: sampleResult.targets
    .filter(({ name }) => name === "DC1" || name === "DC2")
    .map((item) => ({ ...item, counts: { ...emptyCounts, pass: 2 } })),
  summary: {
    counts: { ...emptyCounts, pass: 4 },
    failures: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    exitCode: 0,
  },
  rules: rules.filter(({ id }) => metIds.includes(id)),
  findings: findings.filter(({ rule, target }) => metIds.includes(rule) && /^CN=DC[12],/.test(target ?? "")),
  diagnostics: [],
};
