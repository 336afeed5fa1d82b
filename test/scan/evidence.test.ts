import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Location } from "../../src/model/location.ts";
import { isByteLocation } from "../../src/model/location.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { bundledPack, example, readExport, repoPath, scanInputs } from "../util/run.ts";

const packs = [bundledPack("mdi"), bundledPack("mdi-2021")];

interface Claim {
  readonly location: Location;
  readonly quote: string | null;
}

/** Every place that a result points at, with the text it claims to find there. */
function claims(result: ScanResult): Claim[] {
  const found: Claim[] = [];
  for (const finding of result.findings) {
    if (finding.location !== null) found.push({ location: finding.location, quote: finding.quote });
    for (const step of finding.chain)
      if (step.location !== null) found.push({ location: step.location, quote: step.quote });
  }
  for (const target of result.targets) {
    found.push({ location: target.location, quote: null });
    for (const { gptIni } of target.gpos) if (gptIni !== null) found.push({ location: gptIni, quote: null });
  }
  return found;
}

function decode(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe
    ? bytes.subarray(2).toString("utf16le")
    : bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** Folded LDIF lines hold only a piece of a value; the claim is then that the attribute starts there. */
function lineAt(text: string, line: number): string {
  return text.split(/\r\n|\n|\r/)[line - 1] ?? "(no such line)";
}

const cases = [
  { title: "the example", root: example.root, sysvol: example.sysvol, directory: example.directory },
  ...[
    "31-sources-disagree",
    "31-three-sources-of-a-value",
    "26-legacy-stamps-categories",
    "34-template-is-not-utf16",
  ].map((name) => {
    const root = repoPath(`test/fixtures/rsop/${name}`);
    return { title: name, root, sysvol: `${root}/sysvol`, directory: `${root}/directory.ldif` };
  }),
];

describe.each(cases)("every place that the result of $title cites", ({ root, sysvol, directory }) => {
  const result = scanInputs(readExport(sysvol, [directory], root), packs);
  const all = claims(result);

  it("exists, and holds what is quoted", () => {
    expect(all.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const { location, quote } of all) {
      const bytes = readFileSync(`${root}/${location.path}`);
      if (isByteLocation(location)) {
        const record = bytes.subarray(location.byteOffset, location.byteOffset + location.byteLength);
        const ok =
          record.subarray(0, 2).equals(Buffer.from("[\0")) && record.subarray(-2).equals(Buffer.from("]\0"));
        const name = quote?.split(" = ")[0]?.split("\\").at(-1) ?? "";
        if (!ok || !record.toString("utf16le").includes(name))
          wrong.push(`${location.path}@${location.byteOffset}: ${quote ?? ""}`);
        continue;
      }
      const text = lineAt(decode(bytes), location.line);
      if (text === "(no such line)" || (quote !== null && !text.includes(quote)))
        wrong.push(`${location.path}:${location.line}: '${quote ?? ""}' in '${text}'`);
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  it("a passing or failing row says the value that the finding reports", () => {
    for (const { setting, actual, quote, location, verdict } of result.findings) {
      if (location === null || quote === null || verdict === "unknown" || typeof actual !== "number")
        continue;
      if (
        setting?.startsWith("audit-subcategory/") === true &&
        location.path.toLowerCase().endsWith("audit.csv")
      ) {
        expect(quote.split(",").at(-1)?.trim()).toBe(String(actual));
        expect(quote.toLowerCase()).toContain(setting.slice("audit-subcategory/".length));
      }
    }
  });
});
