import { parseDn } from "../model/dn.ts";
import type { ProposedLink } from "../model/proposal.ts";
import { UsageError } from "./io.ts";

/** Where to judge GPOs that have no link, as typed. */
export interface LinkArgs {
  readonly asIfLinked: string | null;
  readonly linkOrder: number | null;
  readonly enforced: boolean;
}

/** Null where nothing is to be linked. */
export function readLink({ asIfLinked, linkOrder, enforced }: LinkArgs): ProposedLink | null {
  if (asIfLinked === null) {
    const stray = linkOrder !== null ? "--link-order" : enforced ? "--enforced" : null;
    if (stray === null) return null;
    throw new UsageError(`${stray} is for a GPO that is judged as if linked: add --as-if-linked DN`);
  }
  const som = asIfLinked.trim();
  if (som !== "dc-ou" && !isDn(som)) {
    throw new UsageError(
      `cannot link to '${asIfLinked}': expected dc-ou or the DN of a site, domain or OU, such as OU=Servers,DC=corp,DC=example`,
    );
  }
  if (linkOrder !== null && !(Number.isSafeInteger(linkOrder) && linkOrder >= 1)) {
    throw new UsageError("--link-order must be a whole number from 1, which is the strongest");
  }
  return { som, linkOrder: linkOrder ?? 1, enforced };
}

/** No SOM is anything else than a site, a domain or an OU. */
function isDn(text: string): boolean {
  const type = parseDn(text)?.[0]?.pairs[0]?.type ?? "";
  return ["cn", "dc", "ou"].includes(type);
}
