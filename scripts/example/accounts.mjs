/** Computers and groups of the example domain. */
import { inventedGuid, sid } from "./encode.mjs";
import { entry } from "./ldif.mjs";
import { base, computers, dcOu, dnOf, dns, groupsOu, readOnly, rid, serverDn } from "./names.mjs";

export function computerEntry(computer) {
  const host = `${computer.name.toLowerCase()}.${dns}`;
  return entry(dnOf(computer), {
    objectClass: ["top", "person", "organizationalPerson", "user", "computer"],
    cn: computer.name,
    distinguishedName: dnOf(computer),
    whenCreated: computer.created,
    memberOf: computer.name === "LIS-DC02" ? `CN=DC Lisbon,${groupsOu}` : undefined,
    objectGUID: inventedGuid(dnOf(computer)),
    // Writable: SERVER_TRUST_ACCOUNT, TRUSTED_FOR_DELEGATION. Read-only: PARTIAL_SECRETS_ACCOUNT and company.
    userAccountControl: readOnly(computer) ? 83890176 : 532480,
    primaryGroupID: readOnly(computer) ? 521 : 516,
    objectSid: sid(rid(computer.rid)),
    sAMAccountName: `${computer.name}$`,
    operatingSystem: `Windows Server ${computer.os} Standard`,
    operatingSystemVersion: `10.0 (${computer.build})`,
    serverReferenceBL: serverDn(computer),
    dNSHostName: host,
    servicePrincipalName: [
      `HOST/${computer.name}`,
      `HOST/${host}`,
      `ldap/${host}/${dns}`,
      `GC/${host}/${dns}`,
    ],
  });
}

/** What Microsoft Entra Kerberos leaves in a domain: an account like that of a read-only DC, and no machine. */
export function entraKerberosEntry() {
  const dn = `CN=AzureADKerberos,${dcOu}`;
  return entry(dn, {
    objectClass: ["top", "person", "organizationalPerson", "user", "computer"],
    cn: "AzureADKerberos",
    distinguishedName: dn,
    whenCreated: "20240205150218.0Z",
    objectGUID: inventedGuid(dn),
    userAccountControl: 83890176,
    primaryGroupID: 521,
    objectSid: sid(rid(1142)),
    sAMAccountName: "AzureADKerberos$",
  });
}

export function* groupEntries() {
  const users = `CN=Users,${base}`;
  const global = -2147483646;
  const universal = -2147483640;
  const domainLocal = -2147483644;
  const lisbon = `CN=DC Lisbon,${groupsOu}`;
  const wave = `CN=GPO Baseline 2022 - Wave 1,${groupsOu}`;
  const denied = `CN=Denied RODC Password Replication Group,${users}`;
  const deniedMembers = [
    "Domain Controllers",
    "Domain Admins",
    "Enterprise Admins",
    "Read-only Domain Controllers",
  ];
  const group = (dn, number, groupType, attributes = {}) =>
    entry(dn, {
      objectClass: ["top", "group"],
      cn: dn.slice("CN=".length, dn.indexOf(",")),
      distinguishedName: dn,
      objectGUID: inventedGuid(dn),
      objectSid: sid(rid(number)),
      sAMAccountName: dn.slice("CN=".length, dn.indexOf(",")),
      groupType,
      ...attributes,
    });
  yield group(`CN=Domain Admins,${users}`, 512, global, { memberOf: denied });
  yield group(`CN=Domain Computers,${users}`, 515, global);
  yield group(`CN=Domain Controllers,${users}`, 516, global, { memberOf: denied });
  yield group(`CN=Enterprise Admins,${users}`, 519, universal, { memberOf: denied });
  yield group(`CN=Read-only Domain Controllers,${users}`, 521, global, { memberOf: denied });
  yield group(`CN=Enterprise Read-only Domain Controllers,${users}`, 498, universal);
  yield group(denied, 572, domainLocal, {
    member: deniedMembers.map((name) => `CN=${name},${users}`),
  });
  yield group(lisbon, 1131, global, {
    member: computers.filter(({ site }) => site === "Lisbon").map(dnOf),
    memberOf: wave,
  });
  yield group(wave, 1132, global, { member: lisbon });
}
