import yargs from "yargs";
import type { Argv } from "yargs";
import { visible } from "../reporters/escape.ts";
import { version } from "../version.gen.ts";
import type { CliIo } from "./io.ts";
import { UnreadError, UsageError } from "./io.ts";
import { ldapArgs, ldapOptions } from "./ldap-args.ts";
import {
  deterministicOption,
  formatOption,
  honeytokensOption,
  inputArgs,
  inputOptions,
  pathsOption,
  rootOption,
  scanOptions,
  serviceAccountOption,
  texts,
} from "./options.ts";
import { policyCommands } from "./policy-commands.ts";

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
  return `${visible(line.replace(/\s*\n\s*/g, " "))}${stack}\n`;
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
      "events <id> [paths..]",
      "what gates an event, who needs it, and whether each target will write it",
      (command) =>
        inputOptions(
          command.positional("id", { type: "string", demandOption: true, describe: "event ID, e.g. 4776" }),
        ).option("format", formatOption(["pretty", "json"])),
      async (args) => {
        const { runEvents } = await import("./commands/events.ts");
        done(await runEvents(io, { ...inputArgs(args), format: args.format, id: args.id }));
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
        done(
          await runInspect(io, { paths: texts(args.paths), root: args.root ?? null, format: args.format }),
        );
      },
    )
    .command("policy", "policy packs: check, list, show, import, diff", (command) =>
      policyCommands(command, io, done),
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
