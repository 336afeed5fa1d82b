import type { Gpc, Gpt } from "../model/gpo.ts";
import type { Doubt, GptPart, PartKind, SettingKey, Write } from "../model/setting.ts";
import { partKinds } from "../model/setting.ts";
import { indexPart, mayBeDelivered } from "./participants.ts";

/** A proposal that is judged at the same place as others. */
export interface Rival {
  /** Quoted display name, else GUID. */
  readonly name: string;
  readonly gpc: Gpc;
  /** Null: nobody can say what it holds. */
  readonly gpt: Gpt | null;
}

/**
 * Which of several proposals at one place is stronger nobody says. They are linked in some order, and what would end
 * otherwise in another order is put in doubt: with its row out of the way, each stronger one lets the weaker ones show,
 * so that the engine sees every order. What they all write alike stays certain.
 *
 * @param rivals strongest first, as they are linked
 * @returns their GPTs with the doubts, in the same order
 */
export function contest(rivals: readonly Rival[]): readonly (Gpt | null)[] {
  const contested = partKinds.map((kind) => contestKind(rivals, kind));
  return rivals.map(({ gpt }, index) => {
    if (gpt === null) return null;
    const changed = contested.flatMap((parts) => parts[index] ?? []);
    return {
      ...gpt,
      parts: gpt.parts.map((part) => changed.find(({ kind }) => kind === part.kind) ?? part),
    };
  });
}

/** What one rival brings of one part kind, and what of it is contested. */
interface Side {
  readonly name: string;
  /** Its content cannot be seen: it may write anything. */
  readonly opaque: boolean;
  /** Null: it delivers none of this kind. */
  readonly part: GptPart | null;
  /** Keys whose rows are in doubt. */
  readonly rows: Map<SettingKey, Doubt>;
  /** Key prefixes below which more may happen than leaving out its rows shows. */
  readonly open: Map<SettingKey, Doubt>;
}

function contestKind(rivals: readonly Rival[], kind: PartKind): readonly (GptPart | null)[] {
  const sides = rivals.map((rival) => sideOf(rival, kind));
  const keys = new Set(sides.flatMap(({ part }) => (part === null ? [] : [...indexPart(part).keys()])));
  for (const key of keys) contestKey(sides, key);
  contestClearing(sides);
  return sides.map(applyDoubts);
}

function sideOf({ name, gpc, gpt }: Rival, kind: PartKind): Side {
  const opaque = gpc.opaque || gpt === null || gpt.empty || gpt.unreadable !== null;
  const part = opaque ? undefined : gpt.parts.find((own) => own.kind === kind);
  const delivered = part !== undefined && mayBeDelivered(gpc, kind) ? part : null;
  return { name, opaque, part: delivered, rows: new Map(), open: new Map() };
}

/** One setting that at least one side names. */
function contestKey(sides: readonly Side[], key: SettingKey): void {
  const effects = sides.flatMap((side) => {
    const writes = side.part === null ? [] : indexPart(side.part).writesTo(key);
    const open = side.opaque || side.part?.open.some(({ keyPrefix }) => key.startsWith(keyPrefix)) === true;
    return writes.length > 0 || open ? [{ side, writes, tokens: tokensOf(writes, open) }] : [];
  });
  const tokens = new Set(effects.flatMap((effect) => effect.tokens));
  if (effects.length < 2 || !dependsOnOrder(tokens)) return;
  const doubt = doubtBetween(effects.map(({ side }) => side.name));
  const hasSoft = [...tokens].some(isSoft);
  for (const { side, writes } of effects.slice(0, -1)) {
    side.rows.set(key, doubt());
    // Clearing a whole registry key cannot be left out for one value of it, and what writes only where nothing is yet
    // ends otherwise in another order, not only without the others.
    if (hasSoft || writes.some((write) => "keyPrefix" in write)) side.open.set(key, doubt());
  }
}

/** What the rows of one file can leave behind, in short; those before the last certain one leave no trace. */
function tokensOf(writes: readonly Write[], open: boolean): readonly string[] {
  const last = writes.findLastIndex(
    ({ action, doubt }) => action !== "set-if-absent" && action !== "unusable" && doubt === null,
  );
  const tokens = writes.slice(Math.max(0, last)).flatMap((write) => {
    switch (write.action) {
      case "set":
      case "set-if-absent": {
        const mark = write.action === "set" ? "=" : soft;
        return [write.value, ...write.alternatives].map(
          (value) => mark + JSON.stringify([write.type, value]),
        );
      }
      case "delete":
      case "delete-values":
      case "delete-keys":
        return [deleted];
      case "unusable":
        return [anything];
    }
  });
  return open ? [...tokens, anything] : tokens;
}

const soft = "~";
const deleted = "-";
const anything = "?";

function isSoft(token: string): boolean {
  return token.startsWith(soft);
}

/** Two that leave the same behind may change places; so may one that writes a value and one that does only if there is none. */
function dependsOnOrder(tokens: ReadonlySet<string>): boolean {
  const softCount = [...tokens].filter(isSoft).length;
  return tokens.size - softCount > 1 || softCount > 1 || (softCount > 0 && tokens.has(deleted));
}

/** A weaker side whose lost piece may have held anything below a registry key that a stronger one clears. */
function contestClearing(sides: readonly Side[]): void {
  sides.forEach((side, index) => {
    const clearing =
      side.part?.writes.flatMap((write) => ("keyPrefix" in write ? [write.keyPrefix] : [])) ?? [];
    if (clearing.length === 0) return;
    for (const weaker of sides.slice(index + 1)) {
      const doubt = doubtBetween([side.name, weaker.name]);
      const open = weaker.opaque ? [""] : new Set(weaker.part?.open.map(({ keyPrefix }) => keyPrefix));
      for (const lost of open) {
        for (const cleared of clearing) {
          if (cleared.startsWith(lost)) side.open.set(cleared, doubt());
          else if (lost.startsWith(cleared)) side.open.set(lost, doubt());
        }
      }
    }
  });
}

/** A doubt of its own each time: one order is no more than a combination of them, but not all go the same way in it. */
function doubtBetween(names: readonly string[]): () => Doubt {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const which = names.length > 2 ? "strongest" : "stronger";
  const text = `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""} are judged at the same place, and which of them is ${which} is not said`;
  return () => ({ code: "proposal.order", text });
}

function applyDoubts({ part, rows, open }: Side): GptPart | null {
  if (part === null || (rows.size === 0 && open.size === 0)) return null;
  return {
    ...part,
    writes: part.writes.map((write) => {
      const doubt = "keyPrefix" in write ? undefined : rows.get(write.key);
      return doubt === undefined ? write : { ...write, doubt: addDoubt(write.doubt, doubt) };
    }),
    open: [...part.open, ...[...open].map(([keyPrefix, doubt]) => ({ keyPrefix, doubt }))],
  };
}

/** A row that is in doubt already must be able to go its own way: doubts of a whole file are shared by all its rows. */
function addDoubt(before: Doubt | null, doubt: Doubt): Doubt {
  return before === null ? doubt : { ...before, code: doubt.code, text: `${before.text}, and ${doubt.text}` };
}
