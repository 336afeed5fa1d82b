/** The directory of the example: domain and configuration partition, as far as policy depends on them. */
import { computerEntry, entraKerberosEntry, groupEntries } from "./accounts.mjs";
import { inventedGuid, sid } from "./encode.mjs";
import { gpcEntry, gpos, links, wmiFilterEntry } from "./gpcs.mjs";
import { entry, referral } from "./ldif.mjs";
import {
  base,
  computers,
  configuration,
  dcOu,
  dnOf,
  dns,
  domainSid,
  groupsOu,
  legacyOu,
  readOnlyOu,
  serverDn,
  serversOu,
  siteDn,
} from "./names.mjs";

export function directoryLdif() {
  return [...domainPartition(), ...configurationPartition()].join("");
}

function* domainPartition() {
  yield entry(base, {
    objectClass: ["top", "domain", "domainDNS"],
    distinguishedName: base,
    name: "corp",
    objectGUID: inventedGuid(base),
    objectSid: sid(domainSid),
    wellKnownObjects: [
      `B:32:A361B2FFFFD211D1AA4B00C04FD7D83A:${dcOu}`,
      `B:32:AA312825768811D1ADED00C04FD8D5CD:CN=Computers,${base}`,
    ],
    gPLink: links([gpos.ntlm, 2], [gpos.users, 0], [gpos.domain, 0]),
    "msDS-Behavior-Version": 7,
  });
  yield organizationalUnit(dcOu, {
    description: "Default container for domain controllers",
    gPLink: links(
      [gpos.old, 1],
      [gpos.distribution, 0],
      [gpos.logs, 0],
      [gpos.mdi, 0],
      [gpos.baseline, 0],
      [gpos.domainControllers, 0],
    ),
  });
  yield organizationalUnit(readOnlyOu, {
    description: "Branches without a server room – BitLocker only",
    gPLink: links([gpos.reduced, 0]),
  });
  yield organizationalUnit(serversOu, { gPLink: links([gpos.servers, 0]) });
  yield organizationalUnit(legacyOu, {
    description: "No policies here, see CHG-17702",
    gPOptions: 1,
  });
  yield organizationalUnit(`OU=Administration,${base}`, {});
  yield organizationalUnit(groupsOu, {});
  for (const computer of computers) yield computerEntry(computer);
  yield entraKerberosEntry();
  yield* groupEntries();
  for (const gpo of Object.values(gpos)) yield gpcEntry(gpo);
  yield wmiFilterEntry();
  for (const zone of ["ForestDnsZones", "DomainDnsZones"])
    yield referral(`${zone}.${dns}`, `DC=${zone},${base}`);
  yield referral(dns, configuration);
}

function organizationalUnit(dn, attributes) {
  return entry(dn, {
    objectClass: ["top", "organizationalUnit"],
    ou: dn.slice("OU=".length, dn.indexOf(",")),
    distinguishedName: dn,
    objectGUID: inventedGuid(dn),
    ...attributes,
  });
}

function* configurationPartition() {
  yield entry(`CN=CORP,CN=Partitions,${configuration}`, {
    objectClass: ["top", "crossRef"],
    cn: "CORP",
    nCName: base,
    dnsRoot: dns,
    nETBIOSName: "CORP",
  });
  for (const name of ["Hamburg", "Lisbon", "Porto"]) {
    yield entry(siteDn(name), {
      objectClass: ["top", "site"],
      cn: name,
      distinguishedName: siteDn(name),
      objectGUID: inventedGuid(siteDn(name)),
      gPLink: name === "Lisbon" ? links([gpos.noise, 0]) : undefined,
    });
  }
  for (const computer of computers) {
    yield entry(serverDn(computer), {
      objectClass: ["top", "server"],
      cn: computer.name,
      distinguishedName: serverDn(computer),
      objectGUID: inventedGuid(serverDn(computer)),
      serverReference: dnOf(computer),
      dNSHostName: `${computer.name.toLowerCase()}.${dns}`,
    });
  }
}
