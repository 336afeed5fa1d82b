/** audit.csv as the Group Policy editor writes it in English (MS-GPAC 2.2). */
import { crlf } from "./encode.mjs";

const header =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value";
const settings = ["No Auditing", "Success", "Failure", "Success and Failure"];

export const audit = {
  securityStateChange: ["10", "Security State Change"],
  securitySystemExtension: ["11", "Security System Extension"],
  systemIntegrity: ["12", "System Integrity"],
  logon: ["15", "Logon"],
  accountLockout: ["17", "Account Lockout"],
  specialLogon: ["1b", "Special Logon"],
  handleManipulation: ["23", "Handle Manipulation"],
  filteringPlatformPacketDrop: ["25", "Filtering Platform Packet Drop"],
  filteringPlatformConnection: ["26", "Filtering Platform Connection"],
  sensitivePrivilegeUse: ["28", "Sensitive Privilege Use"],
  processCreation: ["2b", "Process Creation"],
  auditPolicyChange: ["2f", "Audit Policy Change"],
  userAccountManagement: ["35", "User Account Management"],
  computerAccountManagement: ["36", "Computer Account Management"],
  securityGroupManagement: ["37", "Security Group Management"],
  distributionGroupManagement: ["38", "Distribution Group Management"],
  otherAccountManagement: ["3a", "Other Account Management Events"],
  directoryServiceAccess: ["3b", "Directory Service Access"],
  directoryServiceChanges: ["3c", "Directory Service Changes"],
  credentialValidation: ["3f", "Credential Validation"],
  kerberosServiceTicketOperations: ["40", "Kerberos Service Ticket Operations"],
  kerberosAuthenticationService: ["42", "Kerberos Authentication Service"],
};

/** `rows`: [one of `audit`, setting value 0 to 3]. */
export function auditCsv(rows) {
  const lines = rows.map(
    ([[tail, name], value]) =>
      `,System,Audit ${name},{0cce92${tail}-69ae-11d9-bed3-505054503030},${settings[value]},,${value}`,
  );
  return crlf(header, ...lines);
}
