import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { overlayVfs } from "../util/overlay-vfs.ts";
import { bundledPack, example, readExport, repoPath, scanInputs } from "../util/run.ts";

const packs = [bundledPack("mdi")];

interface Domain {
  readonly title: string;
  readonly root: string;
  readonly sysvol: string;
  readonly directory: string;
  /** Files to damage beside those that hold the winners of failing settings. */
  readonly more: readonly string[];
}

function fixture(name: string, more: readonly string[] = []): Domain {
  const root = repoPath(`test/fixtures/rsop/${name}`);
  return { title: name, root, sysvol: `${root}/sysvol`, directory: `${root}/directory.ldif`, more };
}

const machine = (guid: string): string => `sysvol/corp.example/Policies/{${guid}}/Machine`;

/** Between them the files that make settings fail or leave them unknown are of every kind. */
const domains: readonly Domain[] = [
  { title: "the example", ...example, more: [] },
  fixture("17-whole-value-is-replaced"),
  fixture("26-legacy-stamps-categories"),
  fixture("31-sources-disagree", [
    `${machine("A0000031-0000-4000-8000-000000000003")}/Registry.pol`,
    `${machine("A0000031-0000-4000-8000-000000000002")}/Preferences/Registry/Registry.xml`,
  ]),
  fixture("32-delete-markers-remove", [`${machine("A0000032-0000-4000-8000-000000000002")}/Registry.pol`]),
];

function scanWith(domain: Domain, path: string | null, bytes: Uint8Array): ScanResult {
  const vfs = path === null ? undefined : overlayVfs(new Map([[`${domain.root}/${path}`, bytes]]));
  return scanInputs(readExport(domain.sysvol, [domain.directory], domain.root, vfs), packs);
}

/** What starts or ends a record, row or line, by file kind. */
const marks: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.pol$/i, ["[\0", "]\0", ";\0"]],
  [/\.inf$/i, ["\n\0"]],
  [/\.csv$/i, ["\n"]],
  [/\.xml$/i, ["<"]],
];

/** Every record boundary, and one byte to either side. */
function boundaries(path: string, bytes: Buffer): number[] {
  const found = new Set<number>([0, bytes.length]);
  for (const mark of marks.find(([kind]) => kind.test(path))?.[1] ?? []) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1))
      found.add(at).add(at + mark.length);
  }
  const near = [...found].flatMap((at) => [at - 1, at, at + 1]);
  return [...new Set(near)].filter((at) => at >= 0 && at <= bytes.length);
}

function* mutations(path: string, bytes: Buffer): Generator<readonly [string, Buffer]> {
  for (const at of boundaries(path, bytes)) {
    yield [`cut at ${at}`, bytes.subarray(0, at)];
    if (at >= bytes.length) continue;
    for (const mask of [0x01, 0x80]) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ mask;
      yield [`bit ${mask} flipped at ${at}`, flipped];
    }
  }
}

const key = ({ rule, target }: Finding): string => `${rule} ${target}`;

/** Complaints about one file that say a part of it could not be used. */
function errors(result: ScanResult, path: string): Diagnostic[] {
  return result.diagnostics.filter(
    (diagnostic) => diagnostic.path === path && diagnostic.severity !== "info",
  );
}

describe.each(domains)("damage never turns $title green", (domain) => {
  const before = scanWith(domain, null, new Uint8Array());
  const notGreen = new Set(before.findings.filter(({ verdict }) => verdict !== "pass").map(key));
  const blamed = before.findings.filter(({ verdict, location }) => verdict === "fail" && location !== null);
  const files = new Set([...blamed.map(({ location }) => location?.path ?? ""), ...domain.more]);

  it("has failures to hide", () => {
    expect(files.size).toBeGreaterThan(0);
  });

  it.each([...files])("%s", (path) => {
    const bytes = readFileSync(`${domain.root}/${path}`);
    const known = errors(before, path).length;
    const wrong: string[] = [];
    for (const [what, mutated] of mutations(path, bytes)) {
      const after = scanWith(domain, path, mutated);
      const turned = after.findings.filter(
        (finding) => finding.verdict === "pass" && notGreen.has(key(finding)),
      );
      // A well-formed file that says something else is believed; one that raises a complaint must not make a pass.
      const complaints = errors(after, path);
      const saysSo =
        complaints.length <= known ||
        complaints.some(({ code }) => code === "preg.signature" || code === "preg.version");
      if (turned.length > 0 && !saysSo)
        wrong.push(
          `${what}: ${turned.map(key).join(", ")} after ${complaints.map(({ code }) => code).join(", ")}`,
        );
    }
    expect(wrong).toEqual([]);
  });
});
