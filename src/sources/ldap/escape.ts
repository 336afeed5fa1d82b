/**
 * A value for an LDAP filter (RFC 4515 3). Only what the syntax needs is escaped: ldapts takes an escaped byte for a
 * character, so that `\c3\bc` would not become `ü`.
 */
export function escapeFilterValue(text: string): string {
  return text.replace(/[\\*()\0]/g, (char) => `\\${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The DN of a child: its name in one RDN (RFC 4514 2.4), then the DN of its parent. */
export function childDn(name: string, parent: string): string {
  const rdn = name.replace(/[\\,+"<>;=\u0000-\u001f\u007f]|^[\s#]|\s$/g, hexPairs);
  return `CN=${rdn},${parent}`;
}

function hexPairs(char: string): string {
  return [...new TextEncoder().encode(char)]
    .map((byte) => `\\${byte.toString(16).padStart(2, "0")}`)
    .join("");
}
