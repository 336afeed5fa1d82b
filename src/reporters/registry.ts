import type { Reporter } from "./reporter.ts";

/** Every format of `scan` and `render`, loaded when it is asked for: nobody waits for a format that is not wanted. */
const reporters = {
  pretty: async () => (await import("./pretty.ts")).prettyReporter,
  json: async () => (await import("./json.ts")).jsonReporter,
  sarif: async () => (await import("./sarif.ts")).sarifReporter,
  html: async () => (await import("./html.ts")).htmlReporter,
  junit: async () => (await import("./junit.ts")).junitReporter,
  markdown: async () => (await import("./markdown.ts")).markdownReporter,
  csv: async () => (await import("./csv.ts")).csvReporter,
  gitlab: async () => (await import("./gitlab.ts")).gitlabReporter,
} as const satisfies Record<string, () => Promise<Reporter>>;

export type ReporterId = keyof typeof reporters;

/** Ids of all formats, the one for people first. */
export const reporterIds: readonly string[] = Object.keys(reporters);

export function isReporterId(id: string): id is ReporterId {
  return Object.hasOwn(reporters, id);
}

/** Loads the reporter of a format. */
export function loadReporter(id: ReporterId): Promise<Reporter> {
  return reporters[id]();
}
