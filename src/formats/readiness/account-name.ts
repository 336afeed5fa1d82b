/** A sAMAccountName with or without the domain. */
export interface TypedAccount {
  readonly kind: "account";
  /** As typed, `$` included. */
  readonly name: string;
  /** DNS name, lower case; null where none was typed. */
  readonly dnsDomain: string | null;
  /** As in `DOMAIN\NAME`, lower case; null where none was typed. */
  readonly netbiosDomain: string | null;
}

/** Understands a DN, NAME@dns.domain, DOMAIN\NAME or NAME. */
export function parseTypedName(typed: string): TypedAccount | { readonly kind: "dn" } {
  if (typed.includes("=")) return { kind: "dn" };
  const slash = typed.lastIndexOf("\\");
  const [name = "", dnsDomain] = typed.slice(slash + 1).split("@");
  return {
    kind: "account",
    name,
    dnsDomain: dnsDomain?.toLowerCase() ?? null,
    netbiosDomain: slash < 0 ? null : typed.slice(0, slash).toLowerCase(),
  };
}

/** Without the `$` that may be left out, in lower case: what names are compared by. */
export function bareName(name: string): string {
  return name.replace(/\$$/, "").toLowerCase();
}
