/** What is asked of a directory: nothing that is a secret, and nothing that no decision rests on. */
export const attributes = {
  som: ["objectClass", "objectSid", "gPLink", "gPOptions", "wellKnownObjects"],
  site: ["objectClass", "gPLink", "gPOptions", "serverReference"],
  gpc: [
    "objectClass", "displayName", "versionNumber", "flags", "gPCFunctionalityVersion", "gPCFileSysPath",
    "gPCMachineExtensionNames", "gPCWQLFilter", "nTSecurityDescriptor",
  ],
  wmiFilter: ["objectClass", "msWMI-Name", "msWMI-Parm2"],
  account: [
    "objectClass", "objectSid", "sAMAccountName", "userAccountControl", "primaryGroupID", "groupType", "member", "memberOf",
  ],
  computer: [
    "objectClass", "objectSid", "sAMAccountName", "userAccountControl", "primaryGroupID", "memberOf", "dNSHostName",
    "operatingSystem", "operatingSystemVersion", "serverReferenceBL", "tokenGroups",
  ],
  serviceAccount: [
    "objectClass", "objectSid", "sAMAccountName", "userAccountControl", "primaryGroupID", "memberOf", "servicePrincipalName",
    "pwdLastSet", "lastLogonTimestamp", "msDS-GroupMSAMembership", "msDS-ManagedPasswordInterval", "msDS-SupportedEncryptionTypes",
  ],
  // No service principal names: beside those of a managed account they would look like an export of all users.
  namedAccount: [
    "objectClass", "objectSid", "sAMAccountName", "userAccountControl", "primaryGroupID", "memberOf", "pwdLastSet",
    "lastLogonTimestamp",
  ],
  nameHolder: ["objectClass", "sAMAccountName", "servicePrincipalName"],
  rootKey: ["objectClass", "cn", "msKds-UseStartTime", "msKds-CreateTime"],
  schema: ["objectClass", "objectVersion"],
  descriptor: ["objectClass", "nTSecurityDescriptor"],
  crossRef: ["nCName", "dnsRoot", "systemFlags"],
} as const; // prettier-ignore

/** Bits of userAccountControl by a rule of the server (MS-ADTS 3.1.1.3.4.4.1), and what shows where those are hidden. */
const controllers =
  "(|(userAccountControl:1.2.840.113556.1.4.803:=8192)(userAccountControl:1.2.840.113556.1.4.803:=67108864)" +
  "(primaryGroupID=516)(primaryGroupID=521))";

export const filters = {
  any: "(objectClass=*)",
  soms: "(|(objectClass=domainDNS)(objectClass=organizationalUnit))",
  sites: "(|(objectClass=site)(objectClass=server))",
  gpcs: "(objectClass=groupPolicyContainer)",
  wmiFilters: "(objectClass=msWMI-Som)",
  controllers,
  serviceAccounts:
    "(|(objectClass=msDS-GroupManagedServiceAccount)(objectClass=msDS-ManagedServiceAccount)" +
    "(objectClass=msDS-DelegatedManagedServiceAccount))",
  rootKeys: "(objectClass=msKds-ProvRootKey)",
  crossRefs: "(objectClass=crossRef)",
} as const;

/**
 * Parts of descriptors (MS-ADTS 3.1.1.3.4.1.11): owner, group and DACL, which whoever may read the object gets; and the SACL,
 * which needs a privilege. Asked for together, an account without the privilege gets nothing at all.
 */
export const sdFlags = { readable: 7, sacl: 8 } as const;

/** The name that the audit part of a descriptor goes by; its absence means that the account may not look. */
export const saclName = "ntsecuritydescriptor;sacl";
