import { readFileSync, readdirSync, rmSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { lint, plantFiles } from "./util/oxlint.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Who may import what: the rule itself. `.oxlintrc.json` enforces it, docs/architecture.md says why. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  formats: ["model", "fast-xml-parser", "saxes"],
  sources: ["formats", "model", "node:fs"],
  "sources/ldap": ["sources", "formats", "model", "node:fs", "ldapts"],
  "sources/archive": ["sources", "formats", "model", "node:fs", "yauzl", "modern-tar"],
  engine: ["model"],
  checks: ["model"],
  "checks/files": ["checks", "model", "yaml"],
  "checks/packs": ["checks", "model", "yaml"],
  "checks/waivers": ["checks", "model", "yaml"],
  reporters: ["model"],
  "reporters/html": ["reporters", "model", "handlebars/runtime.js"],
  app: ["sources", "engine", "checks", "model", "version.gen.ts"],
  cli: ["app", "sources", "reporters", "model", "version.gen.ts", "node:fs", "yargs"],
  "bin.ts": ["cli", "node:process"],
  "index.ts": ["app", "sources", "formats", "engine", "checks", "reporters", "model", "version.gen.ts"],
};

const layers = Object.keys(mayImport).filter((unit) => !unit.includes("/") && !unit.endsWith(".ts"));
const topFiles = ["bin.ts", "index.ts", "version.gen.ts"];
const packages = [
  "node:fs",
  "node:process",
  "yargs",
  "handlebars/runtime.js",
  "fast-xml-parser",
  "ldapts",
  "saxes",
  "yauzl",
  "modern-tar",
  "yaml",
  "vitest",
];
const targets = [...layers, ...topFiles, ...packages];

describe("layers", () => {
  it("cover all of src", () => {
    const entries = readdirSync(join(root, "src"));
    expect(entries.filter((name) => !layers.includes(name) && !topFiles.includes(name))).toEqual([]);
  });

  it("are two folders deep at most, as far as the lint rules tell folders apart", () => {
    expect(sourceFiles().filter((path) => path.split("/").length > 4)).toEqual([]);
  });

  it("see every import: relative paths are in normal form and climb only at the start", () => {
    const odd = sourceFiles().flatMap((path) =>
      importsOf(readText(path)).filter(
        (specifier) =>
          specifier.startsWith(".") && !/^(\.\/|(\.\.\/)+)[^./][^/]*(\/[^./][^/]*)*$/.test(specifier),
      ),
    );
    expect(odd).toEqual([]);
  });

  it("import only what they may", () => {
    const offences = sourceFiles().flatMap((path) =>
      importsOf(readText(path)).flatMap((specifier) => {
        const [from, to] = [unitOf(path), targetOf(path, specifier)];
        return from === to || allows(from, to) ? [] : [`${path} imports ${specifier}`];
      }),
    );
    expect(offences).toEqual([]);
  });
});

describe("the linter, on planted imports", () => {
  const plants = plantImports();
  const folder = plantFiles(plants.files);
  afterAll(() => rmSync(folder, { recursive: true }));
  const caught = lint(folder, "-A", "all", "-D", "no-restricted-imports");

  it("refuses every forbidden one, value and type, with a reason, and no other", () => {
    expect(plants.forbidden.length).toBeGreaterThan(300);
    expect(caught.map(({ place }) => place).toSorted()).toEqual(plants.forbidden.toSorted());
    for (const { help } of caught) expect(help).toMatch(/ imports only | imports nothing| but cli/);
  });
});

