import type { Argv } from "yargs";
import { severities } from "../model/requirement.ts";
import { waiverTypes } from "../model/waiver.ts";
import type { CliIo } from "./io.ts";
import { defaultRegister } from "./waivers-load.ts";

const text = { type: "string", requiresArg: true } as const;
const asOf = { ...text, describe: "judge as of this date (default: now)" } as const;
const result = { ...text, describe: "result of scan --format json to hold the register against" } as const;

/** `gpolint waivers …`: each in a module that is loaded only when it is asked for. */
export function waiverCommands<T>(command: Argv<T>, io: CliIo, done: (code: number) => void) {
  return command
    .command(
      "check [files..]",
      "every mistake in registers, with file, line and column; what has expired or ends soon",
      (own) =>
        own
          .positional("files", {
            type: "string",
            array: true,
            describe: `register (default: ${defaultRegister})`,
          })
          .option("result", result)
          .option("as-of", asOf),
      async (args) => {
        const { runWaiversCheck } = await import("./commands/waivers.ts");
        done(runWaiversCheck(io, args.files ?? [], { result: args.result ?? null, asOf: args.asOf ?? null }));
      },
    )
    .command(
      "add [file]",
      "write one more waiver into a register, which is made where there is none",
      (own) =>
        own
          .positional("file", { type: "string", default: defaultRegister, describe: "register" })
          .option("rule", {
            ...text,
            demandOption: true,
            describe: "rule id as reports show it, e.g. mdi.logon",
          })
          .option("target", { ...text, describe: "name or DN of the computer" })
          .option("domain", { ...text, describe: "DNS name of the domain" })
          .option("gpo", { ...text, describe: "GUID of the GPO that sets the failing value" })
          .option("setting", { ...text, describe: "key or name of the setting" })
          .option("justification", { ...text, demandOption: true, describe: "why it is accepted" })
          .option("approved-by", { ...text, demandOption: true, describe: "who accepts it" })
          .option("expires", { ...text, demandOption: true, describe: "last day, UTC, e.g. 2026-12-31" })
          .option("approved-on", { ...text, describe: "first day, UTC (default: today)" })
          .option("type", { ...text, choices: waiverTypes, describe: "what kind of deviation it is" })
          .option("owner", { ...text, describe: "who is to see to it" })
          .option("ticket", { ...text, describe: "where it is recorded" })
          .option("max-severity", {
            ...text,
            choices: severities,
            describe: "it does not hold above this severity",
          })
          .option("broad", {
            type: "boolean",
            default: false,
            describe: "rule and scope may hold *, and scope may be empty",
          })
          .option("id", { ...text, describe: "name of the waiver (default: the next free one of the year)" }),
      async (args) => {
        const { runWaiversAdd } = await import("./commands/waivers-add.ts");
        done(runWaiversAdd(io, args));
      },
    )
    .command(
      "prune [file]",
      "remove what has expired, and with --result what is not needed any more",
      (own) =>
        own
          .positional("file", { type: "string", default: defaultRegister, describe: "register" })
          .option("result", result)
          .option("as-of", asOf)
          .option("dry-run", { type: "boolean", default: false, describe: "only say what would go" }),
      async (args) => {
        const { runWaiversPrune } = await import("./commands/waivers.ts");
        const { file, dryRun } = args;
        done(runWaiversPrune(io, file, { result: args.result ?? null, asOf: args.asOf ?? null, dryRun }));
      },
    )
    .demandCommand(1, "waivers: say what to do: check, add or prune");
}
