import type { EvidenceKind } from "./evidence.ts";

/** What a PATH can be; `--as` takes these words. */
export const sourceKinds = ["sysvol", "backup", "report", "gpresult", "auditpol"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** One argument that named files, and what was found behind it: what every report must say of its basis. */
export interface RunSource {
  /** Reported path. */
  readonly path: string;
  /** "policy": judged. "overlay": proposed. "evidence": what a computer measured of itself. */
  readonly role: "policy" | "overlay" | "evidence";
  /** Everything that was found; empty: nothing that can be used. */
  readonly kinds: readonly (SourceKind | EvidenceKind)[];
  /** The container that it was read from; null: a plain file or folder. */
  readonly archive: "zip" | "tar" | "tar.gz" | null;
  /** What such a source cannot show, whatever it holds; one phrase each. */
  readonly cannotShow: readonly string[];
}

/** A source of which something is lost, so that nobody knows what it would have said. */
export interface LostSource {
  readonly code: "archive-refused" | "source-unrecognised" | "source-incomplete" | "evidence-unusable";
  /** Reported path. */
  readonly path: string;
  /** One sentence without a full stop. */
  readonly text: string;
}
