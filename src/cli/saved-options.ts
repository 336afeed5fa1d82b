import type { Argv } from "yargs";
import { asOption, formatOption, groups, rootOption } from "./options.ts";

export function resultOption<T>(command: Argv<T>) {
  return command.positional("result", {
    type: "string",
    demandOption: true,
    describe: "what scan --format json wrote",
  });
}

export function verifyOptions<T>(command: Argv<T>) {
  return command
    .positional("paths", {
      type: "string",
      array: true,
      describe:
        "everything that the scan was given, in the same order: PATHs, proposals, evidence, directory files",
    })
    .option("root", rootOption)
    .option("as", asOption)
    .option("policy", {
      group: groups.reading,
      type: "string",
      array: true,
      requiresArg: true,
      default: [] as string[],
      nargs: 1,
      describe: "file of a policy pack that does not ship with gpolint; repeatable",
    })
    .option("format", formatOption(["pretty", "json"]));
}
