import type { SettingValue } from "../model/setting.ts";
import { wellKnownSid } from "../model/well-known-sids.ts";

/**
 * Whether two user rights are held by the same accounts, whatever their order and whether files name them or give their
 * SIDs. Null: what is left are names of which only the domain or the computer could say whose they are.
 */
export function sameAccounts(a: SettingValue, b: SettingValue): boolean | null {
  if (typeof a !== "object" || typeof b !== "object") return false;
  const [one, other] = [new Set(a.map(identify)), new Set(b.map(identify))];
  const [left, right] = [beyond(one, other), beyond(other, one)];
  if (left.length === 0 && right.length === 0) return true;
  // Nobody is nobody, and one name is one account: it cannot stand for two.
  if (one.size === 0 || other.size === 0 || !mayBe(left, right) || !mayBe(right, left)) return false;
  return null;
}

/** The SID of an account, upper case; the name, lower case, where the file has one that is not well known. */
function identify(account: string): string {
  return isSid(account) ? account.toUpperCase() : (wellKnownSid(account) ?? account.trim().toLowerCase());
}

function beyond(accounts: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...accounts].filter((account) => !others.has(account));
}

/** Whether each SID may be one of the names of the other side. */
function mayBe(accounts: readonly string[], others: readonly string[]): boolean {
  const names = others.filter((other) => !isSid(other));
  return accounts.filter(isSid).length <= names.length;
}

function isSid(account: string): boolean {
  return /^S-1-/i.test(account);
}
