import { dnKey, domainOfDn, parseDn, rdnValue } from "../model/dn.ts";

/** A computer as people and files call it: short name, DNS name, `DOMAIN\NAME$` or DN. In lower case. */
export interface HostName {
  readonly name: string;
  /** DNS name of the domain; null for a short name. */
  readonly domain: string | null;
  /** Key of the DN; null where it is none. */
  readonly dn: string | null;
}

export function parseHostName(text: string): HostName {
  const plain = text.trim();
  if (plain.includes("=") && parseDn(plain) !== null) {
    return { name: rdnValue(plain).toLowerCase(), domain: domainOfDn(plain) || null, dn: dnKey(plain) };
  }
  // What stands before a backslash is the NetBIOS name of a domain, which no input translates.
  const [name = "", ...labels] = plain.toLowerCase().replace(/^.*\\/, "").replace(/[$.]$/, "").split(".");
  return { name, domain: labels.length === 0 ? null : labels.join("."), dn: null };
}

/** Whether two names may be of one computer. Where one is short, the first labels decide. */
export function isSameHost(a: string, b: string): boolean {
  const [left, right] = [parseHostName(a), parseHostName(b)];
  if (left.domain !== null && right.domain !== null && left.domain !== right.domain) return false;
  return isSameName(left.name, right.name);
}

/** Windows cuts a NetBIOS name after 15 characters, and auditpol writes that one. */
export function isSameName(a: string, b: string): boolean {
  return a === b || a.slice(0, 15) === b || b.slice(0, 15) === a;
}
