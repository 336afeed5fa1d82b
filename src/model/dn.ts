/** One relative distinguished name: attribute type in lower case, value unescaped. Multi-valued RDNs keep all pairs. */
export interface Rdn {
  readonly pairs: readonly { readonly type: string; readonly value: string }[];
  /** The RDN as written. */
  readonly text: string;
}

/** Splits a DN (RFC 4514) into its RDNs, leaf first; null where it is not one. */
export function parseDn(dn: string): Rdn[] | null {
  const rdns: Rdn[] = [];
  for (const text of splitUnescaped(dn, ",;")) {
    const pairs: { type: string; value: string }[] = [];
    for (const pair of splitUnescaped(text, "+")) {
      const equals = pair.indexOf("=");
      const type = pair.slice(0, equals).trim().toLowerCase();
      if (equals < 1 || !/^[a-z0-9.-]+$/.test(type)) return null;
      pairs.push({ type, value: unescapeValue(pair.slice(equals + 1)) });
    }
    rdns.push({ pairs, text: text.trim() });
  }
  return rdns;
}

const keyCache = new Map<string, string>();

/**
 * Canonical key of a DN: two spellings of one DN (case, escapes, blanks) have the same key.
 * A text that is no DN keys as itself in lower case.
 */
export function dnKey(dn: string): string {
  let key = keyCache.get(dn);
  if (key === undefined) {
    const rdns = parseDn(dn);
    key = rdns === null ? dn.trim().toLowerCase() : rdns.map(rdnKey).join(",");
    if (keyCache.size > 100_000) keyCache.clear();
    keyCache.set(dn, key);
  }
  return key;
}

/** DNS name of the domain that a DN stands in: its DC= components, lower case; empty where it has none. */
export function domainOfDn(dn: string): string {
  const labels: string[] = [];
  for (const rdn of parseDn(dn) ?? []) {
    const first = rdn.pairs[0];
    if (first !== undefined && first.type === "dc") labels.push(first.value);
  }
  return labels.join(".").toLowerCase();
}

/** Value of the first RDN, unescaped. */
export function rdnValue(dn: string): string {
  return parseDn(dn)?.[0]?.pairs[0]?.value ?? dn;
}

/** DN without its first RDN; empty at the top. */
export function parentDn(dn: string): string {
  const rdns = parseDn(dn);
  return rdns === null
    ? ""
    : rdns
        .slice(1)
        .map((rdn) => rdn.text)
        .join(",");
}

function rdnKey(rdn: Rdn): string {
  return rdn.pairs
    .map(({ type, value }) => `${type}=${value.toLowerCase().replace(/[\\,+]/g, "\\$&")}`)
    .sort()
    .join("+");
}

function splitUnescaped(text: string, separators: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "\\") i++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && separators.includes(char)) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** RFC 4514 2.4: `\,` or `\2C`; hex pairs are UTF-8 bytes. */
function unescapeValue(raw: string): string {
  const text = trimUnescaped(raw);
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return unescapeValue(text.slice(1, -1));
  return text.replace(/(?:\\[0-9a-fA-F]{2})+|\\(.)/gs, (match: string, char: string | undefined) =>
    char === undefined
      ? new TextDecoder().decode(
          Uint8Array.from(match.split("\\").slice(1), (hex) => Number.parseInt(hex, 16)),
        )
      : char,
  );
}

function trimUnescaped(text: string): string {
  const start = text.trimStart();
  const end = start.trimEnd();
  return end.endsWith("\\") && end.length < start.length ? `${end} ` : end;
}

/** `DC=corp,DC=example` of `corp.example`. */
export function domainDn(domain: string): string {
  return domain
    .split(".")
    .map((label) => `DC=${label}`)
    .join(",");
}
