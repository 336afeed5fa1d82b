import type { Gpc, Guid } from "../model/gpo.ts";
import type { Doubt, GptPart, PartKind, SettingKey, Write } from "../model/setting.ts";
import type { Choice } from "./choices.ts";

/** A GPO that applies to a target, or may: once per GPO, at its strongest link. */
export interface Participant {
  readonly guid: Guid;
  readonly domain: string;
  readonly displayName: string | null;
  readonly state: "applied" | "unknown";
  /** Undecided whether what it holds takes effect; null where it certainly does. */
  readonly gate: Choice | null;
  /** Its content cannot be seen: where it applies it may set anything. */
  readonly opaque: boolean;
  /** Applied, but with a doubt about the whole GPO. */
  readonly doubt: Doubt | null;
  readonly parts: ReadonlyMap<PartKind, DeliveredPart>;
  /** Parts that are there and that no listed extension reads: dead weight, but what people look for first. */
  readonly undelivered: ReadonlyMap<PartKind, PartIndex>;
}

/** A part of a GPT whose extension the GPO lists, so that Windows reads it (MS-GPOL 3.2.5.1.10). */
export interface DeliveredPart {
  readonly part: GptPart;
  /** Undecided whether the extension is listed (the list is damaged); null where it is. */
  readonly gate: Choice | null;
  readonly index: PartIndex;
}

/** The client-side extension that reads each part (MS-GPREG 1.9, MS-GPSB 1.9, MS-GPPREF 1.9, MS-GPAC 1.9). */
export const extensionOf: Readonly<Record<PartKind, Guid>> = {
  "registry.pol": "35378eac-683f-11d2-a89a-00c04fbbcfa2",
  "GptTmpl.inf": "827d319e-6eac-11d2-a4ea-00c04f79f83a",
  "GPP Registry.xml": "b087be9d-ed37-454f-af9c-04291e351182",
  "audit.csv": "f3ccc681-b74c-4060-9f26-cd84525dca2a",
};

/** A list that is cut may have named more. */
export function mayBeDelivered({ extensions }: Gpc, kind: PartKind): boolean {
  return extensions.damaged || extensions.effective.includes(extensionOf[kind]);
}

/** Writes of one part by setting key, in file order. */
export class PartIndex {
  readonly #part: GptPart;
  readonly #byKey = new Map<SettingKey, number[]>();
  /** Positions of the writes that clear a whole registry key. */
  readonly #clearing: number[] = [];

  constructor(part: GptPart) {
    this.#part = part;
    part.writes.forEach((write, position) => {
      if ("keyPrefix" in write) {
        this.#clearing.push(position);
        return;
      }
      const list = this.#byKey.get(write.key);
      if (list === undefined) this.#byKey.set(write.key, [position]);
      else list.push(position);
    });
  }

  keys(): IterableIterator<SettingKey> {
    return this.#byKey.keys();
  }

  /** The writes that touch a key, in file order. */
  writesTo(key: SettingKey): readonly Write[] {
    const positions = [...(this.#byKey.get(key) ?? [])];
    for (const position of this.#clearing) {
      const write = this.#part.writes[position];
      if (write !== undefined && clears(write, key)) positions.push(position);
    }
    if (this.#clearing.length > 0) positions.sort((a, b) => a - b);
    return positions.map((position) => this.#part.writes[position]).filter((write) => write !== undefined);
  }
}

/** MS-GPREG 3.2.5.1.2: `**DelVals.` empties one key and leaves its subkeys, `**DeleteKeys` takes the subtree. */
function clears(write: Write, key: SettingKey): boolean {
  if (write.action === "delete-keys") return key.startsWith(write.keyPrefix);
  if (write.action !== "delete-values") return false;
  return key.startsWith(write.keyPrefix) && !key.slice(write.keyPrefix.length).includes("\\");
}

const indexes = new WeakMap<GptPart, PartIndex>();

/** The index of a part, built once however many targets it reaches. */
export function indexPart(part: GptPart): PartIndex {
  let index = indexes.get(part);
  if (index === undefined) {
    index = new PartIndex(part);
    indexes.set(part, index);
  }
  return index;
}
