import type { FakeEntry } from "./ldap-server.ts";

/** A domain for the server of tests: as many objects of each kind as wanted. */
export interface ForestSize {
  readonly computers: number;
  readonly units: number;
  readonly gpos: number;
}

export const base = "DC=corp,DC=example";
const configuration = `CN=Configuration,${base}`;
const domainSid = "S-1-5-21-1-2-3";

export const rootDse: FakeEntry = {
  dn: "",
  attributes: {
    defaultNamingContext: [base],
    configurationNamingContext: [configuration],
    schemaNamingContext: [`CN=Schema,${configuration}`],
    rootDomainNamingContext: [base],
    dnsHostName: ["dc1.corp.example"],
    tokenGroups: [sidBytes("S-1-5-32-544")],
  },
};

export function forest({ computers, units, gpos }: ForestSize): readonly FakeEntry[] {
  return [
    entry(base, "domainDNS", { objectSid: [sidBytes(domainSid)], gPLink: [link(guid(1))] }),
    entry(configuration, "configuration", {}),
    entry(`CN=Schema,${configuration}`, "dMD", { objectVersion: ["88"] }),
    entry(`CN=Sites,${configuration}`, "sitesContainer", {}),
    entry(`CN=HQ,CN=Sites,${configuration}`, "site", {
      gPLink: [`[LDAP://CN={${guid(1)}},CN=Policies,CN=System,DC=other,DC=example;0]`],
    }),
    entry(`CN=DC1,CN=Servers,CN=HQ,CN=Sites,${configuration}`, "server", {
      serverReference: [`CN=DC1,OU=Domain Controllers,${base}`],
    }),
    entry(`CN=Services,${configuration}`, "container", {}),
    entry(`CN=Partitions,${configuration}`, "crossRefContainer", {}),
    entry(`CN=CORP,CN=Partitions,${configuration}`, "crossRef", { nCName: [base], systemFlags: ["3"] }),
    entry(`CN=CHILD,CN=Partitions,${configuration}`, "crossRef", {
      nCName: [`DC=child,${base}`],
      systemFlags: ["3"],
    }),
    entry(`CN=ZONES,CN=Partitions,${configuration}`, "crossRef", {
      nCName: [`DC=DomainDnsZones,${base}`],
      systemFlags: ["5"],
    }),
    entry(`OU=Domain Controllers,${base}`, "organizationalUnit", { gPOptions: ["0"] }),
    entry(`CN=DC1,OU=Domain Controllers,${base}`, "computer", {
      objectSid: [sidBytes(`${domainSid}-1000`)],
      sAMAccountName: ["DC1$"],
      userAccountControl: ["532480"],
      primaryGroupID: ["516"],
      tokenGroups: [sidBytes(`${domainSid}-516`)],
      unicodePwd: ["never asked for"],
    }),
    entry(`CN=Pilots,${base}`, "group", {
      objectSid: [sidBytes(`${domainSid}-2000`)],
      groupType: ["-2147483646"],
      member: [`CN=Inner,${base}`],
    }),
    entry(`CN=Inner,${base}`, "group", {
      objectSid: [sidBytes(`${domainSid}-2001`)],
      groupType: ["-2147483646"],
      member: [`CN=DC1,OU=Domain Controllers,${base}`],
      memberOf: [`CN=Pilots,${base}`],
    }),
    entry(`CN=Unrelated,${base}`, "group", {
      objectSid: [sidBytes(`${domainSid}-2002`)],
      groupType: ["-2147483646"],
    }),
    ...Array.from({ length: units }, (_, i) =>
      entry(`OU=Unit ${i},${base}`, "organizationalUnit", { gPLink: [link(guid(i % Math.max(gpos, 1)))] }),
    ),
    ...Array.from({ length: gpos }, (_, i) =>
      entry(`CN={${guid(i)}},CN=Policies,CN=System,${base}`, "groupPolicyContainer", gpo(i)),
    ),
    ...Array.from({ length: computers }, (_, i) =>
      entry(`CN=PC${i},OU=Unit ${i % Math.max(units, 1)},${base}`, "computer", {
        sAMAccountName: [`PC${i}$`],
        userAccountControl: ["4096"],
        primaryGroupID: ["515"],
      }),
    ),
  ];
}

function gpo(index: number): FakeEntry["attributes"] {
  return {
    displayName: [`GPO ${index}`],
    versionNumber: ["65537"],
    flags: ["0"],
    gPCFunctionalityVersion: ["2"],
    gPCFileSysPath: [`\\\\corp.example\\SysVol\\corp.example\\Policies\\{${guid(index)}}`],
    nTSecurityDescriptor: [descriptor(`${domainSid}-2000`)],
  };
}

function entry(dn: string, kind: string, attributes: FakeEntry["attributes"]): FakeEntry {
  return { dn, attributes: { objectClass: ["top", kind], ...attributes } };
}

function link(id: string): string {
  return `[LDAP://CN={${id}},CN=Policies,CN=System,${base};0]`;
}

function guid(index: number): string {
  return `A0000000-0000-4000-8000-${index.toString(16).toUpperCase().padStart(12, "0")}`;
}

export function sidBytes(sid: string): Buffer {
  const [authority = 0, ...parts] = sid.split("-").slice(2).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes[7] = authority;
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index));
  return bytes;
}

/** A descriptor with one entry, which allows everything to one trustee. */
function descriptor(sid: string): Buffer {
  const trustee = sidBytes(sid);
  const ace = Buffer.concat([Buffer.from([0, 0, 8 + trustee.length, 0, 0xff, 0x01, 0x0f, 0]), trustee]);
  const acl = Buffer.from([2, 0, 8 + ace.length, 0, 1, 0, 0, 0]);
  const head = Buffer.alloc(20);
  head[0] = 1;
  head.writeUInt16LE(0x8004, 2);
  head.writeUInt32LE(20, 4);
  head.writeUInt32LE(20 + trustee.length, 16);
  return Buffer.concat([head, trustee, acl, ace]);
}