describe("source files", () => {
  it.each(sourceFiles())("%s holds one idea: 300 lines at most", (path) => {
    expect(readText(path).split("\n").length).toBeLessThanOrEqual(301);
  });

  /** Each of these turns a failure into an answer; the reason stands beside it. */
  const quietCatches: Readonly<Record<string, string>> = {
    "src/formats/ldif/ldif-value.ts":
      "not text is an answer: who reads the attribute knows whether it must be",
    "src/formats/snapshot/parse-snapshot.ts":
      "not JSON is an answer: the reader of the line reports that it is no object",
    "src/formats/text/decode.ts":
      "not UTF-8 is an answer: the next encoding is tried, and a guess is reported",
  };

  it("catch nothing quietly; in formats and engine, nothing without a diagnostic", () => {
    const quiet = sourceFiles().filter((path) =>
      catchBlocks(readText(path)).some((block) =>
        /^src\/(formats|engine)\//.test(path)
          ? !/diagnostic|report|doubt/i.test(block)
          : /catch \{/.test(block),
      ),
    );
    expect(quiet).toEqual(Object.keys(quietCatches));
  });

  it.each([
    ["try {\n  a();\n} catch {\n  return null;\n}\n", ["} catch {\n  return null;\n}"]],
    [
      "  try {\n    a();\n  } catch (e) {\n    // diagnostics\n    b();\n  }\n",
      ["  } catch (e) {\n    \n    b();\n  }"],
    ],
  ])("are searched for catch blocks without comments: %j", (text, blocks) => {
    expect(catchBlocks(text)).toEqual(blocks);
  });
});

/** For each place a file can stand, a file that imports each target once as value and once as type. */
function plantImports() {
  const files = new Map<string, string>();
  const forbidden: string[] = [];
  const places = Object.keys(mayImport).flatMap((unit) => {
    if (unit.endsWith(".ts")) return [unit];
    if (unit === "reporters/html") return ["reporters/html-plant.ts", "reporters/html/plant.ts"];
    if (unit.includes("/")) return [`${unit}/plant.ts`];
    return [`${unit}/plant.ts`, `${unit}/sub/plant.ts`];
  });
  for (const place of places) {
    const lines: string[] = [];
    for (const target of targets) {
      const from = unitOf(`src/${place}`);
      if (target === from || target === place) continue;
      const specifier = packages.includes(target) ? target : relativeTo(place, target);
      lines.push(
        `import { a as v${lines.length} } from "${specifier}";`,
        `import type { b as T${lines.length} } from "${specifier}";`,
      );
      if (!allows(from, target))
        forbidden.push(`src/${place}:${lines.length - 1}`, `src/${place}:${lines.length}`);
    }
    files.set(`src/${place}`, `${lines.join("\n")}\n`);
  }
  return { files, forbidden };
}

function relativeTo(place: string, target: string): string {
  const file = target.endsWith(".ts") ? target : `${target}/some-file.ts`;
  const path = posix.relative(posix.dirname(place), file);
  return path.startsWith(".") ? path : `./${path}`;
}

/** The unit of `mayImport` that a file below src belongs to. */
function unitOf(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  if (first === "sources" && (second === "ldap" || second === "archive")) return `sources/${second}`;
  if (first === "checks" && ["files", "packs", "waivers"].includes(second)) return `checks/${second}`;
  return first === "reporters" && second.startsWith("html") ? "reporters/html" : first;
}

function allows(from: string, to: string): boolean {
  return (
    mayImport[from]?.some((allowed) => to === allowed || (allowed === "node:fs" && to.startsWith("node:"))) ??
    false
  );
}

/** What a specifier leads to: a layer, a file directly in src, or a package. */
function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const unit = unitOf(posix.join(posix.dirname(path), specifier));
  return unit.replace(/\/.*/, "");
}

function importsOf(text: string): string[] {
  const found = withoutComments(text).matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g);
  return [...found].map((match) => match[1] ?? "");
}

/** From each `catch` to the end of its block, by the indentation that the formatter guarantees. */
function catchBlocks(text: string): string[] {
  return [...withoutComments(text).matchAll(/^( *)\} catch\b[\s\S]*?\n\1\}/gm)].map((match) => match[0]);
}

function withoutComments(text: string): string {
  return text.replaceAll(/^ *\/\*\*?[\s\S]*?\*\/|\/\/ .*/gm, "");
}

function sourceFiles(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => `src/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !basename(path).includes(".gen."))
    .toSorted();
}

function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
