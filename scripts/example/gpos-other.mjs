/** The GPOs of the example that are not about auditing, and yet decide some of it. */
import { audit, auditCsv } from "./audit.mjs";
import { crlf, registryPol, template } from "./encode.mjs";
import {
  auditFile,
  extensions,
  forceSubcategories,
  lanmanServer,
  ldapIntegrity,
  lsa,
  netlogon,
  templateFile,
} from "./gpt.mjs";

export const otherGpos = {
  domain: {
    guid: "{31B2F340-016D-11D2-945F-00C04FB984F9}",
    name: "Default Domain Policy",
    builtIn: true,
    created: "20040607091512.0Z",
    machineVersion: 11,
    machineExtensions: extensions.security,
    files: {
      [`MACHINE/${templateFile}`]: template({
        "System Access": [
          "MinimumPasswordAge = 1",
          "MaximumPasswordAge = 180",
          "MinimumPasswordLength = 14",
          "PasswordComplexity = 1",
          "PasswordHistorySize = 24",
          "LockoutBadCount = 10",
          "ResetLockoutCount = 15",
          "LockoutDuration = 15",
          "RequireLogonToChangePassword = 0",
          "ForceLogoffWhenHourExpire = 0",
          "ClearTextPassword = 0",
          "LSAAnonymousNameLookup = 0",
        ],
        "Kerberos Policy": [
          "MaxTicketAge = 10",
          "MaxRenewAge = 7",
          "MaxServiceAge = 600",
          "MaxClockSkew = 5",
          "TicketValidateClient = 1",
        ],
        "Registry Values": [`${lsa}\\NoLMHash=4,1`],
      }),
    },
  },

  domainControllers: {
    guid: "{6AC1786C-016F-11D2-945F-00C04fB984F9}",
    name: "Default Domain Controllers Policy",
    builtIn: true,
    created: "20040607091512.0Z",
    machineVersion: 19,
    machineExtensions: extensions.security,
    files: {
      [`MACHINE/${templateFile}`]: template({
        "Event Audit": [
          "AuditSystemEvents = 1",
          "AuditLogonEvents = 1",
          "AuditObjectAccess = 0",
          "AuditPrivilegeUse = 0",
          "AuditPolicyChange = 1",
          "AuditAccountManage = 1",
          "AuditProcessTracking = 0",
          "AuditDSAccess = 1",
          "AuditAccountLogon = 1",
        ],
        "Privilege Rights": [
          "SeBackupPrivilege = *S-1-5-32-549,*S-1-5-32-551,*S-1-5-32-544",
          "SeBatchLogonRight = *S-1-5-32-559,*S-1-5-32-551,*S-1-5-32-544",
          "SeDebugPrivilege = *S-1-5-32-544",
          "SeEnableDelegationPrivilege = *S-1-5-32-544",
          "SeInteractiveLogonRight = *S-1-5-9,*S-1-5-32-544",
          "SeMachineAccountPrivilege = *S-1-5-32-544",
          "SeNetworkLogonRight = *S-1-5-32-554,*S-1-5-9,*S-1-5-11,*S-1-5-32-544,*S-1-1-0",
          "SeRestorePrivilege = *S-1-5-32-549,*S-1-5-32-551,*S-1-5-32-544",
          "SeSecurityPrivilege = *S-1-5-32-544",
          "SeTakeOwnershipPrivilege = *S-1-5-32-544",
        ],
        "Registry Values": [
          `${ldapIntegrity}=4,1`,
          `${netlogon}\\RequireSignOrSeal=4,1`,
          `${lanmanServer}\\RequireSecuritySignature=4,1`,
          `${lanmanServer}\\EnableSecuritySignature=4,1`,
        ],
      }),
    },
  },

  ntlm: {
    guid: "{7A9FBA8F-857E-407B-98F0-6949B1C22816}",
    name: "Hardening - NTLM pilot",
    created: "20191118125547.0Z",
    machineVersion: 4,
    machineExtensions: extensions.security,
    files: {
      [`Machine/${templateFile}`]: template({
        "Registry Values": [
          `${lsa}\\MSV1_0\\NTLMMinClientSec=4,537395200`,
          `${lsa}\\MSV1_0\\NTLMMinServerSec=4,537395200`,
          `${netlogon}\\AuditNTLMInDomain=4,1`,
        ],
      }),
    },
  },

  logs: {
    guid: "{9419C0D2-7F50-40CB-9339-92B47E46E739}",
    name: "Domain Controllers - Event Logs and Diagnostics",
    created: "20220405113018.0Z",
    machineVersion: 8,
    machineExtensions: extensions.preferences + extensions.registry + extensions.registryPreferences,
    files: {
      "Machine/Registry.pol": registryPol([
        ["Software\\Policies\\Microsoft\\Windows\\EventLog\\Application", "MaxSize", "dword", 65536],
        ["Software\\Policies\\Microsoft\\Windows\\EventLog\\Security", "MaxSize", "dword", 4194240],
        ["Software\\Policies\\Microsoft\\Windows\\EventLog\\Security", "Retention", "sz", "0"],
        ["Software\\Policies\\Microsoft\\Windows\\EventLog\\System", "MaxSize", "dword", 65536],
        [
          "Software\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging",
          "EnableScriptBlockLogging",
          "dword",
          1,
        ],
        [
          "Software\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging",
          "**del.EnableScriptBlockInvocationLogging",
          "sz",
          " ",
        ],
      ]),
      "Machine/Preferences/Registry/Registry.xml": crlf(
        '<?xml version="1.0" encoding="utf-8"?>',
        '<RegistrySettings clsid="{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}">' +
          preference(
            "15 Field Engineering",
            "Services\\NTDS\\Diagnostics",
            "00000005",
            "{5D0C6F3E-8A41-4B7B-9C55-0E9B1D3A7F21}",
          ),
        preference(
          "Search Time Threshold (msecs)",
          "Services\\NTDS\\Parameters",
          "00000064",
          "{B2F4E7A0-13C9-4D68-A1E4-7F60C2D95B38}",
        ),
        "</RegistrySettings>",
      ),
    },
  },

  servers: {
    guid: "{EF439DC8-3008-476F-8B2A-804D6747625A}",
    name: "Servers - Baseline",
    created: "20230302141122.0Z",
    machineVersion: 12,
    machineExtensions: extensions.security + extensions.audit,
    files: {
      [`Machine/${templateFile}`]: template({
        "Registry Values": [forceSubcategories, `${lsa}\\MSV1_0\\AuditReceivingNTLMTraffic=4,2`],
      }),
      [`Machine/${auditFile}`]: auditCsv([
        [audit.credentialValidation, 3],
        [audit.securityGroupManagement, 1],
        [audit.userAccountManagement, 3],
        [audit.logon, 3],
        [audit.securitySystemExtension, 3],
      ]),
    },
  },

  users: {
    guid: "{AA0111CF-983D-4364-B4A1-FD5EAFD2A1B1}",
    name: "Users - Screen Lock",
    created: "20200203080456.0Z",
    flags: 2,
    userVersion: 5,
    userExtensions: extensions.registryOfUsers,
    files: {
      "User/Registry.pol": registryPol([
        ["Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop", "ScreenSaveActive", "sz", "1"],
        ["Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop", "ScreenSaverIsSecure", "sz", "1"],
        ["Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop", "ScreenSaveTimeOut", "sz", "600"],
      ]),
    },
  },
};

/** One item of Registry.xml; `value` is hexadecimal text (MS-GPPREF 2.2.1.11). */
function preference(name, key, value, uid) {
  return (
    `<Registry clsid="{9CD4B2F4-923D-47f5-A062-E897DD1DAD50}" name="${name}" status="${name}" image="12" ` +
    `changed="2022-04-05 11:41:07" uid="${uid}"><Properties action="U" displayDecimal="0" default="0" ` +
    `hive="HKEY_LOCAL_MACHINE" key="SYSTEM\\CurrentControlSet\\${key}" name="${name}" type="REG_DWORD" value="${value}"/></Registry>`
  );
}
