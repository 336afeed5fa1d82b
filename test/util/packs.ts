import { loadPack } from "../../src/checks/packs/load-pack.ts";
import type { LoadedPack } from "../../src/checks/packs/load-pack.ts";
import type { TextFile } from "../../src/checks/files/problem.ts";
import { problemText } from "../../src/checks/files/problem.ts";
import type { PolicyPack } from "../../src/model/requirement.ts";

export function packSource(text: string, file = "test.yaml"): TextFile {
  return { id: file, file, text, sha256: "0".repeat(64) };
}

/** Loads a pack from text; `others` are the files that it may extend, by name. */
export function loadText(text: string, others: Readonly<Record<string, string>> = {}): LoadedPack {
  return loadPack(packSource(text), (reference) => {
    const other = others[reference];
    return other === undefined
      ? { ok: false, problem: "no such file", names: Object.keys(others) }
      : { ok: true, source: packSource(other, reference) };
  });
}

/** Everything that is wrong with a pack, `file:line:col: text` each; empty where nothing is. */
export function problemsOf(text: string, others?: Readonly<Record<string, string>>): readonly string[] {
  const loaded = loadText(text, others);
  return loaded.ok ? [] : loaded.problems.map(problemText);
}

/** A pack that must be valid. */
export function validPack(text: string, others?: Readonly<Record<string, string>>): PolicyPack {
  const loaded = loadText(text, others);
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join("\n"));
  return loaded.pack;
}

/** The fields that every pack has, in front of `rest`: eight lines. */
export function packText(rest: string, name = "test-pack"): string {
  return `name: ${name}
title: A pack
version: 1.0.0
date: 2026-01-02
source: a source
licence: own words

${rest}`;
}
