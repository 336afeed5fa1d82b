/** The GPOs of the example that somebody made for auditing. README.md of the example says why they are as they are. */
import { audit, auditCsv } from "./audit.mjs";
import { template } from "./encode.mjs";
import {
  auditFile,
  auditFileAlone,
  extensions,
  forceSubcategories,
  ldapIntegrity,
  lsa,
  netlogon,
  templateFile,
} from "./gpt.mjs";

export const wmiFilter = {
  id: "{E10CC350-42C1-44BC-916A-B8907F80C078}",
  name: "Branch hardware with less than 8 GB",
  query: "SELECT * FROM Win32_ComputerSystem WHERE TotalPhysicalMemory < 8589934592",
};

export const auditGpos = {
  mdi: {
    guid: "{E12D56A9-2B10-483D-8260-E2C1079A3F58}",
    name: "Audit - Domain Controllers (MDI)",
    created: "20220914072231.0Z",
    machineVersion: 9,
    machineExtensions: extensions.security + extensions.audit,
    files: {
      [`Machine/${templateFile}`]: template({
        "Registry Values": [
          forceSubcategories,
          `${lsa}\\MSV1_0\\RestrictSendingNTLMTraffic=4,1`,
          `${lsa}\\MSV1_0\\AuditReceivingNTLMTraffic=4,2`,
          `${netlogon}\\AuditNTLMInDomain=4,7`,
        ],
      }),
      [`Machine/${auditFile}`]: auditCsv([
        [audit.credentialValidation, 3],
        [audit.computerAccountManagement, 3],
        [audit.securityGroupManagement, 3],
        [audit.userAccountManagement, 3],
        [audit.directoryServiceAccess, 3],
        [audit.directoryServiceChanges, 3],
        [audit.securitySystemExtension, 3],
      ]),
    },
  },

  baseline: {
    guid: "{CA96E1D5-DC66-459E-8886-94003AA4C1EB}",
    name: "Security Baseline - Windows Server 2022 DC",
    created: "20230302140509.0Z",
    machineVersion: 14,
    machineExtensions: extensions.security + extensions.audit,
    files: {
      [`Machine/${templateFile}`]: template({
        "Registry Values": [
          forceSubcategories,
          `${lsa}\\LmCompatibilityLevel=4,5`,
          `${lsa}\\RestrictAnonymousSAM=4,1`,
          `${ldapIntegrity}=4,2`,
        ],
      }),
      [`Machine/${auditFile}`]: auditCsv([
        [audit.credentialValidation, 3],
        [audit.kerberosAuthenticationService, 3],
        [audit.kerberosServiceTicketOperations, 2],
        [audit.computerAccountManagement, 1],
        [audit.otherAccountManagement, 1],
        [audit.securityGroupManagement, 1],
        [audit.userAccountManagement, 3],
        [audit.processCreation, 1],
        [audit.directoryServiceAccess, 2],
        [audit.directoryServiceChanges, 1],
        [audit.accountLockout, 2],
        [audit.logon, 3],
        [audit.specialLogon, 1],
        [audit.auditPolicyChange, 1],
        [audit.sensitivePrivilegeUse, 3],
        [audit.securityStateChange, 1],
        [audit.securitySystemExtension, 1],
        [audit.systemIntegrity, 3],
      ]),
    },
  },

  noise: {
    guid: "{FA134C85-D1F7-4910-AAB8-44EA9ABCE64A}",
    name: "SOC - Noise Reduction (Lisbon)",
    created: "20210827061940.0Z",
    machineVersion: 3,
    machineExtensions: extensions.audit,
    files: {
      [`Machine/${auditFileAlone}`]: auditCsv([
        [audit.computerAccountManagement, 1],
        [audit.distributionGroupManagement, 0],
        [audit.handleManipulation, 0],
        [audit.filteringPlatformPacketDrop, 0],
        [audit.filteringPlatformConnection, 0],
        [audit.securitySystemExtension, 0],
      ]),
    },
  },

  old: {
    guid: "{AE3BCAFB-D413-4E8C-87D8-7329B99A7E7A}",
    name: "Audit - Domain Controllers (2021, retired)",
    created: "20210118101733.0Z",
    machineVersion: 6,
    machineExtensions: extensions.security + extensions.audit,
    files: {
      [`Machine/${templateFile}`]: template({
        "Registry Values": [
          `${lsa}\\MSV1_0\\AuditReceivingNTLMTraffic=4,1`,
          `${netlogon}\\AuditNTLMInDomain=4,7`,
        ],
      }),
      [`Machine/${auditFile}`]: auditCsv([
        [audit.credentialValidation, 3],
        [audit.computerAccountManagement, 3],
        [audit.distributionGroupManagement, 3],
        [audit.securityGroupManagement, 3],
        [audit.userAccountManagement, 3],
        [audit.securitySystemExtension, 3],
      ]),
    },
  },

  distribution: {
    guid: "{7719D6D6-8C68-41EE-9D8E-30A63F114464}",
    name: "Audit - Distribution Groups (CHG-20417)",
    created: "20240419154402.0Z",
    machineVersion: 1,
    // The audit extension is not listed: audit.csv was copied into the folder by hand.
    machineExtensions: extensions.security,
    files: {
      [`Machine/${templateFile}`]: template({ "Registry Values": [forceSubcategories] }),
      [`Machine/${auditFile}`]: auditCsv([[audit.distributionGroupManagement, 3]]),
    },
  },

  reduced: {
    guid: "{3844F67A-9500-4F26-B3A1-5D575EE38E88}",
    name: "Audit - Reduced (small branch hardware)",
    created: "20230711092826.0Z",
    machineVersion: 2,
    machineExtensions: extensions.audit,
    wmiFilter,
    files: {
      [`Machine/${auditFileAlone}`]: auditCsv([
        [audit.credentialValidation, 1],
        [audit.userAccountManagement, 3],
        [audit.logon, 1],
      ]),
    },
  },
};
