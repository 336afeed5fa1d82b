import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";

/** The password of a login: from standard input where that is asked for, else the environment, else a person. */
export async function readPassword(io: CliIo, fromStdin: boolean, user: string): Promise<string> {
  const password = await findPassword(io, fromStdin, user);
  // A server takes an empty password for an anonymous login, and calls that a success (RFC 4513 5.1.2).
  if (password === "") throw new UsageError("the password is empty: that would be an anonymous login");
  return password;
}

async function findPassword(io: CliIo, fromStdin: boolean, user: string): Promise<string> {
  if (fromStdin && io.stdin.isTTY) {
    throw new UsageError("--password-stdin takes a pipe or a file: a terminal would show the password");
  }
  // One line end is what `echo` and editors add; anything else may be part of the password.
  if (fromStdin) return (await io.stdin.readAll()).replace(/\r?\n$/, "");
  const inherited = io.env["GPOLINT_PASSWORD"];
  if (inherited !== undefined) return inherited;
  if (!io.stdin.isTTY) {
    throw new UsageError(
      "no password: set GPOLINT_PASSWORD, give --password-stdin, or run in a terminal to be asked",
    );
  }
  const typed = await io.stdin.readHidden(`Password of ${user}: `);
  if (typed === null) throw new UsageError("no password was typed");
  return typed;
}
