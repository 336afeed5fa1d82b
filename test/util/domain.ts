import { dnKey } from "../../src/model/dn.ts";
import type {
  Ace,
  Computer,
  Directory,
  DirectoryGroup,
  Gpc,
  GpoLink,
  Gpt,
  Inventory,
  SecurityDescriptorFact,
  Som,
} from "../../src/model/gpo.ts";
import type { GptPart, SettingKey, SettingValue, Write } from "../../src/model/setting.ts";
import { auditSubcategoryKey } from "../../src/model/setting.ts";

/** A small domain put together in code, for tests of the engine that need no files. */
export const domainDn = "DC=corp,DC=example";
const domainName = "corp.example";
export const domainSid = "S-1-5-21-1-2-3";
export const dcOu = `OU=Domain Controllers,${domainDn}`;
export const siteDn = `CN=Berlin,CN=Sites,CN=Configuration,${domainDn}`;

export const logon = auditSubcategoryKey("0cce9215-69ae-11d9-bed3-505054503030");
export const credentialValidation = auditSubcategoryKey("0cce923f-69ae-11d9-bed3-505054503030");

export const auditExtension = "f3ccc681-b74c-4060-9f26-cd84525dca2a";
const securityExtension = "827d319e-6eac-11d2-a4ea-00c04f79f83a";
const registryExtension = "35378eac-683f-11d2-a89a-00c04fbbcfa2";
const preferencesExtension = "b087be9d-ed37-454f-af9c-04291e351182";
const allExtensions = [registryExtension, securityExtension, preferencesExtension, auditExtension];

const nowhere = { path: "directory.ldif", line: 1 };

export const applyRight = "edacfd8f-ffb3-11d1-b41d-00a0c968f939";

export function ace(type: "allow" | "deny", sid: string | null, mask: number, more: Partial<Ace> = {}): Ace {
  return { type, conditional: false, inheritOnly: false, mask, objectType: null, sid, ...more };
}

/** Read and apply for everybody, as GPMC writes it for Authenticated Users. */
const openDacl = descriptor([
  ace("allow", "S-1-5-11", 0x20094),
  ace("allow", "S-1-5-11", 0x100, { objectType: applyRight }),
]);

export function descriptor(dacl: readonly Ace[] | null): SecurityDescriptorFact {
  return { state: "read", descriptor: { dacl } };
}

export function guidOf(number: number): string {
  return `a0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

function gpcDn(number: number): string {
  return `CN={${guidOf(number)}},CN=Policies,CN=System,${domainDn}`;
}

export function gpc(number: number, more: Partial<Gpc> = {}): Gpc {
  return {
    dn: gpcDn(number),
    guid: guidOf(number),
    domain: domainName,
    displayName: `GPO ${number}`,
    location: nowhere,
    opaque: false,
    functionalityVersion: 2,
    flags: 0,
    machineVersion: 1,
    extensions: { effective: allExtensions, ineffective: [], damaged: false },
    fileSysPath: null,
    securityDescriptor: openDacl,
    wmiFilter: null,
    ...more,
  };
}

type ValueWrite = Extract<Write, { readonly alternatives: unknown }>;

export function audit(
  key: SettingKey,
  value: number,
  more: Partial<Pick<ValueWrite, "doubt" | "alternatives">> = {},
): Write {
  return {
    action: "set",
    key,
    value,
    type: null,
    alternatives: [],
    location: nowhere,
    quote: `${key}=${value}`,
    doubt: null,
    ...more,
  };
}

export function registry(key: SettingKey, value: SettingValue, type = 4): Write {
  return {
    action: "set",
    key,
    value,
    type,
    alternatives: [],
    location: nowhere,
    quote: `${key}=${String(value)}`,
    doubt: null,
  };
}

export function part(kind: GptPart["kind"], writes: readonly Write[], more: Partial<GptPart> = {}): GptPart {
  return { kind, paths: [kind], writes, open: [], unreadable: false, ...more };
}

export function gpt(number: number, parts: readonly GptPart[], more: Partial<Gpt> = {}): Gpt {
  const path = `Policies/{${guidOf(number)}}`;
  return {
    guid: guidOf(number),
    domainLabel: domainName,
    path,
    empty: false,
    unreadable: null,
    gptIni: { path: `${path}/GPT.INI`, location: { path: `${path}/GPT.INI`, line: 2 }, machineVersion: 1 },
    parts,
    ...more,
  };
}

export function link(number: number, options = 0): GpoLink {
  return {
    gpoDn: gpcDn(number),
    guid: guidOf(number),
    domain: domainName,
    options,
    disabled: (options & 1) !== 0,
    enforced: (options & 2) !== 0,
  };
}

export function som(dn: string, kind: Som["kind"], links: readonly GpoLink[], more: Partial<Som> = {}): Som {
  return {
    dn,
    kind,
    links,
    linksDamaged: false,
    blocksInheritance: false,
    location: nowhere,
    linkLocation: nowhere,
    ...more,
  };
}

export function dc(name: string, parent = dcOu, more: Partial<Computer> = {}): Computer {
  return {
    dn: `CN=${name},${parent}`,
    name,
    domain: domainName,
    sid: `${domainSid}-1000`,
    dnsHostName: `${name.toLowerCase()}.${domainName}`,
    operatingSystem: "Windows Server 2022 Standard",
    role: "dc",
    primaryGroupId: 516,
    tokenGroups: null,
    memberOf: [],
    serverReferenceBl: null,
    location: nowhere,
    ...more,
  };
}

export interface DomainSpec {
  readonly computers?: readonly Computer[];
  readonly soms: readonly Som[];
  readonly gpcs: readonly Gpc[];
  readonly gpts: readonly Gpt[];
  readonly groups?: readonly DirectoryGroup[];
  readonly more?: Partial<Directory>;
}

/** A directory and a SYSVOL export of one domain; every DC stands in the site Berlin. */
export function makeDomain(spec: DomainSpec): {
  readonly inventory: Inventory;
  readonly directory: Directory;
} {
  const computers = spec.computers ?? [dc("DC1")];
  const servers = computers.map((computer) => {
    const serverDn = `CN=${computer.name},CN=Servers,${siteDn}`;
    return [dnKey(computer.dn), [{ serverDn, siteDn }]] as const;
  });
  const directory: Directory = {
    computers,
    soms: new Map(spec.soms.map((own) => [dnKey(own.dn), own])),
    gpcs: new Map(spec.gpcs.map((own) => [dnKey(own.dn), own])),
    groups: new Map((spec.groups ?? []).map((own) => [dnKey(own.dn), own])),
    knownDns: new Set([...computers, ...(spec.groups ?? [])].map((own) => dnKey(own.dn))),
    nonGroupSids: new Set(),
    domains: new Map([[domainName, { dn: domainDn, sid: domainSid }]]),
    servers: new Map(servers),
    foreignPrincipals: new Map(),
    membershipExported: true,
    hasSites: true,
    mayHideObjects: false,
    ...spec.more,
  };
  return { inventory: { gpts: spec.gpts, directory }, directory };
}
