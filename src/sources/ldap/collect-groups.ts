import { parseSecurityDescriptor } from "../../formats/security-descriptor/parse-binary.ts";
import type { SnapshotObject } from "../../formats/snapshot/write-snapshot.ts";
import { dnKey } from "../../model/dn.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { bytesOf, textOf } from "./directory-reader.ts";
import { escapeFilterValue } from "./escape.ts";
import { attributes } from "./read-plan.ts";

/** SIDs of domain and built-in accounts that the access lists of these objects name. */
export function trusteesOf(objects: Iterable<SnapshotObject>, attribute: string): ReadonlySet<string> {
  const sids = new Set<string>();
  for (const object of objects) {
    for (const bytes of bytesOf(object, attribute)) {
      const fact = parseSecurityDescriptor(bytes);
      for (const { sid } of (fact.state === "read" ? fact.descriptor.dacl : null) ?? []) {
        if (sid !== null && /^S-1-5-(21|32)-/.test(sid)) sids.add(sid);
      }
    }
  }
  return sids;
}

/** As many conditions as a server is asked to weigh at once. */
const batchSize = 50;

/** Reads the accounts with these SIDs, and every group and foreign principal inside those that are groups. */
export async function collectGroups(
  reader: DirectoryReader,
  domain: string,
  sids: ReadonlySet<string>,
): Promise<void> {
  const sorted = [...sids].sort();
  const open: string[] = [];
  for (let start = 0; start < sorted.length; start += batchSize) {
    const terms = sorted
      .slice(start, start + batchSize)
      .map((sid) => `(objectSid=${escapeFilterValue(sid)})`);
    open.push(...(await readAccounts(reader, domain, `(|${terms.join("")})`)));
  }
  const seen = new Set(open.map(dnKey));
  for (let dn = open.pop(); dn !== undefined; dn = open.pop()) {
    const inside = `(&(|(objectClass=group)(objectClass=foreignSecurityPrincipal))(memberOf=${escapeFilterValue(dn)}))`;
    for (const group of await readAccounts(reader, domain, inside)) {
      if (!seen.has(dnKey(group))) open.push(group);
      seen.add(dnKey(group));
    }
  }
}

/** Gives back the DNs of those that are groups. */
async function readAccounts(
  reader: DirectoryReader,
  domain: string,
  filter: string,
): Promise<readonly string[]> {
  const found = await reader.need("groups", {
    base: domain,
    scope: "sub",
    filter,
    attributes: attributes.account,
  });
  return found.filter((object) => object.attributes.has("member") || isGroup(object)).map(({ dn }) => dn);
}

function isGroup(object: SnapshotObject): boolean {
  const classes = object.attributes.get("objectclass") ?? [];
  return (
    classes.some((value) => typeof value === "string" && value.toLowerCase() === "group") ||
    textOf(object, "grouptype") !== null
  );
}
