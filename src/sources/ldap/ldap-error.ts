/**
 * `lost`: the connection ended, another may work. `result`: the server refused one operation, the connection goes on.
 * `fatal`: nothing more can be read.
 */
export type LdapFailure = "lost" | "result" | "fatal";

/** Why something could not be read from a directory: one line for people that holds no password. */
export class LdapError extends Error {
  override readonly name = "LdapError";
  readonly failure: LdapFailure;
  /** Result code of the server (RFC 4511 4.1.9), where it gave one. */
  readonly code: number | null;

  constructor(failure: LdapFailure, message: string, code: number | null = null) {
    super(message);
    this.failure = failure;
    this.code = code;
  }
}

/** What a server or a library wrote, fit for one line. */
export function oneLine(text: string): string {
  const clean = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replace(/ +/g, " ")
    .trim();
  return clean.length > 200 ? `${clean.slice(0, 197)}...` : clean;
}
