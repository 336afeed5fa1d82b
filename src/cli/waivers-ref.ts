import { posix, relative, resolve } from "node:path";
import type { WrittenText } from "../sources/text-file.ts";
import { toText } from "../sources/text-file.ts";
import { ReadError } from "../sources/vfs.ts";
import type { RunGit } from "./git.ts";
import { UsageError } from "./io.ts";

export interface RefText extends WrittenText {
  readonly ref: string;
  readonly commit: string;
}

/**
 * A register as it stands in a git revision, so that a change cannot waive itself: whatever lies in the working tree, or in
 * a repository inside of it, is not looked at.
 */
export class RefReader {
  readonly #git: RunGit;
  readonly #cwd: string;
  readonly #ref: string;
  readonly #commit: string;
  readonly #prefix: string;

  constructor(git: RunGit, cwd: string, ref: string) {
    this.#git = git;
    this.#cwd = cwd;
    this.#ref = ref;
    const args = ["rev-parse", "--is-inside-git-dir", "--show-prefix"];
    const text = this.#text(args, "the current folder is in no git repository");
    // An old git takes a folder of the working tree for a bare repository if it looks like one.
    if (!text.startsWith("false\n"))
      throw this.#fail("the current folder is itself a git repository, not its working tree");
    this.#prefix = text.slice("false\n".length);
    this.#commit = this.#resolve();
  }

  read(typed: string): RefText {
    const path = posix.join(this.#prefix, this.#fromHere(typed));
    if (path === ".." || path.startsWith("../"))
      throw this.#fail(`'${typed}' is outside of the git repository of the current folder`);
    // `cat-file` and not `show`: no filter of the repository has a say in what is read.
    const answer = this.#git(["cat-file", "blob", `${this.#commit}:${path}`], this.#cwd);
    if (answer === null || answer.code !== 0) throw this.#fail(`it has no file '${path}' that can be read`);
    try {
      const text = toText(answer.stdout, `${this.#commit}:${path}`, path);
      return { ...text, ref: this.#ref, commit: this.#commit };
    } catch (error) {
      if (error instanceof ReadError) throw this.#fail(`cannot use '${path}': ${error.message}`);
      throw error;
    }
  }

  #resolve(): string {
    // What begins with a hyphen would be an option; a range or a path is no revision.
    if (this.#ref === "" || /^-|[\s:]|\.\./.test(this.#ref)) throw this.#fail("it is no name of a revision");
    const args = ["-c", "core.warnAmbiguousRefs=true", "rev-parse", "--verify", `${this.#ref}^{commit}`];
    const answer = this.#git(args, this.#cwd);
    const commit = answer === null ? "" : Buffer.from(answer.stdout).toString("utf8").trim();
    if (answer === null || answer.code !== 0 || !/^[0-9a-f]{40,64}$/.test(commit))
      throw this.#fail("there is no such revision here; fetch it first");
    // A tag of the same name as a protected branch would be taken for it.
    if (/is ambiguous/.test(answer.stderr))
      throw this.#fail("it names more than one thing; write it in full, e.g. refs/remotes/origin/main");
    return commit;
  }

  #text(args: readonly string[], problem: string): string {
    const answer = this.#git(args, this.#cwd);
    if (answer === null) throw this.#fail("git is not installed here, or not on the PATH");
    if (answer.code !== 0) throw this.#fail(problem);
    return Buffer.from(answer.stdout)
      .toString("utf8")
      .replace(/\r?\n$/, "");
  }

  #fromHere(typed: string): string {
    return relative(this.#cwd, resolve(this.#cwd, typed)).replaceAll("\\", "/");
  }

  #fail(problem: string): UsageError {
    return new UsageError(`cannot read waivers of git revision '${this.#ref}': ${problem}`);
  }
}
