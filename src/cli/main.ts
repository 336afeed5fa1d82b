import yargs from "yargs";
import type { Argv } from "yargs";
import { severities } from "../model/requirement.ts";
import { version } from "../version.gen.ts";
import type { CliIo } from "./io.ts";
import { UnreadError, UsageError } from "./io.ts";
import type { RawLdapArgs } from "./ldap-args.ts";
import { ldapArgs, ldapOptions } from "./ldap-args.ts";
import type { InputArgs } from "./load.ts";

/** Runs the command line and returns its exit code. Never throws, never ends the process. */
export async function main(io: CliIo): Promise<number> {
  const debug = io.argv.includes("--debug");
  let code = 0;
  const done = (result: number): void => {
    code = result;
  };
  try {
    await build(io, done).parseAsync([...io.argv], {}, (error, _argv, output) => {
      if (error !== undefined && error !== null) throw error;
      if (output !== "") io.stdout.write(`${output}\n`);
    });
    return code;
  } catch (error) {
    io.stderr.write(errorText(error, debug));
    return error instanceof UnreadError ? 3 : 2;
  }
}

function errorText(error: unknown, debug: boolean): string {
  const known =
    error instanceof UsageError ||
    error instanceof UnreadError ||
    (error instanceof Error && error.name === "YError");
  const text = error instanceof Error ? error.message : String(error);
  const line = known
    ? `gpolint: ${text}`
    : `gpolint: internal error: ${text}; run again with --debug and report it`;
  const stack = debug && error instanceof Error ? `\n${error.stack ?? ""}` : "";
  return `${line.replace(/\s*\n\s*/g, " ")}${stack}\n`;
}

type Done = (code: number) => void;

function build(io: CliIo, done: Done): Argv {
  return yargs()
    .scriptName("gpolint")
    .locale("en")
    .usage(
      "$0 <command> [PATH..]\n\nSays what domain controllers will really audit, from Group Policy files and directory data.",
    )
    .command(
      ["scan [paths..]", "$0"],
      "read, resolve, judge, report, gate",
      (command) => scanOptions(command),
      async (args) => {
        const { runScan } = await import("./commands/scan.ts");
        done(
          await runScan(io, {
            ...args,
            ...inputArgs(args),
            reportDir: args.reportDir ?? null,
            honeytokens: args.honeytokens ?? null,
            asOf: args.asOf ?? null,
          }),
        );
      },
    )
    .command(
      "effective [paths..]",
      "the resultant policy (RSoP) of each target, no judgement",
      (command) => inputOptions(command).option("format", formatOption(["pretty", "json", "jsonl"])),
      async (args) => {
        const { runEffective } = await import("./commands/effective.ts");
        done(await runEffective(io, { ...inputArgs(args), format: args.format }));
      },
    )
    .command(
      "explain [paths..]",
      "why one setting has its value: every candidate GPO in order",
      (command) =>
        inputOptions(command)
          .option("setting", {
            type: "string",
            demandOption: true,
            requiresArg: true,
            describe: "setting key, subcategory name or registry path",
          })
          .option("format", formatOption(["pretty", "json"])),
      async (args) => {
        const { runExplain } = await import("./commands/explain.ts");
        done(await runExplain(io, { ...inputArgs(args), format: args.format, setting: args.setting }));
      },
    )
    .command(
      "inspect [paths..]",
      "what each file says, file by file, no precedence",
      (command) =>
        pathsOption(command)
          .option("root", rootOption)
          .option("format", formatOption(["pretty", "json", "jsonl"])),
      async (args) => {
        const { runInspect } = await import("./commands/inspect.ts");
        done(runInspect(io, { paths: texts(args.paths), root: args.root ?? null, format: args.format }));
      },
    )
    .command(
      "collect",
      "read the directory over LDAP into a snapshot file for later runs",
      (command) =>
        ldapOptions(command)
          .demandOption("ldap")
          .option("out", {
            type: "string",
            requiresArg: true,
            describe: "file to write (default: <domain>.gpodir.json)",
          })
          .option("service-account", serviceAccountOption)
          .option("honeytokens", honeytokensOption)
          .option("deterministic", deterministicOption),
      async (args) => {
        const { runCollect } = await import("./commands/collect.ts");
        done(
          await runCollect(io, {
            ldap: ldapArgs(args),
            out: args.out ?? null,
            deterministic: args.deterministic,
            serviceAccounts: args.serviceAccount,
            honeytokens: args.honeytokens ?? null,
          }),
        );
      },
    )
    .option("debug", { type: "boolean", default: false, describe: "show the stack of an internal error" })
    .version(version)
    .help()
    .alias("help", "h")
    .wrap(100)
    .strict()
    .parserConfiguration({ "duplicate-arguments-array": true, "parse-positional-numbers": false })
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? new UsageError(`${message ?? "unusable arguments"} (see gpolint --help)`);
    })
    .exitProcess(false)
    .epilogue(
      "Exit codes: 0 nothing at or above the gate, 1 findings at or above it, 2 usage or internal error, 3 incomplete:\nsomething needed could not be read or decided. Where several hold: 2, then 3, then 1.",
    );
}

