import { quotesBalance, splitQuoted } from "../ini/split-row.ts";
import { parseSidText } from "../security-descriptor/sid.ts";

/** Who holds a right. */
export interface Accounts {
  readonly value: readonly string[];
  readonly alternatives: readonly (readonly string[])[];
}

/**
 * Reads `*S-1-5-32-544,CORP\\Backup`: SIDs behind a star, and names. Nothing is nobody (MS-GPSB 2.2.6). Null: an entry that
 * is neither. A SID without its star may be taken for the name of an account that does not exist.
 */
export function readAccounts(text: string): Accounts | null {
  if (!quotesBalance(text)) return null;
  const sure: string[] = [];
  const unsure: string[] = [];
  for (const entry of splitQuoted(text).map((item) => item.trim())) {
    if (entry === "") continue;
    const isMarked = entry.startsWith("*");
    const sid = parseSidText(isMarked ? entry.slice(1) : entry);
    if (sid === null && isMarked) return null;
    if (sid !== null && !isMarked) unsure.push(sid);
    else sure.push(sid ?? entry);
  }
  const value = accountSet([...sure, ...unsure]);
  const without = accountSet(sure);
  return { value, alternatives: without.length === value.length ? [] : [without] };
}

/** In an order of its own: two lists of the same accounts are the same value. */
export function accountSet(accounts: readonly string[]): readonly string[] {
  return [...new Set(accounts)].sort();
}
