import { domainOfDn } from "../../model/dn.ts";
import type { Computer, Directory } from "../../model/gpo.ts";
import type { DirectoryObject } from "./directory-object.ts";

/**
 * SIDs of the domains: from their heads, or where those were not exported, from the accounts of their computers, which
 * all begin with it (MS-DTYP 2.4.2.4).
 */
export function domainSids(
  domains: Directory["domains"],
  computers: readonly Computer[],
): ReadonlyMap<string, string | null> {
  const sids = new Map<string, string | null>();
  for (const { domain, sid } of computers) {
    if (sid?.startsWith("S-1-5-21-") !== true) continue;
    const prefix = sid.slice(0, sid.lastIndexOf("-"));
    const known = sids.get(domain);
    // Accounts that contradict each other tell nothing.
    sids.set(domain, known === undefined || known === prefix ? prefix : null);
  }
  for (const [domain, { sid }] of domains) if (sid !== null) sids.set(domain, sid);
  return sids;
}

/** DNS name of the root domain of the forest: the one whose DN ends that of the configuration partition. */
export function forestRoot(
  objects: Iterable<DirectoryObject>,
  computers: readonly Computer[],
): string | null {
  for (const { serverReferenceBl } of computers) {
    if (serverReferenceBl !== null) return domainOfDn(serverReferenceBl);
  }
  for (const { dn } of objects) {
    if (/(^|,)CN=Configuration,DC=/i.test(dn)) return domainOfDn(dn);
  }
  return null;
}
