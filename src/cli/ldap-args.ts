import type { Argv } from "yargs";
import type { CollectedSnapshot } from "../app/collect.ts";
import { fsVfs } from "../sources/fs-vfs.ts";
import { LdapError } from "../sources/ldap/ldap-error.ts";
import { ReadError } from "../sources/vfs.ts";
import { version } from "../version.gen.ts";
import type { CliIo } from "./io.ts";
import { UnreadError, UsageError } from "./io.ts";
import { parseLdapUrl } from "./ldap-url.ts";
import { readPassword } from "./password.ts";
import { requirePath, toAbsolute } from "./paths.ts";

/** Which server to read and how, as typed. */
export interface LdapArgs {
  readonly url: string;
  readonly user: string;
  readonly ca: string | null;
  readonly insecure: boolean;
  readonly allowPlaintext: boolean;
  readonly passwordStdin: boolean;
  /** Seconds. */
  readonly timeout: number;
}

export interface RawLdapArgs {
  readonly ldap?: string | undefined;
  readonly user?: string | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly allowPlaintext?: boolean | undefined;
  readonly passwordStdin?: boolean | undefined;
  readonly timeout?: number | undefined;
}

const defaultTimeout = 30;
const maxCertificateBytes = 1024 * 1024;

/** The options of every command that can read a live directory. */
export function ldapOptions<T>(command: Argv<T>) {
  const group = "Live directory:";
  const flag = { type: "boolean", implies: "ldap", group } as const;
  const text = { type: "string", requiresArg: true, implies: "ldap", group } as const;
  return command
    .option("ldap", {
      type: "string",
      requiresArg: true,
      group,
      describe: "read the directory of a domain controller: ldaps://HOST, or ldap://HOST with StartTLS",
    })
    .option("user", { ...text, describe: "who to log on as: name@domain, DOMAIN\\name or a DN" })
    .option("password-stdin", { ...flag, describe: "read the password from standard input" })
    .option("ca", { ...text, describe: "certificates of the authority to trust (PEM)" })
    .option("insecure", { ...flag, describe: "do not verify the server's certificate" })
    .option("allow-plaintext", {
      ...flag,
      describe: "ldap:// without encryption: anybody can read the password",
    })
    .option("timeout", {
      type: "number",
      requiresArg: true,
      implies: "ldap",
      group,
      describe: `seconds to wait for an answer (default ${defaultTimeout})`,
    });
}

/** Null where no server was named. */
export function ldapArgs(args: RawLdapArgs): LdapArgs | null {
  for (const name of ["ldap", "user", "ca", "timeout"] as const) {
    // The parser makes a list of an option that is given twice, whatever its type says.
    if (Array.isArray(args[name])) throw new UsageError(`--${name} can be given only once`);
  }
  if (args.ldap === undefined) return null;
  return {
    url: args.ldap,
    user: args.user ?? "",
    ca: args.ca ?? null,
    insecure: args.insecure ?? false,
    allowPlaintext: args.allowPlaintext ?? false,
    passwordStdin: args.passwordStdin ?? false,
    timeout: args.timeout ?? defaultTimeout,
  };
}

/** Reads the directory of the named server. The LDAP library is loaded here and nowhere else. */
export async function readLdap(
  io: CliIo,
  args: LdapArgs,
  time: string | null,
  names: readonly string[],
): Promise<CollectedSnapshot> {
  const { scheme, host, port } = parseLdapUrl(args.url);
  if (args.user.trim() === "") {
    throw new UsageError(
      "no --user NAME: a directory shows too little to an anonymous reader to judge by it",
    );
  }
  if (!(args.timeout > 0 && args.timeout <= 3600))
    throw new UsageError("--timeout must be 1 to 3600 seconds");
  if (args.insecure && args.ca !== null) throw new UsageError("--ca and --insecure exclude each other");
  const plain = scheme === "ldap" && args.allowPlaintext;
  const ca = args.ca === null ? null : readCertificates(io, args.ca);
  if (plain)
    warn(io, `the connection to ${host} is not encrypted: anybody in between can read and change everything`);
  else if (args.insecure)
    warn(io, `the certificate of ${host} is not verified: whoever answers is believed and gets the password`);
  const password = await readPassword(io, args.passwordStdin, args.user);
  const { collect } = await import("../app/collect.ts");
  try {
    return await collect({
      host,
      port,
      kind: scheme === "ldaps" ? "ldaps" : plain ? "plaintext" : "starttls",
      ca,
      verify: !args.insecure,
      user: args.user,
      password,
      timeout: args.timeout,
      time,
      version,
      names,
      progress: (what, count) => showProgress(io, `${what} (${count} objects so far)`),
    });
  } catch (error) {
    if (error instanceof LdapError) throw new UnreadError(error.message);
    throw error;
  } finally {
    showProgress(io, "");
  }
}

function readCertificates(io: CliIo, typed: string): string {
  const path = toAbsolute(io.cwd, typed);
  requirePath(path, typed, "file", "certificate file");
  const text = readText(path, typed);
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new UsageError(
    `cannot use certificate file '${typed}': it holds no certificate in PEM (on Windows, certutil -encode makes it one)`,
  );
}

function readText(path: string, typed: string): string {
  try {
    return Buffer.from(fsVfs.read(path, maxCertificateBytes)).toString("latin1");
  } catch (error) {
    if (error instanceof ReadError)
      throw new UsageError(`cannot read certificate file '${typed}': ${error.message}`);
    throw error;
  }
}

function warn(io: CliIo, text: string): void {
  io.stderr.write(`gpolint: WARNING: ${text}\n`);
}

/** One line that is written over again, only where a person watches. */
function showProgress(io: CliIo, text: string): void {
  if (!io.stderr.isTTY) return;
  const clean = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "?");
  io.stderr.write(`\r\u001b[K${clean.length > 76 ? `${clean.slice(0, 73)}...` : clean}`);
}
