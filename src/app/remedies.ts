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
  const base =
    domain === null
      ? "DC=your,DC=domain"
      : domain
          .split(".")
          .map((label) => `DC=${label}`)
          .join(",");
  const list = attributes.join(",");
  return [
    "On Windows, as a member of Domain Admins (ldifde cannot ask for descriptors in any other way):",
    `  ldifde -f domain.ldif -d "${base}" -r "${domainFilter}" -l "${list}"`,
    `  ldifde -f sites.ldif -d "CN=Sites,CN=Configuration,${base}" -r "${sitesFilter}" -l "objectClass,cn,gPLink,gPOptions,serverReference"`,
    "Elsewhere, as any account that may read the GPOs (the control asks for the readable part of descriptors):",
    `  ldapsearch -LLL -H ldaps://DC -D USER -W -E pr=1000/noprompt -E ${descriptorControl} -b "${base}" "${domainFilter}" ${attributes.join(" ")} > domain.ldif`,
    `  ldapsearch -LLL -H ldaps://DC -D USER -W -E pr=1000/noprompt -b "CN=Sites,CN=Configuration,${base}" "${sitesFilter}" objectClass cn gPLink gPOptions serverReference > sites.ldif`,
    "Then: gpolint scan PATH --directory domain.ldif --directory sites.ldif",
  ].join("\n");
}
