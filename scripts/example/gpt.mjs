/** What all GPOs of the example share: extension lists, paths, registry names, and the files of a GPT. */
import { crlf } from "./encode.mjs";

/** One group each of gPCMachineExtensionNames: client-side extension, then the tool that edits it (MS-GPOL 2.2.4). */
export const extensions = {
  preferences: "[{00000000-0000-0000-0000-000000000000}{BEE07A6A-EC9F-4659-B8C9-0B1937907C83}]",
  registry: "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]",
  registryOfUsers: "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F73-3407-48AE-BA88-E8213C6761F1}]",
  security: "[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]",
  registryPreferences: "[{B087BE9D-ED37-454F-AF9C-04291E351182}{BEE07A6A-EC9F-4659-B8C9-0B1937907C83}]",
  audit: "[{F3CCC681-B74C-4060-9F26-CD84525DCA2A}{0F3F3735-573D-9804-99E4-AB2A69BA5FD4}]",
};

export const templateFile = "Microsoft/Windows NT/SecEdit/GptTmpl.inf";
export const auditFile = "Microsoft/Windows NT/Audit/audit.csv";
/** Without a template in the GPO the editor makes these folders in lower case. */
export const auditFileAlone = "microsoft/windows nt/Audit/audit.csv";

const control = "MACHINE\\System\\CurrentControlSet\\Control";
const services = "MACHINE\\System\\CurrentControlSet\\Services";
export const lsa = `${control}\\Lsa`;
export const netlogon = `${services}\\Netlogon\\Parameters`;
export const lanmanServer = `${services}\\LanManServer\\Parameters`;
export const ldapIntegrity = `${services}\\NTDS\\Parameters\\LDAPServerIntegrity`;
export const forceSubcategories = `${lsa}\\SCENoApplyLegacyAuditPolicy=4,1`;

/** Every file of a GPO, by its path below the `{GUID}` folder. */
export function filesOf(gpo) {
  const lines = ["[General]", `Version=${versionOf(gpo)}`];
  if (gpo.builtIn !== true) lines.push("displayName=New Group Policy Object");
  return { "GPT.INI": crlf(...lines), ...gpo.files };
}

/** versionNumber and GPT.INI: user half high, machine half low (MS-GPOL 2.2.4). */
export function versionOf({ machineVersion = 0, userVersion = 0 }) {
  return userVersion * 65536 + machineVersion;
}
