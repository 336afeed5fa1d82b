import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LdifObject } from "./ldif-records.ts";
import { attributeOf, readObjects } from "./ldif-records.ts";
import { example } from "./settings.ts";

/** Attributes that a domain controller works out for itself, or gives once and for all. */
const ownedByServer = new Set([
  "distinguishedName",
  "name",
  "objectGUID",
  "whenCreated",
  "memberOf",
  "serverReferenceBL",
  "primaryGroupID",
  "wellKnownObjects",
  "msDS-Behavior-Version",
]);

/** What the example says about objects that every new domain has; all else about them is as it is. */
const changedInPlace = new Set([
  "gPLink",
  "versionNumber",
  "gPCMachineExtensionNames",
  "nTSecurityDescriptor",
  "operatingSystem",
  "operatingSystemVersion",
]);

export interface ExampleObjects {
  readonly added: readonly LdifObject[];
  readonly changed: readonly LdifObject[];
}

/** The directory of the example domain, as a domain controller that has the objects `existing` can take it over. */
export function exampleObjects(existing: ReadonlySet<string>): ExampleObjects {
  const objects = readObjects(readFileSync(join(example, "directory.ldif"), "utf8"));
  const keep = (object: LdifObject, accept: (attribute: string) => boolean): LdifObject => ({
    dn: object.dn,
    lines: object.lines.filter((line) => accept(attributeOf(line))).map(withTextSid),
  });
  const isThere = ({ dn }: LdifObject): boolean => existing.has(dn.toLowerCase());
  return {
    added: objects
      .filter((object) => !isThere(object))
      .map((object) => keep(object, (name) => !ownedByServer.has(name)))
      .flatMap(withServersContainer),
    changed: objects
      .filter(isThere)
      .map((object) => keep(object, (name) => changedInPlace.has(name)))
      .filter(({ lines }) => lines.length > 0),
  };
}

/** The example passes over the container between a site and its servers, because nothing depends on it. */
function withServersContainer(object: LdifObject): readonly LdifObject[] {
  if (!object.lines.includes("objectClass: site")) return [object];
  return [object, { dn: `CN=Servers,${object.dn}`, lines: ["objectClass: serversContainer"] }];
}

/** Samba's tools take a SID as text, and refuse the base64 that `ldapsearch` prints. */
function withTextSid(line: string): string {
  const [, encoded] = /^objectSid:: (.*)$/.exec(line) ?? [];
  if (encoded === undefined) return line;
  const bytes = Buffer.from(encoded, "base64");
  const parts = Array.from({ length: bytes.readUInt8(1) }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return `objectSid: S-1-${bytes.readUIntBE(2, 6)}-${parts.join("-")}`;
}
