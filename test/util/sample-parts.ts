import type { Candidate } from "../../src/model/effective.ts";
import type { Location } from "../../src/model/location.ts";
import type { ChainStep, ResultTarget, Verdict } from "../../src/model/result.ts";

// The pieces of the sample results: links and targets, with hostile names and awkward paths.

export const domain = "corp.example";
export const dcOu = "OU=Domain Controllers,DC=corp,DC=example";
export const guids = {
  dcPolicy: "6ac1786c-016f-11d2-945f-00c04fb984f9",
  domainPolicy: "31b2f340-016d-11d2-945f-00c04fb984f9",
  ntlm: "a1f0c3d4-5b6e-4f70-8192-a3b4c5d6e7f8",
  hostile: "0d15ea5e-0bad-4cab-9bad-c0ffee15dead",
  wmi: "5eedf00d-1234-4321-8765-0123456789ab",
} as const;

/** Markup, a bidi override, a terminal sequence, a line break, a SARIF link, a template, a placeholder. */
export const hostileName =
  "</td><script>alert(1)</script>\u202Ecod.exe\u001B[31m\r\n[x](http://evil.example) {{7*7}} {0}";

export const paths = {
  audit: `sysvol/corp.example/Policies/{${guids.domainPolicy.toUpperCase()}}/Machine/Microsoft/Windows NT/Audit/audit.csv`,
  dcTemplate: `sysvol/corp.example/Policies/{${guids.dcPolicy.toUpperCase()}}/MACHINE/Microsoft/Windows NT/SecEdit/GptTmpl.inf`,
  dcIni: `sysvol/corp.example/Policies/{${guids.dcPolicy.toUpperCase()}}/GPT.INI`,
  pol: `sysvol/corp.example/Policies/{${guids.ntlm.toUpperCase()}}/Machine/registry.pol`,
  hostile: `sysvol/corp.example/Policies/{${guids.hostile.toUpperCase()}}/Machine/100% #1 ünïcode/audit.csv`,
  damaged: `sysvol/corp.example/Policies/{${guids.wmi.toUpperCase()}}/Machine/registry.pol`,
  ldif: "directory/corp.example.ldf",
} as const;

export const at = (path: string, line: number): Location => ({ path, line });

export const emptyCounts: Readonly<Record<Verdict, number>> = {
  fail: 0,
  unknown: 0,
  waived: 0,
  pass: 0,
  "not-applicable": 0,
};

function candidate(values: Partial<Candidate> & Pick<Candidate, "guid" | "displayName">): Candidate {
  return {
    domain,
    som: dcOu,
    somKind: "ou",
    state: "applied",
    reason: null,
    detail: null,
    enforced: false,
    linkOrder: 1,
    doubt: null,
    notes: [],
    linkLocation: at(paths.ldif, 41),
    gptIni: null,
    gptPath: null,
    wmiFilter: null,
    ...values,
  };
}

export const candidates = {
  ntlm: candidate({
    guid: guids.ntlm,
    displayName: "T0 - NTLM auditing",
    som: "DC=corp,DC=example",
    somKind: "domain",
    enforced: true,
    linkLocation: at(paths.ldif, 12),
    notes: ["versions differ: directory 7, GPT.INI 6"],
  }),
  hostile: candidate({ guid: guids.hostile, displayName: hostileName }),
  dcPolicy: candidate({
    guid: guids.dcPolicy,
    displayName: "Default Domain Controllers Policy",
    linkOrder: 2,
    gptIni: at(paths.dcIni, 1),
  }),
  wmi: candidate({
    guid: guids.wmi,
    displayName: null,
    som: "CN=Branch,CN=Sites,CN=Configuration,DC=corp,DC=example",
    somKind: "site",
    enforced: true,
    state: "unknown",
    reason: "wmi-filter",
    detail: "its WMI filter 'Only 2022' cannot be evaluated from here",
    linkLocation: at(paths.ldif, 77),
  }),
  domainPolicy: candidate({
    guid: guids.domainPolicy,
    displayName: "Default Domain Policy",
    som: "DC=corp,DC=example",
    somKind: "domain",
    linkLocation: at(paths.ldif, 12),
  }),
  blocked: candidate({
    guid: guids.domainPolicy,
    displayName: "Default Domain Policy",
    som: "DC=corp,DC=example",
    somKind: "domain",
    state: "excluded",
    reason: "blocked",
    detail: "the OU 'Tier 0' blocks inheritance and the link is not enforced",
    linkLocation: at(paths.ldif, 12),
  }),
} as const;

export function step(from: Candidate, values: Partial<ChainStep>): ChainStep {
  return {
    guid: from.guid,
    domain: from.domain,
    displayName: from.displayName,
    som: from.som,
    enforced: from.enforced,
    state: from.state,
    reason: from.reason,
    role: from.state === "excluded" ? "excluded" : "silent",
    value: null,
    text: from.state === "excluded" ? `does not apply: ${from.detail ?? ""}` : "does not set it",
    location: from.linkLocation,
    quote: null,
    ...values,
  };
}

function target(name: string, line: number, values: Partial<ResultTarget>): ResultTarget {
  return {
    dn: `CN=${name},${dcOu}`,
    name,
    domain,
    sid: `S-1-5-21-1004336348-1177238915-682003330-${1000 + line}`,
    role: "dc",
    operatingSystem: "Windows Server 2022 Datacenter",
    site: "Default-First-Site-Name",
    location: at(paths.ldif, line),
    gaps: [],
    notes: [],
    notApplicable: null,
    gpos: [candidates.ntlm, candidates.hostile, candidates.dcPolicy, candidates.domainPolicy],
    counts: emptyCounts,
    ...values,
  };
}

export const bareTargets: readonly ResultTarget[] = [
  target("DC1", 200, {}),
  target("DC2", 230, {}),
  target("RODC1", 260, {
    role: "rodc",
    site: "Branch",
    operatingSystem: "Windows Server 2019 Standard",
    gpos: [candidates.wmi, candidates.ntlm, candidates.hostile, candidates.dcPolicy, candidates.domainPolicy],
  }),
  target("DC-MOVED", 290, {
    dn: "CN=DC-MOVED,OU=Tier 0,DC=corp,DC=example",
    site: null,
    operatingSystem: null,
    gaps: ["no server object refers to it: its site and so its site links are unknown"],
    notes: ["it stands outside the Domain Controllers OU"],
    gpos: [candidates.ntlm, candidates.blocked],
  }),
  target("AzureADKerberos", 320, {
    sid: null,
    role: "rodc",
    site: null,
    operatingSystem: null,
    notApplicable: "no host stands behind it: it is the Microsoft Entra Kerberos server object",
    gpos: [],
  }),
];
