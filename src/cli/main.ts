import yargs from "yargs";
import type { Argv } from "yargs";
import { visible } from "../reporters/escape.ts";
import { version } from "../version.gen.ts";
import { compareArgs, compareOptions } from "./compare-options.ts";
import { Configured } from "./config/configured.ts";
import type { CliIo } from "./io.ts";
import { UnreadError, UsageError } from "./io.ts";
import { ldapArgs, ldapOptions } from "./ldap-args.ts";
import {
  deterministicOption,
  formatOption,
  honeytokensOption,
  inputArgs,
  inputOptions,
  outputOptions,
  pathsOption,
  rootOption,
  scanOptions,
  serviceAccountOption,
  texts,
} from "./options.ts";
import { policyCommands } from "./policy-commands.ts";
import { resultOption, verifyOptions } from "./saved-options.ts";
import { waiverCommands } from "./waivers-commands.ts";

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
  const [forScan, forInputs] = [Configured.scan(io), Configured.inputs(io)];
  return yargs()
    .scriptName("gpolint")
    .locale("en")
    .usage(
      "$0 <command> [PATH..]\n\nSays what domain controllers will really audit, from Group Policy files and directory data.",
    )
    .command(
      ["scan [paths..]", "$0"],
      "read, resolve, judge, report, gate",
      (command) => forScan.options(scanOptions(command)),
      async (args) => {
        const filled = forScan.begin(args);
        if (filled === null) return;
        const { runScan } = await import("./commands/scan.ts");
        done(
          await runScan(io, {
            ...args,
            ...inputArgs(filled),
            reportDir: args.reportDir ?? null,
            honeytokens: args.honeytokens ?? null,
            asOf: args.asOf ?? null,
            baseline: args.baseline ?? null,
            waiversRef: args.waiversRef ?? null,
            notices: forScan.notices(),
          }),
        );
      },
    )
    .command(
      "effective [paths..]",
      "the resultant policy (RSoP) of each target, no judgement",
      (command) =>
        forInputs.options(inputOptions(command)).option("format", formatOption(["pretty", "json", "jsonl"])),
      async (args) => {
        const filled = forInputs.begin(args);
        if (filled === null) return;
        const { runEffective } = await import("./commands/effective.ts");
        done(await runEffective(io, { ...inputArgs(filled), format: args.format }));
      },
    )
    .command(
      "explain [paths..]",
      "why one setting has its value: every candidate GPO in order",
      (command) =>
        forInputs
          .options(inputOptions(command))
          .option("setting", {
            type: "string",
            demandOption: true,
            requiresArg: true,
            describe: "setting key, subcategory name or registry path",
          })
          .option("format", formatOption(["pretty", "json"])),
      async (args) => {
        const filled = forInputs.begin(args);
        if (filled === null) return;
        const { runExplain } = await import("./commands/explain.ts");
        done(await runExplain(io, { ...inputArgs(filled), format: args.format, setting: args.setting }));
      },
    )
    .command(
      "events <id> [paths..]",
      "what gates an event, who needs it, and whether each target will write it",
      (command) =>
        forInputs
          .options(
            inputOptions(
              command.positional("id", {
                type: "string",
                demandOption: true,
                describe: "event ID, e.g. 4776",
              }),
            ),
          )
          .option("format", formatOption(["pretty", "json"])),
      async (args) => {
        const filled = forInputs.begin(args);
        if (filled === null) return;
        const { runEvents } = await import("./commands/events.ts");
        done(await runEvents(io, { ...inputArgs(filled), format: args.format, id: args.id }));
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
    .command(
      "render <result>",
      "a saved JSON result in any other format, as scan would have written it",
      (command) => outputOptions(resultOption(command)),
      async (args) => {
        const { runRender } = await import("./commands/render.ts");
        done(await runRender(io, { ...args, reportDir: args.reportDir ?? null }));
      },
    )
    .command(
      "verify <result> [paths..]",
      "whether what a saved result rests on is still the same",
      (command) => verifyOptions(resultOption(command)),
      async (args) => {
        const { runVerify } = await import("./commands/verify.ts");
        const { paths, as, root } = args;
        done(await runVerify(io, { ...args, paths: texts(paths), as: as ?? null, root: root ?? null }));
      },
    )
    .command("waivers", "the register of accepted deviations: check, add, prune", (command) =>
      waiverCommands(command, io, done),
    )
    .command(
      "compare <old> <new> [more..]",
      "what changed between saved results, and which GPO change caused it",
      (command) => compareOptions(command),
      async (args) => {
        const { runCompare } = await import("./commands/compare.ts");
        done(await runCompare(io, compareArgs(args)));
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
