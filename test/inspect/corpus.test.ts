import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../util/cli.ts";
import { hasShared, sharedPath } from "../util/shared.ts";

/** The fields that both sides must agree on, by kind of the truth. */
const kinds = new Map<string, readonly string[]>([
  ["audit.csv", ["kind", "target", "guid", "value", "line"]],
  ["auditpol csv", ["kind", "target", "guid", "value", "line"]],
  ["GptTmpl.inf", ["section", "key", "value", "line", "fields"]],
  ["other security template", ["section", "key", "value", "line", "fields"]],
  ["registry.pol", ["key", "name", "type", "size", "hex", "offset"]],
  ["GPP Registry.xml", ["action", "key", "name", "type", "value"]],
  ["GPT.INI", ["section", "key", "value", "line"]],
]);

type Entry = Readonly<Record<string, unknown>>;

/** One line of `inspect --format jsonl`. */
interface Inspected {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly encoding: string;
  readonly bom: boolean;
  readonly entries: readonly Entry[];
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly detail: string;
  }[];
}

interface Truth {
  readonly kind: string;
  readonly encoding: string;
  readonly sha256: string;
  readonly size: number;
  readonly bom: boolean;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

const isHere = hasShared("corpus/truth", "the corpus of real files");

const inspectCorpus = () =>
  runCli(["inspect", sharedPath("corpus"), "--format", "jsonl", "--root", sharedPath("corpus")]);

// The body runs also where its tests are not.
describe.runIf(isHere)("inspect agrees with an independent parser on real files", async () => {
  const { code, stdout } = isHere ? await inspectCorpus() : { code: null, stdout: "" };
  const inspected = new Map(
    stdout
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "")
      .map((line): [string, Inspected] => {
        const file: Inspected = JSON.parse(line);
        return [file.path, file];
      }),
  );
  const truths = isHere ? readdirSync(sharedPath("corpus/truth")).sort() : [];
  const truthOf = (name: string): Readonly<Record<string, Truth>> =>
    JSON.parse(readFileSync(sharedPath(`corpus/truth/${name}`), "utf8"));

  test("everything could be read", () => {
    expect(code).toBe(0);
  });

  test.for(truths)("%s", (name) => {
    for (const [path, expected] of Object.entries(truthOf(name))) {
      const fields = kinds.get(expected.kind);
      if (fields === undefined) continue;
      const found = inspected.get(`${name.replace(/\.json$/, "")}/${path}`);
      expect({
        path,
        sha256: found?.sha256,
        size: found?.size,
        encoding: found?.encoding,
        bom: found?.bom,
        errors: found === undefined ? "not inspected" : errorsOf(found),
        entries: found?.entries.map((entry) => pick(entry, fields)),
      }).toEqual({
        path,
        sha256: expected.sha256,
        size: expected.size,
        encoding: expected.encoding.replace("utf-16-le", "utf-16le"),
        bom: expected.bom,
        errors: [],
        entries: expected.entries.map((entry) => pick(entry, fields)),
      });
    }
  });

  test("every kind occurs in the corpus", () => {
    const found = truths.flatMap((name) => Object.values(truthOf(name)).map(({ kind }) => kind));
    expect(found).toEqual(expect.arrayContaining([...kinds.keys()]));
  });
});

/** One template of the corpus really has numbers without digits; nothing else in it is broken. */
function errorsOf({ diagnostics }: Inspected): Inspected["diagnostics"] {
  return diagnostics.filter(
    ({ severity, code, detail }) =>
      severity === "error" && !(code === "inf.value-unusable" && detail.endsWith("=4,")),
  );
}

/** The named fields of an entry, those of the truth in our terms: rows are lines, and audit values are numbers. */
function pick(entry: Truth["entries"][number], fields: readonly string[]): Record<string, unknown> {
  const properties = entry["properties"];
  if (typeof properties === "object" && properties !== null) return pickProperties({ ...properties }, fields);
  const number = "row" in entry && /^\d+$/.test(String(entry["value"]));
  const value = number ? Number(entry["value"]) : entry["value"];
  const ours: Record<string, unknown> = { ...entry, line: entry["row"] ?? entry["line"], value };
  return Object.fromEntries(fields.filter((field) => field in ours).map((field) => [field, ours[field]]));
}

/** A preference item of the truth: its hive stands apart from the key. */
function pickProperties(entry: Truth["entries"][number], fields: readonly string[]): Record<string, unknown> {
  const ours: Record<string, unknown> = {
    ...entry,
    key: `${String(entry["hive"])}\\${String(entry["key"])}`,
  };
  return Object.fromEntries(fields.map((field) => [field, ours[field]]));
}
