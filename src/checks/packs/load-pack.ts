import type { PackOrigin, PolicyPack, Requirement } from "../../model/requirement.ts";
import { checkTexts, deriveCheck, deriveSetting } from "./derive.ts";
import type { CheckTexts, PackDefaults } from "./derive.ts";
import type { RequirementInFile } from "./pack-file.ts";
import type { FileProblem, TextFile } from "../files/problem.ts";
import { orList } from "../files/problem.ts";
import type { Draft, ResolvedPack } from "./resolved-pack.ts";
import type { ReadPack } from "./resolve-pack.ts";
import { PackResolver } from "./resolve-pack.ts";

export type LoadedPack =
  | { readonly ok: true; readonly pack: PolicyPack; readonly testCount: number }
  /** Everything that is wrong, in this file and in those that it extends. */
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Reads a policy pack in JSON or YAML, with the packs that it extends, and runs its self-tests. */
export function loadPack(source: TextFile, read: ReadPack = readNone): LoadedPack {
  const resolver = new PackResolver(read);
  const resolved = resolver.resolve(source);
  const drafts = resolved === null ? [] : [...resolved.drafts.values()];
  const problems = [...resolver.problems, ...drafts.flatMap(lackingTexts)];
  if (resolved === null || problems.length > 0) return { ok: false, problems: inOrder(problems, source) };
  const { file } = resolved;
  const requirements = drafts.map((draft) =>
    derive(draft, { name: file.name, source: file.source, appliesTo: draft.appliesTo }),
  );
  const { name, title, version, date, source: origin, licence } = file;
  const { sha256 } = source;
  const inherits = resolved.ancestors.map(toOrigin);
  const pack = { name, title, version, date, source: origin, licence, sha256, requirements };
  return {
    ok: true,
    pack: inherits.length === 0 ? pack : { ...pack, inherits },
    testCount: resolved.testCount,
  };
}

function readNone(): ReturnType<ReadPack> {
  return { ok: false, problem: "no other pack can be read from here", names: [] };
}

function toOrigin({ file, source }: ResolvedPack): PackOrigin {
  return { name: file.name, version: file.version, sha256: source.sha256 };
}

function derive({ fields, key, expect }: Draft, defaults: PackDefaults): Requirement {
  if (key !== null && expect !== null) return deriveSetting(fields, key, expect, defaults);
  if (hasTexts(fields)) return deriveCheck(fields, defaults);
  throw new Error(`the requirement '${fields.id}' is incomplete, and nothing said so`);
}

function hasTexts(fields: RequirementInFile): fields is RequirementInFile & CheckTexts {
  return checkTexts.every((field) => fields[field] !== undefined);
}

function lackingTexts({ fields, document, path }: Draft): readonly FileProblem[] {
  const lacking = checkTexts.filter((field) => fields[field] === undefined);
  if (fields.check === undefined || lacking.length === 0) return [];
  const text = `found no ${orList(lacking)} in requirement '${fields.id}' with check, expected each of them`;
  return [document.problem(path, text)];
}

/** Each problem once, those of the file that was asked for first, top to bottom. */
function inOrder(problems: readonly FileProblem[], { file }: TextFile): readonly FileProblem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const rank = (problem: FileProblem): string => (problem.file === file ? "" : problem.file);
  return [...seen.values()].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1;
    return a.line - b.line || a.column - b.column || (a.text < b.text ? -1 : 1);
  });
}
