import type { SettingKey } from "./setting.ts";
import { userRightPrefix } from "./setting.ts";

/** User rights by their constants, each with the name that the GPO editor shows in English. */
const rights = new Map([
  ["SeAssignPrimaryTokenPrivilege", "Replace a process level token"],
  ["SeAuditPrivilege", "Generate security audits"],
  ["SeBackupPrivilege", "Back up files and directories"],
  ["SeBatchLogonRight", "Log on as a batch job"],
  ["SeChangeNotifyPrivilege", "Bypass traverse checking"],
  ["SeCreateGlobalPrivilege", "Create global objects"],
  ["SeCreatePagefilePrivilege", "Create a pagefile"],
  ["SeCreatePermanentPrivilege", "Create permanent shared objects"],
  ["SeCreateSymbolicLinkPrivilege", "Create symbolic links"],
  ["SeCreateTokenPrivilege", "Create a token object"],
  ["SeDebugPrivilege", "Debug programs"],
  [
    "SeDelegateSessionUserImpersonatePrivilege",
    "Obtain an impersonation token for another user in the same session",
  ],
  ["SeDenyBatchLogonRight", "Deny log on as a batch job"],
  ["SeDenyInteractiveLogonRight", "Deny log on locally"],
  ["SeDenyNetworkLogonRight", "Deny access to this computer from the network"],
  ["SeDenyRemoteInteractiveLogonRight", "Deny log on through Remote Desktop Services"],
  ["SeDenyServiceLogonRight", "Deny log on as a service"],
  ["SeEnableDelegationPrivilege", "Enable computer and user accounts to be trusted for delegation"],
  ["SeImpersonatePrivilege", "Impersonate a client after authentication"],
  ["SeIncreaseBasePriorityPrivilege", "Increase scheduling priority"],
  ["SeIncreaseQuotaPrivilege", "Adjust memory quotas for a process"],
  ["SeIncreaseWorkingSetPrivilege", "Increase a process working set"],
  ["SeInteractiveLogonRight", "Allow log on locally"],
  ["SeLoadDriverPrivilege", "Load and unload device drivers"],
  ["SeLockMemoryPrivilege", "Lock pages in memory"],
  ["SeMachineAccountPrivilege", "Add workstations to domain"],
  ["SeManageVolumePrivilege", "Perform volume maintenance tasks"],
  ["SeNetworkLogonRight", "Access this computer from the network"],
  ["SeProfileSingleProcessPrivilege", "Profile single process"],
  ["SeRelabelPrivilege", "Modify an object label"],
  ["SeRemoteInteractiveLogonRight", "Allow log on through Remote Desktop Services"],
  ["SeRemoteShutdownPrivilege", "Force shutdown from a remote system"],
  ["SeRestorePrivilege", "Restore files and directories"],
  ["SeSecurityPrivilege", "Manage auditing and security log"],
  ["SeServiceLogonRight", "Log on as a service"],
  ["SeShutdownPrivilege", "Shut down the system"],
  ["SeSyncAgentPrivilege", "Synchronize directory service data"],
  ["SeSystemEnvironmentPrivilege", "Modify firmware environment values"],
  ["SeSystemProfilePrivilege", "Profile system performance"],
  ["SeSystemTimePrivilege", "Change the system time"],
  ["SeTakeOwnershipPrivilege", "Take ownership of files or other objects"],
  ["SeTcbPrivilege", "Act as part of the operating system"],
  ["SeTimeZonePrivilege", "Change the time zone"],
  ["SeTrustedCredManAccessPrivilege", "Access Credential Manager as a trusted caller"],
  ["SeUndockPrivilege", "Remove computer from docking station"],
]);

const constants = new Map([...rights].map(([constant, name]) => [name.toLowerCase(), constant]));
const names = new Map([...rights].map(([constant, name]) => [constant.toLowerCase(), name]));

/** Whether a text has the form of the constants, whether or not Windows knows such a right. */
export function isUserRight(text: string): boolean {
  return /^se[a-z]+(privilege|right)$/i.test(text);
}

/** Key of a user right, from its constant in GptTmpl.inf. */
export function userRightKey(constant: string): SettingKey {
  return userRightPrefix + constant.toLowerCase();
}

/** The key of a user right by its constant or its English name; null where it is neither. */
export function parseUserRight(text: string): SettingKey | null {
  const constant = isUserRight(text) ? text : constants.get(text.toLowerCase());
  return constant === undefined ? null : userRightKey(constant);
}

/** A user right as the GPO editor names it, else its constant. */
export function userRightName(key: SettingKey): string {
  const constant = key.slice(userRightPrefix.length);
  return names.get(constant) ?? constant;
}

/** The constants of all user rights that Windows knows, as it writes them. */
export const userRightConstants: readonly string[] = [...rights.keys()];
