import { loadBundledPolicy, listBundledPacks } from "../../app/load-policy.ts";
import type { Checked } from "../../app/verify-request.ts";
import { verify } from "../../app/verify.ts";
import type { PackOrigin, PolicyPack } from "../../model/requirement.ts";
import type { ScanResult } from "../../model/result.ts";
import type { SourceKind } from "../../model/source.ts";
import { verifyReporters } from "../../reporters/verify.ts";
import { backslashVfs } from "../../sources/backslash-vfs.ts";
import { sha256 } from "../../sources/file-reader.ts";
import { fsVfs } from "../../sources/fs-vfs.ts";
import { hashFile } from "../../sources/hash-file.ts";
import { baseName } from "../../sources/naming.ts";
import { ReadError } from "../../sources/vfs.ts";
import { version } from "../../version.gen.ts";
import type { CliIo } from "../io.ts";
import { UsageError, wantsColor } from "../io.ts";
import { loadPacks } from "../packs.ts";
import { findRoot, requirePath, toAbsolute } from "../paths.ts";
import { requireResult } from "../results.ts";

export interface VerifyArgs {
  /** File that `scan --format json` wrote. */
  readonly result: string;
  readonly paths: readonly string[];
  readonly as: SourceKind | null;
  readonly root: string | null;
  /** Files of packs that do not ship with this package. */
  readonly policy: readonly string[];
  readonly format: keyof typeof verifyReporters;
}

type RunPolicy = ScanResult["run"]["policies"][number];
type RunRegister = ScanResult["run"]["waivers"][number];

/** Says whether everything that a result was made from is still what it was. Returns the exit code. */
export async function runVerify(io: CliIo, args: VerifyArgs): Promise<number> {
  const saved = requireResult(io, args.result);
  if (args.paths.length === 0)
    throw new UsageError(
      "no PATH given: name what the scan was given, in the same order, e.g. gpolint verify result.json ./sysvol directory.ldif",
    );
  const packs = new Map(loadPacks(io, args.policy).map((pack) => [pack.name, pack]));
  const typed = [...new Set(args.paths.map((path) => checked(io, path)))];
  const registers = new Set(
    saved.result.run.waivers.flatMap((register) => registerPlace(io, register, typed) ?? []),
  );
  const root = args.root === null ? null : toAbsolute(io.cwd, args.root);
  if (root !== null) requirePath(root, args.root ?? "", "folder", "root folder");
  const given = typed.filter((path) => !registers.has(path));
  const verification = await verify(backslashVfs(fsVfs), {
    saved,
    given,
    root: findRoot(given, root),
    as: args.as,
    version,
    checkPack: (pack) => checkPack(packs, pack),
    checkRegister: (register) => checkRegister(io, register, typed),
  });
  io.stdout.write(verifyReporters[args.format](verification, wantsColor(io)));
  return verification.exitCode;
}

function checked(io: CliIo, typed: string): string {
  const path = toAbsolute(io.cwd, typed);
  requirePath(path, typed, "any", "PATH");
  return path;
}

function checkPack(packs: ReadonlyMap<string, PolicyPack>, recorded: RunPolicy): Checked {
  const given = packs.get(recorded.name);
  if (given === undefined && !listBundledPacks().includes(recorded.name)) {
    const text = "it does not ship with this gpolint: name its file with --policy";
    return { state: "missing", found: null, text };
  }
  const loaded = given === undefined ? loadBundledPolicy(recorded.name) : { ok: true as const, pack: given };
  if (!loaded.ok) return { state: "unreadable", found: null, text: loaded.problem };
  const { pack } = loaded;
  const found = { size: null, sha256: pack.sha256 };
  if (pack.sha256 !== recorded.sha256) return { state: "changed", found, text: versionText(recorded, pack) };
  const parent = changedParent(recorded.inherits ?? [], pack.inherits ?? []);
  return parent === null
    ? null
    : { state: "changed", found, text: `it extends '${parent}', which is another` };
}

function versionText(recorded: RunPolicy, pack: PolicyPack): string | null {
  return recorded.version === pack.version ? null : `version ${pack.version}, was ${recorded.version}`;
}

function changedParent(recorded: readonly PackOrigin[], now: readonly PackOrigin[]): string | null {
  const hashes = new Map(now.map((origin) => [origin.name, origin.sha256]));
  return recorded.find(({ name, sha256: own }) => hashes.get(name) !== own)?.name ?? null;
}

/** A register goes by what was typed: it is looked for from here, and among the paths by its name. */
function registerPlace(io: CliIo, { path, commit }: RunRegister, given: readonly string[]): string | null {
  if (commit !== null) return null;
  const direct = toAbsolute(io.cwd, path);
  if (given.includes(direct)) return direct;
  const named = given.find((other) => baseName(other) === baseName(direct) && fsVfs.kindOf(other) === "file");
  return named ?? (fsVfs.kindOf(direct) === "file" ? direct : null);
}

function checkRegister(io: CliIo, register: RunRegister, given: readonly string[]): Checked {
  if (register.commit !== null) return checkCommitted(io, register, register.commit);
  const place = registerPlace(io, register, given);
  if (place === null)
    return { state: "missing", found: null, text: "give the register of waivers as a further PATH" };
  try {
    const found = hashFile(fsVfs, place);
    return found.sha256 === register.sha256 ? null : { state: "changed", found, text: null };
  } catch (error) {
    if (error instanceof ReadError) return { state: "unreadable", found: null, text: error.message };
    throw error;
  }
}

/** A commit never changes: what can be lost is the commit. */
function checkCommitted(io: CliIo, { path, sha256: own }: RunRegister, commit: string): Checked {
  const answer = io.git(["cat-file", "blob", `${commit}:${path}`], io.cwd);
  if (answer === null || answer.code !== 0) {
    const text = `commit ${commit} cannot be read here: run it in that git repository`;
    return { state: "unreadable", found: null, text };
  }
  const found = { size: answer.stdout.length, sha256: sha256(answer.stdout) };
  return found.sha256 === own ? null : { state: "changed", found, text: null };
}
