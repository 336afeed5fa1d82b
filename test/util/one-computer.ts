import { noProposals } from "../../src/app/apply-proposals.ts";
import { scan } from "../../src/app/scan.ts";
import type { PolicyPack, ServerRole } from "../../src/model/requirement.ts";
import type { ScanResult } from "../../src/model/result.ts";
import type { Inputs } from "../../src/sources/read-inputs.ts";
import { readInputs } from "../../src/sources/read-inputs.ts";
import { utf8 } from "./bytes.ts";
import { noAssumptions } from "./engine.ts";
import type { GpoRow } from "./gpo-files.ts";
import { gpoFiles } from "./gpo-files.ts";
import { writeLdif } from "./ldif-writer.ts";
import { memoryVfs } from "./memory-vfs.ts";

/** Which computer the domain has. */
export interface OneComputer {
  readonly role: ServerRole;
  readonly operatingSystem: string;
}

const domainDn = "DC=corp,DC=example";
const domainSid = "S-1-5-21-1111111111-2222222222-3333333333";
const gpo = "A0000099-0000-4000-8000-000000000001";
const site = `CN=Berlin,CN=Sites,CN=Configuration,${domainDn}`;
const extensions =
  "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{0F6B957D-509E-11D1-A7CC-0000F87571E3}]" +
  "[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]" +
  "[{F3CCC681-B74C-4060-9F26-CD84525DCA2A}{0F3F3735-573D-9804-99E4-AB2A69BA5FD4}]";
/** As GPMC makes it: Authenticated Users may read and apply. */
const descriptor =
  "O:DAG:DAD:PAI(A;CI;CCDCLCSWRPWPDTLOSDRCWDWO;;;DA)(A;CI;LCRPLORC;;;AU)" +
  "(OA;CI;CR;edacfd8f-ffb3-11d1-b41d-00a0c968f939;;AU)(A;CI;LCRPLORC;;;ED)";
/** Account bits of a writable domain controller, of a read-only one, and of a member. */
const accountControl: Readonly<Record<ServerRole, string>> = {
  dc: "532480",
  rodc: "83890176",
  adfs: "4096",
  adcs: "4096",
  "entra-connect": "4096",
};

/** A domain of one computer and one GPO, linked at its head, in real files. */
export function readOneComputer({ role, operatingSystem }: OneComputer, rows: readonly GpoRow[]): Inputs {
  const isController = role === "dc" || role === "rodc";
  const computerDn = `CN=HOST1,${isController ? "OU=Domain Controllers" : "CN=Computers"},${domainDn}`;
  const directory = writeLdif([
    {
      dn: domainDn,
      attributes: [
        ["objectClass", "domainDNS"],
        ["objectSid", domainSid],
        ["gPLink", `[LDAP://cn={${gpo}},cn=policies,cn=system,${domainDn};0]`],
      ],
    },
    { dn: `OU=Domain Controllers,${domainDn}`, attributes: [["objectClass", "organizationalUnit"]] },
    {
      dn: `CN={${gpo}},CN=Policies,CN=System,${domainDn}`,
      attributes: [
        ["objectClass", "groupPolicyContainer"],
        ["displayName", "The only GPO"],
        ["gPCFunctionalityVersion", "2"],
        ["flags", "0"],
        ["versionNumber", "1"],
        ["gPCFileSysPath", `\\\\corp.example\\sysvol\\corp.example\\Policies\\{${gpo}}`],
        ["gPCMachineExtensionNames", extensions],
        ["nTSecurityDescriptor", descriptor],
      ],
    },
    {
      dn: computerDn,
      attributes: [
        ["objectClass", "computer"],
        ["sAMAccountName", "HOST1$"],
        ["userAccountControl", accountControl[role]],
        ["primaryGroupID", role === "dc" ? "516" : role === "rodc" ? "521" : "515"],
        ["objectSid", `${domainSid}-1000`],
        ["operatingSystem", operatingSystem],
      ],
    },
    { dn: site, attributes: [["objectClass", "site"]] },
    {
      dn: `CN=HOST1,CN=Servers,${site}`,
      attributes: [
        ["objectClass", "server"],
        ["serverReference", computerDn],
      ],
    },
  ]);
  const folder = `/domain/sysvol/corp.example/Policies/{${gpo}}`;
  const files = new Map([
    ["/domain/directory.ldif", utf8(directory)],
    [`${folder}/GPT.INI`, utf8("[General]\r\nVersion=1\r\n")],
    ...[...gpoFiles(rows)].map(([path, bytes]) => [`${folder}/Machine/${path}`, bytes] as const),
  ]);
  return readInputs(memoryVfs(files), {
    paths: ["/domain/sysvol"],
    directoryFiles: ["/domain/directory.ldif"],
    root: "/domain",
  });
}

/** Judges the computer as if it were named with `--target`. */
export function scanNamed(inputs: Inputs, pack: PolicyPack): ScanResult {
  return scan(inputs, {
    packs: [pack],
    computers: inputs.inventory.directory?.computers ?? [],
    selectedAll: false,
    engine: noAssumptions,
    proposals: noProposals,
    assumptions: [],
    gate: {
      failOn: "low",
      allowIncomplete: false,
      softFail: false,
      failOnRegression: false,
      failOnNew: false,
    },
    version: "0.0.0",
    startTime: null,
    command: null,
  });
}
