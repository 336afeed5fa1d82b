import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import { newestBackups } from "../../src/sources/backup-history.ts";

interface Made {
  readonly path: string;
  readonly asOf: string | null;
  readonly domain?: string | null;
  readonly guid?: string;
  readonly source?: Proposal["source"];
}

function make({ path, asOf, domain = "corp.example", guid = "g", source = "backup" }: Made): Proposal {
  const gpt = {
    guid,
    domainLabel: domain,
    path,
    empty: false,
    unreadable: null,
    gptIni: null,
    parts: [],
  } as const;
  return { source, gpt, displayName: null, domain, facts: null, asOf, links: null };
}

/** What stays, and what is said of the others. */
function newest(...made: readonly Made[]): readonly (readonly string[])[] {
  const diagnostics: Diagnostic[] = [];
  const staying = newestBackups(made.map(make), diagnostics);
  return [
    staying.map(({ gpt }) => gpt.path),
    diagnostics.map(({ code, path, detail }) => `${code} ${path}: ${detail}`),
  ];
}

const [old, recent] = ["2025-12-31T23:59:59", "2026-01-02T03:04:05"] as const;

describe("the backups of one GPO", () => {
  it("are its history, of which the newest counts", () => {
    expect(newest({ path: "b", asOf: recent }, { path: "a", asOf: old })).toEqual([
      ["b"],
      [`backup.superseded a: ${old}, and b: ${recent}`],
    ]);
    expect(newest({ path: "a", asOf: `${old}.5` }, { path: "b", asOf: old })[0]).toEqual(["a"]);
  });

  const undecided: readonly (readonly [title: string, first: Made, second: Made])[] = [
    ["equal", { path: "a", asOf: recent }, { path: "b", asOf: recent }],
    ["missing", { path: "a", asOf: recent }, { path: "b", asOf: null }],
    ["no time", { path: "a", asOf: recent }, { path: "b", asOf: "yesterday" }],
    ["no day", { path: "a", asOf: recent }, { path: "b", asOf: "2026-02-31T25:00:00" }],
    ["in another form", { path: "a", asOf: recent }, { path: "b", asOf: "02.01.2026 03:04:06" }],
  ];
  it.each(undecided)("all stay where their times are %s", (_title, first, second) => {
    const [staying, notes = []] = newest(first, second);
    expect(staying).toEqual(["a", "b"]);
    expect(notes.map((text) => text.split(":")[0])).toEqual(["backup.several a", "backup.several b"]);
  });

  it("older than two of one time are history all the same", () => {
    const [staying, notes = []] = newest(
      { path: "a", asOf: old },
      { path: "b", asOf: recent },
      { path: "c", asOf: recent },
    );
    expect(staying).toEqual(["b", "c"]);
    expect(notes.map((text) => text.split(":")[0])).toEqual([
      "backup.superseded a",
      "backup.several b",
      "backup.several c",
    ]);
  });

  it("are those of the same GUID and domain; a report or a folder is no backup", () => {
    const others: readonly Made[] = [
      { path: "b", asOf: old, guid: "h" },
      { path: "c", asOf: old, domain: "other.example" },
      { path: "d", asOf: old, domain: null },
      { path: "e", asOf: old, source: "report" },
      { path: "f", asOf: null, source: "sysvol" },
    ];
    expect(newest({ path: "a", asOf: recent }, ...others)).toEqual([["a", "b", "c", "d", "e", "f"], []]);
  });
});