/** The first choice is the default. */
function formatOption<const T extends string>(choices: readonly [T, ...T[]]) {
  return { choices, default: choices[0], requiresArg: true, describe: "what to print" };
}

const deterministicOption = {
  type: "boolean",
  default: false,
  describe: "no time and no command line in what is written",
} as const;
const rootOption = {
  type: "string",
  requiresArg: true,
  describe: "folder that reported paths are relative to",
} as const;
const list = { type: "string", array: true, requiresArg: true, default: [] as string[] } as const;

const serviceAccountOption = {
  ...list,
  nargs: 1,
  describe: "account that sensors sign in with, for mdi-readiness; repeatable",
} as const;
const honeytokensOption = {
  type: "string",
  requiresArg: true,
  describe: "file with names of honeytoken and sensitive accounts, one a line, for mdi-readiness",
} as const;

function pathsOption<T>(command: Argv<T>) {
  return command.positional("paths", {
    type: "string",
    array: true,
    describe: "SYSVOL export, Policies folder or GPO folder",
  });
}

function inputOptions<T>(command: Argv<T>) {
  return ldapOptions(pathsOption(command))
    .option("directory", {
      ...list,
      nargs: 1,
      describe: "directory data: LDIF (ldifde, ldapsearch, ldbsearch) or a snapshot of collect; repeatable",
    })
    .option("target", {
      ...list,
      nargs: 1,
      describe: "one computer, by name or DN (default: every domain controller); repeatable",
    })
    .option("assume", {
      ...list,
      nargs: 1,
      describe: "settle a doubt by hand: no-site-links, wmi:{ID}=true|false; repeatable",
    })
    .option("root", rootOption);
}

function scanOptions<T>(command: Argv<T>) {
  return inputOptions(command)
    .option("policy", {
      ...list,
      nargs: 1,
      default: ["mdi"],
      describe: "policy pack, by name or JSON file; repeatable",
    })
    .option("format", formatOption(["pretty", "json", "sarif", "html"]))
    .option("out", { ...list, nargs: 1, describe: "also write FORMAT=PATH; repeatable" })
    .option("report-dir", {
      type: "string",
      requiresArg: true,
      describe: "write report.html, report.sarif, result.json and SHA256SUMS there",
    })
    .option("fail-on", {
      choices: [...severities, "none"] as const,
      default: "low" as const,
      requiresArg: true,
      describe: "that severity and above fails the gate",
    })
    .option("allow-incomplete", {
      type: "boolean",
      default: false,
      describe: "report what stays unknown, but without exit code 3",
    })
    .option("service-account", serviceAccountOption)
    .option("honeytokens", honeytokensOption)
    .option("as-of", {
      type: "string",
      requiresArg: true,
      describe: "judge what depends on time as of this date (default: now)",
    })
    .option("soft-fail", { type: "boolean", default: false, describe: "turn exit code 1 into 0" })
    .option("deterministic", deterministicOption);
}

interface RawInputArgs extends RawLdapArgs {
  readonly paths?: readonly string[] | undefined;
  readonly directory: readonly string[];
  readonly target: readonly string[];
  readonly assume: readonly string[];
  readonly root?: string | undefined;
}

function inputArgs(args: RawInputArgs): InputArgs {
  return {
    paths: texts(args.paths),
    directory: args.directory,
    ldap: ldapArgs(args),
    target: args.target,
    assume: args.assume,
    root: args.root ?? null,
  };
}

function texts(values: readonly string[] | undefined): readonly string[] {
  return values ?? [];
}
