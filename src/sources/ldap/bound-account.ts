import { parseSid } from "../../formats/security-descriptor/sid.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { bytesOf } from "./directory-reader.ts";
import { escapeFilterValue } from "./escape.ts";
import { filters } from "./read-plan.ts";
import type { RootDse } from "./root-dse.ts";

const administrators = "S-1-5-32-544";
const domainAdminsRid = 512;
const enterpriseAdminsRid = 519;

/**
 * Whether the account that is logged on is known to be an administrator. What another one does not see may be hidden
 * from it, so an account that nothing is known about counts as limited.
 */
export async function boundAccount(
  reader: DirectoryReader,
  root: RootDse,
  domainSid: string | null,
  user: string,
): Promise<"administrator" | "limited"> {
  const groups = new Set(root.tokenGroups ?? (await ownTokenGroups(reader, root, user)));
  if (groups.has(administrators)) return "administrator";
  if (domainSid === null) return "limited";
  // The Enterprise Admins are a group of the root domain; elsewhere their SID has another prefix.
  const isRoot = root.domain.toLowerCase() === root.forestRoot.toLowerCase();
  const known =
    groups.has(`${domainSid}-${domainAdminsRid}`) ||
    (isRoot && groups.has(`${domainSid}-${enterpriseAdminsRid}`));
  return known ? "administrator" : "limited";
}

/** For a server whose rootDSE does not say: from the object of the account. */
async function ownTokenGroups(
  reader: DirectoryReader,
  root: RootDse,
  user: string,
): Promise<readonly string[]> {
  const dn = user.includes("=") ? user : await findAccount(reader, root, user);
  if (dn === null) return [];
  const { found } = await reader.look("the account itself", {
    base: dn,
    scope: "base",
    filter: filters.any,
    attributes: ["tokenGroups"],
  });
  return bytesOf(found[0], "tokengroups")
    .map((bytes) => parseSid({ bytes, text: null }))
    .filter((sid) => sid !== null);
}

/** By user principal name, or by the account name behind DOMAIN\. Two that fit are none. */
async function findAccount(reader: DirectoryReader, root: RootDse, user: string): Promise<string | null> {
  const account = user.slice(user.indexOf("\\") + 1);
  const name = user.includes("@") ? "userPrincipalName" : "sAMAccountName";
  const { found } = await reader.look("the account itself", {
    base: root.domain,
    scope: "sub",
    filter: `(${name}=${escapeFilterValue(account)})`,
    attributes: ["objectClass"],
  });
  return found.length === 1 ? (found[0]?.dn ?? null) : null;
}
