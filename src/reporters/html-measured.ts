import type { Finding } from "../model/result.ts";
import type { TargetNames } from "./groups.ts";
import type { Breakable } from "./html-parts.ts";
import { placeOf } from "./html-parts.ts";
import { agreesText, isOwnRow, meetsText } from "./measured-words.ts";

/** What one computer measured of itself, beside the verdict on what it is configured to do. */
export interface MeasuredView {
  readonly target: string;
  readonly kind: string;
  readonly value: string;
  readonly differs: boolean;
  /** Against Group Policy and against the requirement; empty where nothing can be told. */
  readonly judged: readonly string[];
  readonly place: Breakable;
  readonly quote: string;
  readonly causes: readonly string[];
}

/** One row a computer and file: findings that are told as one still have evidence of their own. */
export function measuredViews(group: readonly Finding[], names: TargetNames): MeasuredView[] {
  return group.flatMap((finding) =>
    finding.measured.map((row) => ({
      target: names.list([finding])[0] ?? "",
      kind: row.kind,
      value: row.text,
      differs: row.agrees === false,
      judged: [agreesText(row, finding), meetsText(row)].filter((text) => text !== ""),
      place: placeOf(row.location),
      quote: row.quote ?? "",
      // What the finding itself rests on, its message explains.
      causes: isOwnRow(row, finding) ? [] : row.causes,
    })),
  );
}
