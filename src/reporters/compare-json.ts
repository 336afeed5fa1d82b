import type { Comparison } from "../model/comparison.ts";

/** The comparison itself: policies/schema/comparison.schema.json describes it. */
export function renderCompareJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}
