import { UsageError } from "./io.ts";

export interface LdapUrl {
  readonly scheme: "ldap" | "ldaps";
  readonly host: string;
  readonly port: number;
}

const defaultPorts = { ldap: 389, ldaps: 636 } as const;

/** Reads `ldaps://HOST[:PORT]`. A URL that may hold a password is not repeated in the message. */
export function parseLdapUrl(text: string): LdapUrl {
  if (text.includes("@")) throw new UsageError("no user and no password in the LDAP URL: give --user NAME");
  const match = /^(ldaps?):\/\/(\[[0-9a-f:.]+\]|[^/:?#\s[\]]+)(?::(\d{1,5}))?\/?$/i.exec(text);
  const scheme = match?.[1]?.toLowerCase() === "ldaps" ? "ldaps" : "ldap";
  const host = (match?.[2] ?? "").replace(/^\[|\]$/g, "");
  const port = match?.[3] === undefined ? defaultPorts[scheme] : Number(match[3]);
  if (match === null || port < 1 || port > 65_535) {
    throw new UsageError(
      `cannot use the LDAP URL '${text}': expected ldaps://HOST or ldap://HOST, with :PORT if need be`,
    );
  }
  return { scheme, host, port };
}
