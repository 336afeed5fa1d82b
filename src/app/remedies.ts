import { domainDn } from "../model/dn.ts";

/** Attributes and objects that precedence is worked out from. */
const attributes = [
  "objectClass", "cn", "name", "objectSid", "sAMAccountName", "userAccountControl", "primaryGroupID", "memberOf", "member",
  "dNSHostName", "operatingSystem", "serverReferenceBL", "gPLink", "gPOptions", "displayName", "versionNumber", "flags",
  "gPCFunctionalityVersion", "gPCFileSysPath", "gPCMachineExtensionNames", "gPCWQLFilter", "nTSecurityDescriptor",
  "msWMI-Name", "msWMI-ID", "msWMI-Parm2",
]; // prettier-ignore
const domainFilter =
  "(|(objectClass=domainDNS)(objectClass=organizationalUnit)(objectClass=groupPolicyContainer)(objectClass=msWMI-Som)" +
  "(objectClass=group)(objectClass=foreignSecurityPrincipal)(userAccountControl:1.2.840.113556.1.4.803:=8192)" +
  "(userAccountControl:1.2.840.113556.1.4.803:=67108864))";
const sitesFilter = "(|(objectClass=site)(objectClass=server))";

/** SD flags 7: owner, group and DACL, which every account that may read the object gets (MS-ADTS 3.1.1.3.4.1.11). */
const descriptorControl = "'!1.2.840.113556.1.4.801=::MAMCAQc='";

/** The commands that produce the directory files, for the domain with the given DNS name. */
export function directoryCommands(domain: string | null): string {
  const base = baseDn(domain);
  const list = attributes.join(",");
  return [
    "On Windows, as a member of Domain Admins (ldifde cannot ask for descriptors in any other way):",
    `  ldifde -f domain.ldif -d "${base}" -r "${domainFilter}" -l "${list}"`,
    `  ldifde -f sites.ldif -d "CN=Sites,CN=Configuration,${base}" -r "${sitesFilter}" -l "objectClass,cn,gPLink,gPOptions,serverReference"`,
    "Elsewhere, as any account that may read the GPOs (the control asks for the readable part of descriptors):",
    `  ldapsearch -x -LLL -H ldaps://DC -D USER -W -E pr=1000/noprompt -E ${descriptorControl} -b "${base}" "${domainFilter}" ${attributes.join(" ")} > domain.ldif`,
    `  ldapsearch -x -LLL -H ldaps://DC -D USER -W -E pr=1000/noprompt -b "CN=Sites,CN=Configuration,${base}" "${sitesFilter}" objectClass cn gPLink gPOptions serverReference > sites.ldif`,
    "Then: gpolint scan PATH --directory domain.ldif --directory sites.ldif",
  ].join("\n");
}

/** What the readiness pack asks of the domain partition beside what precedence needs; users and computers for their names. */
const readinessAttributes = [
  "objectClass", "objectSid", "sAMAccountName", "userAccountControl", "primaryGroupID", "memberOf", "member", "groupType",
  "dNSHostName", "operatingSystem", "operatingSystemVersion", "serverReferenceBL", "servicePrincipalName", "pwdLastSet",
  "lastLogonTimestamp", "msDS-GroupMSAMembership", "msDS-ManagedPasswordInterval", "msDS-SupportedEncryptionTypes",
  "wellKnownObjects",
]; // prettier-ignore
const readinessFilter =
  "(|(objectClass=domainDNS)(objectClass=user)(objectClass=group)(objectClass=foreignSecurityPrincipal))";
const topsFilter = "(|(objectClass=domainDNS)(cn=ADFS)(&(cn=Microsoft)(!(objectClass=user))))";
const configurationFilter =
  "(|(objectClass=configuration)(objectClass=dMD)(objectClass=msKds-ProvRootKey)(cn=Master Root Keys)(cn=Services)" +
  "(cn=Microsoft Exchange))";
const configurationAttributes = [
  "objectClass",
  "objectVersion",
  "msKds-UseStartTime",
  "nTSecurityDescriptor",
];

/** SD flags 15: with the audit entries, which an account without the privilege for them gets nothing of at all. */
const auditControl = "'!1.2.840.113556.1.4.801=::MAMCAQ8='";
const showDeleted = "'!1.2.840.113556.1.4.417'";

/**
 * The commands that export what readiness rests on. Root keys are for Enterprise Admins, audit entries take the right
 * 'Manage auditing and security log', and CN=Deleted Objects is for administrators.
 */
export function readinessCommands(domain: string | null): string {
  const base = baseDn(domain);
  const configuration = `CN=Configuration,${base}`;
  const descriptors = "objectClass,nTSecurityDescriptor";
  const search = "ldapsearch -x -LLL -H ldaps://DC -D USER -W -E pr=1000/noprompt";
  return [
    "On Windows, as a member of Enterprise Admins (the configuration partition has the name of the forest root):",
    `  ldifde -f accounts.ldif -d "${base}" -r "${readinessFilter}" -l "${readinessAttributes.join(",")}"`,
    `  ldifde -f tops.ldif -d "${base}" -r "${topsFilter}" -l "${descriptors}"`,
    `  ldifde -f configuration.ldif -d "${configuration}" -r "${configurationFilter}" -l "${configurationAttributes.join(",")}"`,
    `  ldifde -x -f deleted.ldif -d "CN=Deleted Objects,${base}" -p Base -l "${descriptors}"`,
    "Elsewhere, as the same account:",
    `  ${search} -b "${base}" "${readinessFilter}" ${readinessAttributes.join(" ")} > accounts.ldif`,
    `  ${search} -E ${auditControl} -b "${base}" "${topsFilter}" objectClass nTSecurityDescriptor > tops.ldif`,
    `  ${search} -E ${auditControl} -b "${configuration}" "${configurationFilter}" ${configurationAttributes.join(" ")} > configuration.ldif`,
    `  ldapsearch -x -LLL -H ldaps://DC -D USER -W -E ${showDeleted} -E ${descriptorControl} -s base -b "CN=Deleted Objects,${base}" objectClass nTSecurityDescriptor > deleted.ldif`,
    "Then add each file with --directory, beside the export that precedence rests on.",
  ].join("\n");
}

function baseDn(domain: string | null): string {
  return domain === null ? "DC=your,DC=domain" : domainDn(domain);
}
