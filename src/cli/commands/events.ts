import { describeEvent, eventTargets } from "../../app/events.ts";
import { isKnownEvent, nearestEvents } from "../../model/audit-events.ts";
import type { EventTarget } from "../../model/event-result.ts";
import { renderEventPretty } from "../../reporters/events-pretty.ts";
import { listBundledPacks } from "../../sources/pack-files.ts";
import type { CliIo } from "../io.ts";
import { UsageError } from "../io.ts";
import type { InputArgs } from "../load.ts";
import { load } from "../load.ts";
import { loadPacks } from "../packs.ts";
import { sourceGap } from "../source-gap.ts";

/** Prints what gates an event, who needs it, and, with files, which targets will write it. Returns the exit code. */
export async function runEvents(
  io: CliIo,
  args: InputArgs & { readonly format: string; readonly id: string },
): Promise<number> {
  const id = parseId(args.id);
  const { targets, gap } = asksForTargets(args)
    ? await readTargets(io, args, id)
    : { targets: null, gap: undefined };
  const result = describeEvent(id, loadPacks(io, listBundledPacks()), targets);
  io.stdout.write(
    args.format === "json" ? `${JSON.stringify(result, null, 2)}\n` : renderEventPretty(result),
  );
  if (gap !== undefined) io.stderr.write(`gpolint: incomplete: ${gap}\n`);
  return gap === undefined ? 0 : 3;
}

/** Any option that speaks of files or computers is about targets, and wants a PATH. */
function asksForTargets({ paths, directory, target, assume, overlay, ldap, as, link }: InputArgs): boolean {
  const lists = [paths, directory, target, assume, overlay];
  return lists.some((list) => list.length > 0) || ldap !== null || as !== null || link.asIfLinked !== null;
}

function parseId(text: string): number {
  const id = /^\d{1,5}$/.test(text) ? Number(text) : null;
  if (id === null) throw new UsageError(`'${text}' is no event ID: give a number such as 4776`);
  if (isKnownEvent(id)) return id;
  const near = nearestEvents(id, 4).join(", ");
  throw new UsageError(`no event ${id} is known: the nearest are ${near}`);
}

interface Asked {
  readonly targets: readonly EventTarget[] | null;
  /** What is missing, in one line. */
  readonly gap: string | undefined;
}

async function readTargets(io: CliIo, args: InputArgs, id: number): Promise<Asked> {
  const { inputs, computers, engine, proposals } = await load(io, args);
  const targets = eventTargets(id, inputs, { computers, engine, proposals });
  if (targets === null) {
    return {
      targets,
      gap: "no directory data: give an export with --directory FILE or a server with --ldap URL",
    };
  }
  const [useless] = inputs.uselessDirectoryFiles;
  const found = inputs.inventory.gpts.length > 0 || inputs.overlay.length > 0;
  const empty = targets.length === 0 ? "the directory data holds no domain controller" : undefined;
  const gap =
    (useless === undefined ? undefined : `${useless} holds no directory data that can be read`) ??
    sourceGap(inputs, proposals) ??
    (found ? empty : "no GPO was found at or below the given paths") ??
    targets.flatMap(({ gaps }) => gaps)[0];
  return { targets, gap };
}
