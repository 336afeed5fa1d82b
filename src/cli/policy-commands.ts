import type { Argv } from "yargs";
import type { CliIo } from "./io.ts";
import { formatOption, texts } from "./options.ts";

const packName = { type: "string", demandOption: true, describe: "policy pack, by name or file" } as const;

/** `gpolint policy …`: each in a module that is loaded only when it is asked for. */
export function policyCommands<T>(command: Argv<T>, io: CliIo, done: (code: number) => void) {
  return command
    .command(
      "check <packs..>",
      "every mistake in policy packs, with file, line and column; runs their self-tests",
      (own) => own.positional("packs", { ...packName, array: true }),
      async (args) => {
        const { runPolicyCheck } = await import("./commands/policy.ts");
        done(runPolicyCheck(io, texts(args.packs)));
      },
    )
    .command(
      "list",
      "the policy packs that come with gpolint",
      (own) => own.option("format", formatOption(["pretty", "json"])),
      async (args) => {
        const { runPolicyList } = await import("./commands/policy.ts");
        done(runPolicyList(io, args.format));
      },
    )
    .command(
      "show <pack>",
      "a policy pack with everything that it inherits",
      (own) => own.positional("pack", packName).option("format", formatOption(["markdown", "json"])),
      async (args) => {
        const { runPolicyShow } = await import("./commands/policy.ts");
        done(runPolicyShow(io, args.pack, args.format));
      },
    )
    .command(
      "diff <a> <b>",
      "what two policy packs ask, and where they cannot both be satisfied",
      (own) =>
        own
          .positional("a", packName)
          .positional("b", packName)
          .option("format", formatOption(["pretty", "json"])),
      async (args) => {
        const { runPolicyDiff } = await import("./commands/policy.ts");
        done(runPolicyDiff(io, [args.a, args.b], args.format));
      },
    )
    .command(
      "import <source>",
      "a policy pack that asks for what a GPO sets now",
      (own) =>
        own
          .positional("source", {
            type: "string",
            demandOption: true,
            describe: "GPO backup, SYSVOL folder, report, archive of them, or .PolicyRules file",
          })
          .option("name", { type: "string", requiresArg: true, describe: "name of the pack" })
          .option("gpo", {
            type: "string",
            requiresArg: true,
            describe: "the GPO to take, by GUID or name (default: all, if they agree)",
          })
          .option("out", {
            type: "string",
            requiresArg: true,
            describe: "file to write, .json or .yaml (default: print JSON)",
          }),
      async (args) => {
        const { runPolicyImport } = await import("./commands/policy-import.ts");
        const { source, name, gpo, out } = args;
        done(await runPolicyImport(io, { source, name: name ?? null, gpo: gpo ?? null, out: out ?? null }));
      },
    )
    .demandCommand(1, "policy: say what to do: check, list, show, import or diff");
}
