import type { Argv } from "yargs";
import { severities } from "../model/requirement.ts";
import { compareFormats } from "../reporters/compare-registry.ts";
import type { CompareArgs } from "./commands/compare.ts";
import { formatOption, texts } from "./options.ts";

export function compareOptions<T>(command: Argv<T>) {
  const result = { type: "string", demandOption: true } as const;
  return command
    .positional("old", { ...result, describe: "saved result (scan --format json), the oldest first" })
    .positional("new", { ...result, describe: "saved result to hold against the one before" })
    .positional("more", {
      type: "string",
      array: true,
      describe: "later results: the last two are compared, all are the trend",
    })
    .option("format", formatOption(compareFormats))
    .option("out", {
      type: "string",
      array: true,
      requiresArg: true,
      nargs: 1,
      default: [] as string[],
      describe: "also write FORMAT=PATH; repeatable",
    })
    .option("fail-on", {
      choices: [...severities, "none"] as const,
      default: "low" as const,
      requiresArg: true,
      describe: "what is new of that severity and above fails the gate",
    })
    .option("allow-incomplete", {
      type: "boolean",
      default: false,
      describe: "report what nobody can tell, but without exit code 3",
    })
    .option("soft-fail", { type: "boolean", default: false, describe: "turn exit code 1 into 0" })
    .example("$0 compare q1.json q2.json", "what changed in a quarter, and which GPO change caused it")
    .example("$0 compare q1.json q2.json q3.json --format html", "the same, with the trend");
}

interface RawCompareArgs extends Omit<CompareArgs, "results"> {
  readonly old: string;
  readonly new: string;
  readonly more?: readonly string[] | undefined;
}

export function compareArgs(args: RawCompareArgs): CompareArgs {
  const { format, out, failOn, allowIncomplete, softFail } = args;
  const later = texts(args.more);
  const typed = [args.old, args.new, ...later];
  const results = {
    earlier: typed.slice(0, -2),
    before: later.at(-2) ?? (later.length === 0 ? args.old : args.new),
    after: later.at(-1) ?? args.new,
  };
  return { results, format, out, failOn, allowIncomplete, softFail };
}
