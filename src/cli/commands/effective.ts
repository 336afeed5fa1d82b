import { effective } from "../../app/effective.ts";
import { renderEffectivePretty } from "../../reporters/effective-pretty.ts";
import type { CliIo } from "../io.ts";
import { tell } from "../io.ts";
import type { InputArgs, Loaded } from "../load.ts";
import { load } from "../load.ts";
import { sourceGap } from "../source-gap.ts";

/** Prints the resultant policy of each target. Returns the exit code. */
export async function runEffective(
  io: CliIo,
  args: InputArgs & { readonly format: string },
): Promise<number> {
  const { inputs, computers, engine, proposals } = await load(io, args);
  const { result, incomplete } = effective(inputs, { computers, engine, proposals });
  if (args.format === "json") io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (args.format === "jsonl")
    for (const target of result.targets) io.stdout.write(`${JSON.stringify(target)}\n`);
  else io.stdout.write(renderEffectivePretty(result));
  if (incomplete) tell(io, `gpolint: incomplete: ${whyIncomplete({ inputs, proposals }, result.targets)}`);
  return incomplete ? 3 : 0;
}

function whyIncomplete(
  { inputs, proposals }: Pick<Loaded, "inputs" | "proposals">,
  targets: ReturnType<typeof effective>["result"]["targets"],
): string {
  const { inventory, uselessDirectoryFiles, overlay } = inputs;
  const [useless] = uselessDirectoryFiles;
  if (useless !== undefined) return `${useless} holds no directory data that can be read`;
  if (inventory.directory === null)
    return "no directory data: give an export with --directory FILE or a server with --ldap URL";
  const lost = sourceGap(inputs, proposals);
  if (lost !== undefined) return lost;
  if (inventory.gpts.length === 0 && overlay.length === 0)
    return "no GPO was found at or below the given paths: name a SYSVOL export, GPO backups or a GPO report";
  if (targets.length === 0) return "the directory data holds no domain controller";
  const gap = targets.flatMap(({ gaps }) => gaps)[0];
  return gap ?? "a GPO that may apply could not be read in full";
}
