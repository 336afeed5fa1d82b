import type { SnapshotObject } from "../../formats/snapshot/write-snapshot.ts";
import { showDeletedControl } from "./controls.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { descriptorParts } from "./directory-reader.ts";
import { childDn } from "./escape.ts";
import { attributes, filters, saclName, sdFlags } from "./read-plan.ts";
import type { RootDse } from "./root-dse.ts";

/** What readiness for the sensor is judged by, beside policy. Gives back the managed service accounts. */
export async function collectReadiness(
  reader: DirectoryReader,
  root: RootDse,
): Promise<readonly SnapshotObject[]> {
  const { collected } = reader;
  const schema = await reader.tryObject("schema version", root.schema, attributes.schema);
  if (schema !== null) collected.add(schema);
  const services = childDn("Services", root.configuration);
  const programs = childDn("Microsoft", childDn("Program Data", root.domain));
  await collectRootKeys(reader, services);
  const accounts = await reader.need("managed service accounts", {
    base: root.domain,
    scope: "sub",
    filter: filters.serviceAccounts,
    attributes: attributes.serviceAccount,
  });
  await collectContainer(reader, services);
  await collectContainer(reader, programs);
  await collectContainer(
    reader,
    childDn("Master Root Keys", childDn("Group Key Distribution Service", services)),
  );
  await collectSacl(reader, root.domain);
  await collectSacl(reader, root.configuration);
  await collectSacl(reader, childDn("Microsoft Exchange", services));
  await collectSacl(reader, childDn("ADFS", programs));
  await collectDeletedObjects(reader, root.domain);
  return accounts;
}

/** Only that there are keys, and from when on they count: the keys themselves are a secret and not asked for. */
async function collectRootKeys(reader: DirectoryReader, services: string): Promise<void> {
  const { found, failure } = await reader.look("KDS root keys", {
    base: services,
    scope: "sub",
    filter: filters.rootKeys,
    attributes: attributes.rootKey,
  });
  for (const object of found) reader.collected.add(object);
  if (failure !== null) reader.collected.leaveOut("KDS root keys", failure.message);
  else if (found.length === 0)
    reader.collected.leaveOut("KDS root keys", "there are none that the account may see");
}

/** That a container can be seen, so that what is not in it can be told from what nobody looked for. */
async function collectContainer(reader: DirectoryReader, dn: string): Promise<void> {
  const spec = { base: dn, scope: "base", filter: filters.any, attributes: ["objectClass"] } as const;
  const { found } = await reader.look(dn, spec);
  for (const object of found) reader.collected.add(object);
}

/** The audit entries of one object, under a name of their own: without the privilege the server sends nothing. */
async function collectSacl(reader: DirectoryReader, dn: string): Promise<void> {
  const what = `audit entries of ${dn}`;
  const object = await reader.tryObject(what, dn, attributes.descriptor, descriptorParts(sdFlags.sacl));
  if (object === null) return;
  const { ntsecuritydescriptor: sacl, ...rest } = Object.fromEntries(object.attributes);
  const named = sacl === undefined ? rest : { ...rest, [saclName]: sacl };
  reader.collected.add({ ...object, attributes: new Map(Object.entries(named)) });
  if (sacl === undefined) {
    reader.collected.leaveOut(
      what,
      "the account may not read them: it needs the right to manage auditing and the security log",
    );
  }
}

/** Who may read deleted objects stands in the descriptor of a container that is itself hidden as deleted. */
async function collectDeletedObjects(reader: DirectoryReader, domain: string): Promise<void> {
  const what = "descriptor of the deleted objects";
  const controls = [showDeletedControl(), ...descriptorParts(sdFlags.readable)];
  const dn = childDn("Deleted Objects", domain);
  const object = await reader.tryObject(what, dn, attributes.descriptor, controls);
  if (object === null) return;
  reader.collected.add(object);
  if (!object.attributes.has("ntsecuritydescriptor"))
    reader.collected.leaveOut(what, "the account may not read it");
}
