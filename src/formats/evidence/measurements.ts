import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Measurement } from "../../model/evidence.ts";
import type { TextLocation } from "../../model/location.ts";
import { isByteLocation } from "../../model/location.ts";
import type { Doubt, SettingKey, Write } from "../../model/setting.ts";
import type { PolicyDocument } from "../policy-document.ts";

const conflict: Doubt = {
  code: "evidence.conflict",
  text: "the file holds the setting twice with different values",
};

/** The settings of one file, each once. */
export class Measurements {
  readonly settings = new Map<SettingKey, Measurement>();
  readonly #diagnostics: DiagnosticCollector;

  constructor(diagnostics: DiagnosticCollector) {
    this.#diagnostics = diagnostics;
  }

  /** A computer has one value of a setting: where a file holds two, neither can be trusted. */
  add(key: SettingKey, measured: Measurement): void {
    const before = this.settings.get(key);
    if (before === undefined) this.settings.set(key, measured);
    else if (before.doubt === null && !sameValue(before, measured)) {
      this.#diagnostics.atLine("evidence.conflict", measured.location.line, measured.quote);
      this.settings.set(key, unusable(conflict, measured.location, measured.quote));
    }
  }

  /**
   * What the rows of a policy format measure. Rules of Group Policy for a file as a whole do not matter here, but damage
   * does: what may be lost may also have been another row for the same setting.
   */
  addDocument({ writes, open }: Pick<PolicyDocument, "writes" | "open">): void {
    for (const write of writes) {
      if (write.action !== "set" && write.action !== "unusable") continue;
      const damage = open.find(({ keyPrefix }) => write.key.startsWith(keyPrefix))?.doubt;
      this.add(write.key, measure(write, damage ?? null));
    }
  }
}

function measure(
  write: Extract<Write, { readonly action: "set" | "set-if-absent" | "unusable" }>,
  damage: Doubt | null,
) {
  const { quote } = write;
  const location = lineOf(write);
  if (write.action === "unusable") {
    const doubt = damage ?? {
      code: "evidence.unusable",
      text: `line ${location.line} holds no usable value`,
    };
    return unusable(doubt, location, quote);
  }
  if (damage !== null) return unusable(damage, location, quote);
  if (write.alternatives.length > 0) return unusable(conflict, location, quote);
  return { value: write.value, type: write.type, doubt: null, location, quote };
}

/** The formats that come here are text. */
function lineOf({ location }: Write): TextLocation {
  return isByteLocation(location) ? { path: location.path, line: 1 } : location;
}

export function unusable(doubt: Doubt, location: TextLocation, quote: string): Measurement {
  return { value: null, type: null, doubt, location, quote };
}

function sameValue(a: Measurement, b: Measurement): boolean {
  return a.type === b.type && JSON.stringify(a.value) === JSON.stringify(b.value);
}
