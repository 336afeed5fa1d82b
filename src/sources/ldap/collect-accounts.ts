import { bareName, parseTypedName } from "../../formats/readiness/account-name.ts";
import type { LookedUp } from "../../formats/snapshot/snapshot-header.ts";
import type { SnapshotObject } from "../../formats/snapshot/write-snapshot.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { textOf } from "./directory-reader.ts";
import { escapeFilterValue } from "./escape.ts";
import { attributes } from "./read-plan.ts";

/** Values in one filter: small enough for any server, large enough that a long list takes few searches. */
const chunkSize = 50;

/**
 * Accounts that people named, and whoever else holds a service principal name of the managed ones. What was asked for
 * stands in the snapshot: only then is an account that is not there known to be missing.
 */
export async function collectAccounts(
  reader: DirectoryReader,
  domain: string,
  names: readonly string[],
  managed: readonly SnapshotObject[],
): Promise<LookedUp> {
  await collectNamedAccounts(reader, domain, names);
  const principalNames = await collectNameHolders(reader, domain, managed);
  // Of managed accounts everything that is judged was asked for, whether somebody named them or not.
  const known = managed.flatMap((account) => textOf(account, "samaccountname") ?? []);
  const plain = [...names.flatMap(accountNames), ...known].map(bareName);
  return { names: [...new Set(plain)].sort(), principalNames };
}

/** Accounts that people named, however they wrote them. */
async function collectNamedAccounts(
  reader: DirectoryReader,
  domain: string,
  names: readonly string[],
): Promise<void> {
  const wanted = [...new Set(names.flatMap(accountNames))].sort();
  await searchByValue(reader, "named accounts", domain, "sAMAccountName", wanted, attributes.namedAccount);
  const dns = [...new Set(names.filter((name) => parseTypedName(name).kind === "dn"))].sort();
  await searchByValue(reader, "named accounts", domain, "distinguishedName", dns, attributes.namedAccount);
}

/** Whoever else holds a service principal name of these accounts (MS-ADTS 3.1.1.5.1.3 wants them unique). */
async function collectNameHolders(
  reader: DirectoryReader,
  domain: string,
  accounts: readonly SnapshotObject[],
): Promise<readonly string[]> {
  const texts = accounts.flatMap((account) => account.attributes.get("serviceprincipalname") ?? []);
  const names = [...new Set(texts.filter((value) => typeof value === "string"))].sort();
  const what = "holders of service principal names";
  await searchByValue(reader, what, domain, "servicePrincipalName", names, attributes.nameHolder);
  return names;
}

/** A DN has no account name; else the name alone, as typed and with the `$` that may be left out. */
function accountNames(typed: string): readonly string[] {
  const parsed = parseTypedName(typed);
  if (parsed.kind === "dn" || parsed.name === "") return [];
  const { name } = parsed;
  return name.endsWith("$") ? [name] : [name, `${name}$`];
}

async function searchByValue(
  reader: DirectoryReader,
  what: string,
  base: string,
  attribute: string,
  values: readonly string[],
  wanted: readonly string[],
): Promise<void> {
  for (let start = 0; start < values.length; start += chunkSize) {
    const parts = values.slice(start, start + chunkSize);
    const terms = parts.map((value) => `(${attribute}=${escapeFilterValue(value)})`).join("");
    await reader.need(what, { base, scope: "sub", filter: `(|${terms})`, attributes: wanted });
  }
}
