import { fsVfs } from "../../sources/fs-vfs.ts";
import { namesToLookUp } from "../../sources/read-readiness.ts";
import type { CliIo } from "../io.ts";
import { UsageError } from "../io.ts";
import type { LdapArgs } from "../ldap-args.ts";
import { readLdap } from "../ldap-args.ts";
import { readinessSpec } from "../load.ts";
import { toAbsolute } from "../paths.ts";
import { writeWhole } from "../write-files.ts";

export interface CollectArgs {
  readonly ldap: LdapArgs | null;
  readonly out: string | null;
  readonly deterministic: boolean;
  readonly serviceAccounts: readonly string[];
  readonly honeytokens: string | null;
}

/** Writes the directory of a server into a snapshot file. Returns the exit code. */
export async function runCollect(io: CliIo, args: CollectArgs): Promise<number> {
  if (args.ldap === null) throw new UsageError("no server: give --ldap ldaps://HOST");
  const { fileName, text, header, objectCount } = await readLdap(
    io,
    args.ldap,
    args.deterministic ? null : io.now(),
    namesToLookUp(fsVfs, readinessSpec(io, args)),
  );
  const name = args.out ?? fileName;
  writeWhole(toAbsolute(io.cwd, name), text);
  const { server, account } = header.collected;
  const domains = header.domains.map((domain) => domain.name).join(", ");
  const who =
    account === "administrator" ? "an administrator" : "a limited account, from which objects may be hidden";
  io.stdout.write(`${name}: ${objectCount} objects of ${domains} from ${server}, read as ${who}\n`);
  for (const { what, why } of header.notCollected) io.stdout.write(`not collected: ${what}: ${why}\n`);
  for (const { what, why } of header.problems) io.stderr.write(`gpolint: incomplete: ${what}: ${why}\n`);
  return header.problems.length === 0 ? 0 : 3;
}
