import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSavedResult } from "../../src/app/saved-result.ts";
import type { Finding } from "../../src/model/result.ts";
import { jsonReporter } from "../../src/reporters/json.ts";
import { sampleResult, undirectedResult } from "../util/sample-result.ts";
import { waivedResult } from "../util/waivers.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const folder = mkdtempSync(join(tmpdir(), "gpolint-saved-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "result.json");

function read(bytes: string | Uint8Array) {
  writeFileSync(path, bytes);
  return readSavedResult(path, "result.json");
}
const problem = (bytes: string | Uint8Array): string | null => {
  const result = read(bytes);
  return result.ok ? null : result.problem;
};

/** The sample as JSON, with one thing changed. */
function changed(change: (document: Record<string, never>) => void): string {
  const document = JSON.parse(JSON.stringify(sampleResult)) as Record<string, never>;
  change(document);
  return JSON.stringify(document);
}

describe("a saved result", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["whatif", whatIfResult],
  ])("%s: is read as it was written, byte for byte", (_, result) => {
    const text = jsonReporter.render(result, { color: false });
    const again = read(text);
    if (!again.ok) throw new Error(again.problem);
    expect(again.saved.path).toBe("result.json");
    expect(jsonReporter.render(again.saved.result, { color: false })).toBe(text);
  });

  it("may be UTF-16 or have a byte order mark, as Windows PowerShell writes it", () => {
    const text = JSON.stringify(sampleResult);
    expect(problem(Buffer.from(`\uFEFF${text}`, "utf16le"))).toBeNull();
    expect(problem(`\uFEFF${text}`)).toBeNull();
  });

  it("of an earlier gpolint has what it lacks filled in: there was no baseline and no waiver", () => {
    const text = JSON.stringify(sampleResult, (key, value: unknown) =>
      ["baseline", "failOnNew", "waiver", "waivers"].includes(key) ? undefined : value,
    );
    const old = read(text);
    if (!old.ok) throw new Error(old.problem);
    expect(old.saved.result.run).toMatchObject({ baseline: null, failOnNew: false });
    expect(
      old.saved.result.findings.every(({ baseline, waiver }) => baseline === null && waiver === null),
    ).toBe(true);
  });

  it("of a later gpolint may have more", () => {
    expect(problem(changed((document) => Object.assign(document, { later: [{ thing: 1 }] })))).toBeNull();
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /^it is not JSON/],
    ["a cut file", JSON.stringify(sampleResult).slice(0, -100), /^it is not JSON; it may be cut/],
    ["bytes that are no text", Uint8Array.of(0x7b, 0xff, 0x7d), /^it is not JSON/],
    ["a list", "[]", /^it is not a result of gpolint scan --format json$/],
    ["another document", '{"schemaVersion":"1.0","targets":[]}', /^it is not a result of gpolint scan/],
    [
      "another schema",
      changed((document) => Object.assign(document, { schemaVersion: "2.0" })),
      /^it has schema version 2\.0, and this gpolint reads 1\.0$/,
    ],
    [
      "a verdict that there is not",
      changed(({ findings = [] }) => Object.assign(findings[0] ?? {}, { verdict: "fine" })),
      /^it is not a result of gpolint scan: \/findings\/0\/verdict enum/,
    ],
    [
      "a failure that was taken out",
      changed(({ findings = [] }) => (findings as unknown[]).shift()),
      /^its counts are not those of its findings: it was cut or edited$/,
    ],
    [
      "a failure that was made a pass",
      changed(({ findings = [] }) => Object.assign(findings[0] ?? {}, { verdict: "pass" })),
      /^its counts are not those of its findings/,
    ],
    [
      "totals of a computer that its findings do not have",
      changed(({ targets = [] }) => {
        const [first] = targets as { counts: Record<string, number> }[];
        if (first !== undefined) first.counts = { ...first.counts, fail: 99 };
      }),
      /^its counts are not those of its findings/,
    ],
    [
      "a failure with a waiver that holds",
      changed(({ findings = [] }) => {
        const waiver = waivedResult().findings.find((item) => item.waiver?.hold === "applied")?.waiver;
        Object.assign((findings as Finding[]).find(({ verdict }) => verdict === "fail") ?? {}, { waiver });
      }),
      /whose verdict and waiver contradict each other: it was edited$/,
    ],
    [
      "a rule that it does not have",
      changed(({ findings = [] }) => Object.assign(findings[0] ?? {}, { rule: "x.y" })),
      /^it has a finding of rule 'x\.y', which it does not list$/,
    ],
  ])("is refused where it is %s", (_, bytes, message) => {
    expect(problem(bytes)).toMatch(message);
  });

  it("that is not there, or a folder, is said to be", () => {
    expect(readSavedResult(join(folder, "none.json"))).toEqual({
      ok: false,
      problem: "no such file or folder",
    });
    expect(readSavedResult(folder).ok).toBe(false);
  });
});
