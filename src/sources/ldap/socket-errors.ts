import { LdapError, oneLine } from "./ldap-error.ts";

const untrusted =
  "its certificate is not trusted: give the certificate of the authority that signed it with --ca FILE (PEM)";

/** What is wrong and what to do, by the error code of Node. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "it refuses the connection: check host and port (LDAPS 636, LDAP 389)",
  ENOTFOUND: "its name cannot be resolved: check the spelling, or give its address",
  EAI_AGAIN: "its name cannot be resolved just now: check the name server",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it",
  ETIMEDOUT: "it does not answer: check host, port and firewall",
  ECONNRESET: "it closed the connection while it was made: check that this port speaks the wanted protocol",
  EPIPE: "it closed the connection while it was made: check that this port speaks the wanted protocol",
  EPROTO:
    "it does not speak TLS here: for LDAPS the port is 636, and ldap:// upgrades a plain port by itself",
  ERR_SSL_WRONG_VERSION_NUMBER:
    "it does not speak TLS here: for LDAPS the port is 636, and ldap:// upgrades a plain port by itself",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "it offers no TLS of version 1.2 or newer",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "it offers no TLS of version 1.2 or newer",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  INVALID_CA: untrusted,
  CERT_HAS_EXPIRED: "its certificate has expired: renew it on the server",
  CERT_NOT_YET_VALID: "its certificate is not valid yet: check the clocks",
  CERT_REVOKED: "its certificate was revoked",
};

/** What may be over in a moment, when a server that went away comes back. */
const passing = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ETIMEDOUT",
]);

/** The one line for a connection that could not be made. */
export function connectError(server: string, error: unknown): LdapError {
  if (error instanceof LdapError) return error;
  const code = errorCode(error);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = /altnames: (.*)$/s.exec(errorText(error))?.[1] ?? "other names";
    return new LdapError(
      "fatal",
      `cannot connect to ${server}: its certificate is for ${oneLine(names)}: use one of these names in the URL`,
    );
  }
  const reason = reasons[code] ?? (oneLine(errorText(error)) || code);
  return new LdapError(passing.has(code) ? "lost" : "fatal", `cannot connect to ${server}: ${reason}`);
}

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
