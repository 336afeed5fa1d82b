import { dnKey, parentDn, parseDn } from "../../model/dn.ts";
import type { Computer, Directory } from "../../model/gpo.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findTexts } from "./directory-object.ts";

/**
 * Which server object stands for which computer: `serverReference` of the server, or, where the servers were not
 * exported, its back link at the computer, whose DN names the site just as well (MS-ADTS 6.1.1.2.2.1.2.1).
 */
export function buildServers(
  servers: Iterable<DirectoryObject>,
  computers: readonly Computer[],
): Directory["servers"] {
  const byComputer = new Map<string, Map<string, { readonly serverDn: string; readonly siteDn: string }>>();
  const add = (computerDn: string, serverDn: string): void => {
    const siteDn = siteOfServer(serverDn);
    if (siteDn === null) return;
    const key = dnKey(computerDn);
    const known = byComputer.get(key) ?? new Map<string, { serverDn: string; siteDn: string }>();
    if (!known.has(dnKey(serverDn))) known.set(dnKey(serverDn), { serverDn, siteDn });
    byComputer.set(key, known);
  };
  for (const server of servers) {
    for (const computerDn of findTexts(server, "serverreference").texts) add(computerDn, server.dn);
  }
  for (const { dn, serverReferenceBl } of computers)
    if (serverReferenceBl !== null) add(dn, serverReferenceBl);
  return new Map([...byComputer].map(([key, known]) => [key, [...known.values()]]));
}

/** CN=server,CN=Servers,CN=site,CN=Sites,... */
function siteOfServer(serverDn: string): string | null {
  const names = (parseDn(serverDn) ?? []).map((rdn) => rdn.pairs[0]?.value.toLowerCase());
  return names[1] === "servers" && names[3] === "sites" ? parentDn(parentDn(serverDn)) : null;
}
