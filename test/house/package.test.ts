import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}
interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest: Manifest = readJson("package.json");
const lock: { readonly version: string; readonly packages: Readonly<Record<string, Entry>> } =
  readJson("package-lock.json");
const declared = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

describe("package.json", () => {
  it.each(declared)("pins %s to the one version that the lock holds: %s", (name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
  });

  it.each(Object.entries(manifest.scripts))("script %s needs no shell: %s", (_, command) => {
    expect(command).not.toMatch(/[&|;<>$`'"*%]|\b(rm|cp|mv|cat|export)\b/);
  });
});

describe("package-lock.json", () => {
  it("belongs to this version of the package", () => {
    expect(lock.version).toBe(manifest.version);
  });

  it("vouches for every package by its hash, and names no place to fetch it from", () => {
    const entries = Object.entries(lock.packages).filter(([path]) => path !== "");
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
    expect(entries.filter(([, { resolved, link }]) => resolved !== undefined || link === true)).toEqual([]);
  });
});

function readJson(path: string) {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
}
