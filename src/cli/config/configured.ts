import type { Argv } from "yargs";
import type { CliIo } from "../io.ts";
import { tell } from "../io.ts";
import { groups } from "../options.ts";
import { settingNotices } from "./notice.ts";
import type { Settings } from "./settings.ts";
import { readSettings } from "./settings.ts";
import { showConfig } from "./show-config.ts";
import { flagsOf } from "./typed-flags.ts";

const inputNames = [
  "paths",
  "as",
  "directory",
  "overlay",
  "root",
  "target",
  "assume",
  "asIfLinked",
  "linkOrder",
  "enforced",
] as const;
const scanNames = [
  ...inputNames,
  "evidence",
  "policy",
  "serviceAccount",
  "honeytokens",
  "waivers",
  "waiversRef",
  "baseline",
  "failOn",
  "failOnRegression",
  "failOnNew",
  "allowIncomplete",
  "softFail",
  "format",
  "sarifProfile",
  "deterministic",
] as const;

/** The settings of one command: read when its options are set up, used when it runs. */
export class Configured {
  readonly #io: CliIo;
  readonly #names: readonly string[];
  #settings: Settings = { file: null, inUse: [] };

  private constructor(io: CliIo, names: readonly string[]) {
    this.#io = io;
    this.#names = names;
  }

  static scan(io: CliIo): Configured {
    return new Configured(io, scanNames);
  }

  /** Commands that judge nothing take only what says what to read. */
  static inputs(io: CliIo): Configured {
    return new Configured(io, inputNames);
  }

  /** Adds the flags of its own, and lets file and environment speak for flags that were not typed. */
  options<T>(command: Argv<T>) {
    // Whoever asks for help has perhaps a mistake in the file.
    if (!flagsOf(this.#io.argv).some((token) => ["--help", "-h", "--version"].includes(token))) {
      this.#settings = readSettings(this.#io, (name) => this.#names.includes(name));
      // The parser would let them win over PATHs that were typed.
      const flags = this.#settings.inUse.filter(({ name }) => name !== "paths");
      command.config(Object.fromEntries(flags.map(({ name, value }) => [name, value])));
    }
    const group = groups.settings;
    return command
      .option("config", {
        type: "string",
        requiresArg: true,
        group,
        describe: "file to take settings from (default: the nearest gpolint.config.yaml up to the git root)",
      })
      .option("no-config", { type: "boolean", group, describe: "take no settings from a file" })
      .option("show-config", {
        type: "boolean",
        default: false,
        group,
        describe: "only print every setting and its origin",
      });
  }

  /**
   * The arguments of a run, with the PATHs of the file where none was typed; null where only the settings were wanted. Tells
   * on standard error what was set elsewhere, for not every format has room for it.
   */
  begin<T extends Arguments>(args: T): T | null {
    const filled = this.#fill(args);
    if (args.showConfig === true) {
      this.#io.stdout.write(showConfig(this.#io, this.#settings, this.#names, filled));
      return null;
    }
    for (const text of this.notices()) tell(this.#io, `gpolint: ${asClause(text)}`);
    return filled;
  }

  /** What a run has to say of its settings: one sentence each. */
  notices(): readonly string[] {
    return settingNotices(this.#settings);
  }

  #fill<T extends Arguments>(args: T): T {
    const { file, inUse } = this.#settings;
    const own = inUse.find(({ name }) => name === "paths")?.value;
    if (!Array.isArray(own)) return args;
    if ((args.paths ?? []).length === 0) return { ...args, paths: own.map(String) };
    this.#settings = { file, inUse: inUse.filter(({ name }) => name !== "paths") };
    return args;
  }
}

interface Arguments {
  readonly paths?: readonly string[] | undefined;
  readonly showConfig?: boolean | undefined;
}

function asClause(sentence: string): string {
  return sentence.replace(/^S/, "s").replace(/\.$/, "");
}
