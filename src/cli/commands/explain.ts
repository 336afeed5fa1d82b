import { explain } from "../../app/explain.ts";
import { parseSettingName } from "../../model/setting-names.ts";
import { renderExplainPretty } from "../../reporters/explain-pretty.ts";
import type { CliIo } from "../io.ts";
import { tell, UsageError } from "../io.ts";
import type { InputArgs } from "../load.ts";
import { load } from "../load.ts";
import { sourceGap } from "../source-gap.ts";

/** Prints why one setting has its value on each named target. Returns the exit code. */
export async function runExplain(
  io: CliIo,
  args: InputArgs & { readonly format: string; readonly setting: string },
): Promise<number> {
  const key = parseSettingName(args.setting);
  if (key === null) {
    throw new UsageError(
      `no setting named '${args.setting}': give a key such as audit-subcategory/GUID, a subcategory name, or a registry path HKLM\\...\\NAME`,
    );
  }
  const { inputs, computers, engine, proposals } = await load(io, args);
  if (inputs.inventory.directory === null) {
    tell(
      io,
      "gpolint: incomplete: no directory data: give an export with --directory FILE or a server with --ldap URL",
    );
    return 3;
  }
  const explanations = computers
    .map((computer) => explain(inputs, { computer, key, engine, proposals }))
    .filter((explanation) => explanation !== null);
  if (args.format === "json") {
    io.stdout.write(`${JSON.stringify({ schemaVersion: "1.0", explanations }, null, 2)}\n`);
  } else {
    io.stdout.write(explanations.map(renderExplainPretty).join("\n"));
  }
  const gap = sourceGap(inputs, proposals) ?? explanations.flatMap(({ target }) => target.gaps)[0];
  if (gap !== undefined) tell(io, `gpolint: incomplete: ${gap}`);
  return gap === undefined ? 0 : 3;
}
