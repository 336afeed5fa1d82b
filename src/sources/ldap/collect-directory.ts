import { parseSid } from "../../formats/security-descriptor/sid.ts";
import type { SnapshotHeader } from "../../formats/snapshot/snapshot-header.ts";
import { writeSnapshot } from "../../formats/snapshot/write-snapshot.ts";
import { dnKey, domainOfDn } from "../../model/dn.ts";
import { boundAccount } from "./bound-account.ts";
import { collectAccounts } from "./collect-accounts.ts";
import { collectGroups, trusteesOf } from "./collect-groups.ts";
import { collectPolicy, noteOtherDomains } from "./collect-policy.ts";
import { collectReadiness } from "./collect-readiness.ts";
import { CollectedObjects } from "./collected-objects.ts";
import type { Progress } from "./directory-reader.ts";
import { bytesOf, DirectoryReader } from "./directory-reader.ts";
import { readRootDse } from "./root-dse.ts";
import type { SessionOptions } from "./session.ts";
import { LdapSession } from "./session.ts";

export interface CollectRequest {
  readonly session: SessionOptions;
  /** ISO 8601 UTC; null to leave it out. */
  readonly time: string | null;
  readonly version: string;
  readonly progress: Progress;
  /** Accounts to look up, as people write them. */
  readonly names: readonly string[];
}

/** A directory as a snapshot file. */
export interface CollectedSnapshot {
  /** `<domain>.gpodir.json` */
  readonly fileName: string;
  readonly text: string;
  readonly header: SnapshotHeader;
  readonly objectCount: number;
}

/** Reads what is needed of the domain of one server. Throws LdapError where that cannot be done. */
export async function collectDirectory(request: CollectRequest): Promise<CollectedSnapshot> {
  const session = new LdapSession(request.session);
  try {
    await session.open();
    return await readAll(request, new DirectoryReader(session, new CollectedObjects(), request.progress));
  } finally {
    session.close();
  }
}

async function readAll(request: CollectRequest, reader: DirectoryReader): Promise<CollectedSnapshot> {
  const { collected } = reader;
  const root = await readRootDse(reader);
  const gpcs = await collectPolicy(reader, root);
  const isOnlyDomain = await noteOtherDomains(reader, root);
  const accounts = await collectReadiness(reader, root);
  const lookedUp = await collectAccounts(reader, root.domain, request.names, accounts);
  const trustees = new Set([
    ...trusteesOf(gpcs, "ntsecuritydescriptor"),
    ...trusteesOf(accounts, "msds-groupmsamembership"),
  ]);
  await collectGroups(reader, root.domain, trustees);

  const objects = [...collected.objects];
  const head = objects.find(({ dn }) => dnKey(dn) === dnKey(root.domain));
  const [sidBytes] = bytesOf(head, "objectsid");
  const sid = sidBytes === undefined ? null : parseSid({ bytes: sidBytes, text: null });
  const { transport, user } = request.session;
  const account = await boundAccount(reader, root, sid, user);
  const header: SnapshotHeader = {
    collected: {
      time: request.time,
      server: root.dnsHostName ?? transport.host,
      transport: transport.kind,
      certificate: transport.kind !== "plaintext" && transport.verify ? "verified" : "not-verified",
      account,
      tool: request.version,
    },
    domains: [{ dn: root.domain, name: domainOfDn(root.domain), sid }],
    notCollected: collected.notCollected,
    problems: collected.problems,
    // A service principal name has to be unique in the forest: elsewhere nobody was asked.
    lookedUp: isOnlyDomain ? lookedUp : { ...lookedUp, principalNames: [] },
  };
  return {
    fileName: `${domainOfDn(root.domain)}.gpodir.json`,
    text: writeSnapshot(header, objects),
    header,
    objectCount: objects.length,
  };
}
