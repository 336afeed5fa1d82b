import type { Comparison } from "../model/comparison.ts";
import type { ReporterOptions } from "./reporter.ts";

export type RenderComparison = (comparison: Comparison, options: Pick<ReporterOptions, "color">) => string;

/** Every format of `compare`, loaded when it is asked for. */
const renderers = {
  pretty: async () => (await import("./compare-pretty.ts")).renderComparePretty,
  json: async () => (await import("./compare-json.ts")).renderCompareJson,
  markdown: async () => (await import("./compare-markdown.ts")).renderCompareMarkdown,
  html: async () => (await import("./html-compare.ts")).renderCompareHtml,
} as const satisfies Record<string, () => Promise<RenderComparison>>;

export type CompareFormat = keyof typeof renderers;

/** The one for people first. */
export const compareFormats = [
  "pretty",
  "json",
  "markdown",
  "html",
] as const satisfies readonly CompareFormat[];

export function isCompareFormat(id: string): id is CompareFormat {
  return Object.hasOwn(renderers, id);
}

export function loadCompareRenderer(id: CompareFormat): Promise<RenderComparison> {
  return renderers[id]();
}
