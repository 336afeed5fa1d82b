import { addWaiver, removeWaivers } from "../checks/waivers/edit.ts";
import type { Edited } from "../checks/waivers/edit.ts";
import { termOf } from "../checks/waivers/hold.ts";
import type { WaiverInFile } from "../checks/waivers/register-file.ts";
import type { ScanResult } from "../model/result.ts";
import type { Waiver } from "../model/waiver.ts";
import type { WrittenText } from "../sources/text-file.ts";
import { toText } from "../sources/text-file.ts";
import type { LoadedWaivers, WaiversInUse } from "./waivers.ts";
import { judgeSaved, loadWaivers } from "./waivers.ts";

export type { WaiverInFile };

/** A new entry; without an id it gets the next free one of its year. */
export type NewWaiver = Omit<WaiverInFile, "id"> & { readonly id: string | null };

export type AddedWaiver =
  | { readonly ok: true; readonly text: string; readonly id: string }
  /** What is wrong with the register as it would be: places are those of the new text. */
  | { readonly ok: false; readonly problems: Extract<LoadedWaivers, { readonly ok: false }>["problems"] }
  | { readonly ok: false; readonly problem: string };

/** What a register begins with. */
const emptyYaml = `# yaml-language-server: $schema=./node_modules/gpolint/policies/schema/waivers.schema.json
# Accepted deviations: each holds to the end of the day on which it expires, UTC.
schemaVersion: 1
waivers: []
`;
const emptyJson = '{ "schemaVersion": 1, "waivers": [] }';

/** A register with one more entry; what comes out is valid, or nothing comes out. Null: there is no register yet. */
export function addToRegister(
  register: { readonly source: WrittenText; readonly waivers: readonly Waiver[] } | null,
  file: string,
  entry: NewWaiver,
  now: string,
): AddedWaiver {
  const isJson = /\.json$/i.test(file);
  const id = entry.id ?? nextId(register?.waivers ?? [], entry.approvedOn ?? now);
  const before = register?.source.text ?? (isJson ? emptyJson : emptyYaml);
  const edited = addWaiver(before, isJson, { ...entry, id });
  if (!edited.ok) return edited;
  const loaded = loadWaivers([toText(Buffer.from(edited.text), file, file)], now);
  return loaded.ok ? { ok: true, text: edited.text, id } : loaded;
}

function nextId(waivers: readonly Waiver[], day: string): string {
  const head = `W-${day.slice(0, 4)}-`;
  const numbers = waivers.flatMap(({ id }) =>
    id.startsWith(head) && /^\d{1,6}$/.test(id.slice(head.length)) ? [Number(id.slice(head.length))] : [],
  );
  return `${head}${String(Math.max(0, ...numbers) + 1).padStart(3, "0")}`;
}

export interface Pruned {
  readonly removed: readonly { readonly waiver: Waiver; readonly why: string }[];
  readonly kept: readonly Waiver[];
  readonly edited: Edited;
}

/**
 * A register without what has expired, and with a result also without what is not needed there any more. What the result
 * did not judge, or did not decide, stays.
 */
export function pruneRegister(source: WrittenText, inUse: WaiversInUse, result: ScanResult | null): Pruned {
  const moment = Date.parse(inUse.now);
  const states = result === null ? [] : judgeSaved(result, inUse).register.entries;
  const removed: { readonly waiver: Waiver; readonly why: string }[] = [];
  const kept: Waiver[] = [];
  const places = new Set<number>();
  inUse.waivers.forEach((waiver, place) => {
    const isExpired = termOf(waiver, moment) === "expired";
    if (!isExpired && states[place]?.state !== "unused") {
      kept.push(waiver);
      return;
    }
    places.add(place);
    const why = isExpired ? `expired on ${waiver.expires}` : "holds for no failure of the result";
    removed.push({ waiver, why });
  });
  const edited: Edited =
    places.size === 0
      ? { ok: true, text: source.text }
      : removeWaivers(source.text, /\.json$/i.test(source.file), places);
  return { removed, kept, edited };
}
