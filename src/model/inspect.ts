import type { Diagnostic } from "./diagnostic.ts";
import type { SourceFile } from "./location.ts";

/** One file as `inspect` shows it: no precedence, no judgement. */
export interface InspectedFile {
  readonly file: SourceFile;
  readonly entries: readonly InspectEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Public shapes: see "JSON of inspect" in the contract. */
export type InspectEntry =
  | {
      readonly kind: "subcategory" | "option" | "global-sacl" | "user";
      readonly target: string;
      readonly guid: string;
      readonly value: number | string;
      readonly line: number;
    }
  | {
      readonly section: string;
      readonly key: string;
      /** Null for rows of comma-separated fields, of which `key` is the first. */
      readonly value: string | null;
      readonly line: number;
      readonly fields?: readonly string[];
    }
  | {
      readonly key: string;
      readonly name: string;
      readonly type: number;
      readonly size: number;
      readonly hex: string;
      readonly offset: number;
    }
  | {
      readonly action: string;
      readonly key: string;
      readonly name: string;
      readonly type: string;
      readonly value: string;
      readonly line: number;
    };
