import { LdapError } from "./ldap-error.ts";

/** Result codes (RFC 4511 4.1.9, A.2) in words. */
const words: Readonly<Record<number, string>> = {
  3: "the server's time limit was reached",
  4: "the server's size limit was reached",
  8: "the server demands a signed or encrypted connection: use ldaps://, or ldap:// without --allow-plaintext",
  10: "another server holds it, and none but the given one is asked",
  11: "a limit of the server was reached",
  12: "the server does not know a control that is needed",
  13: "the server demands an encrypted connection: use ldaps://, or ldap:// without --allow-plaintext",
  32: "there is no such object, or the account may not see it",
  34: "the server cannot read the name",
  50: "the account may not read it",
  51: "the server is busy",
  52: "the server is not available",
};

/** Text of AD behind "data" in a refused bind, the Windows error in hexadecimal (MS-ERREF 2.2). */
const bindReasons: Readonly<Record<string, string>> = {
  "525": "there is no such account",
  "52e": "wrong user or password",
  "52f": "account restrictions forbid it",
  "530": "the account may not log on at this time",
  "531": "the account may not log on from this computer",
  "532": "the password has expired",
  "533": "the account is disabled",
  "701": "the account has expired",
  "773": "the password must be changed first",
  "775": "the account is locked",
};

export const resultCodes = { success: 0, invalidCredentials: 49 } as const;

/** Why the server refused an operation, or ended it early. Its own words count only where the code says little. */
export function resultError(code: number, text: string): LdapError {
  const known = words[code];
  if (known !== undefined) return new LdapError("result", known, code);
  const detail = text === "" ? "" : `, ${text}`;
  return new LdapError("result", `the server refuses the operation (result ${code}${detail})`, code);
}

/** The one line for a login that the server refused. */
export function bindError(server: string, user: string, code: number, text: string): LdapError {
  const data = /\bdata ([0-9a-f]+)\b/i.exec(text)?.[1]?.toLowerCase() ?? "";
  const reason =
    code === resultCodes.invalidCredentials
      ? (bindReasons[data] ?? "wrong user or password")
      : `${words[code] ?? "the server refuses it"} (result ${code})`;
  return new LdapError("fatal", `cannot log on to ${server} as ${user}: ${reason}`, code);
}
