import { suggestion } from "../files/nearest.ts";
import type { FileProblem } from "../files/problem.ts";
import { shown } from "../files/problem.ts";
import { askBoth, ownAppliesTo } from "./applies-to-of-pack.ts";
import type { AppliesToInFile, RequirementField, RequirementInFile } from "./pack-file.ts";
import type { Parameters } from "./read-expectation.ts";
import { readExpectation } from "./read-expectation.ts";
import type { Draft, Family, ResolvedPack } from "./resolved-pack.ts";
import type { Shaped } from "./shape.ts";

export interface Drafts {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly problems: readonly FileProblem[];
}

/** What a pack gets from those that it extends, without what it removes and with the parameters as it sets them. */
export function inherit(shaped: Shaped, family: Family, parameters: Parameters): Drafts {
  const { document } = shaped;
  const { parents } = family;
  const problems: FileProblem[] = [];
  const drafts = new Map<string, Draft>();
  const removed = readRemoved(shaped, family, problems);
  const own = ownById(shaped);
  for (const parent of parents) {
    for (const inheritedDraft of parent.drafts.values()) {
      const draft = fromParent(inheritedDraft, parent, ownAppliesTo(shaped));
      const { id } = draft;
      const other = drafts.get(id);
      if (removed.has(id)) continue;
      if (other === undefined) drafts.set(id, draft);
      else if (asksTheSame(other, draft)) drafts.set(id, askBoth(other, draft));
      else if (!settles(own.get(id), other, draft)) {
        // Whichever were taken, the other pack would not be met.
        const text = `found '${id}' twice in what is extended, each time another requirement, expected it in 'remove' or written here`;
        problems.push(document.problem(["extends"], text, "name"));
      }
    }
  }
  for (const draft of drafts.values()) drafts.set(draft.id, refill(draft, shaped, parameters, problems));
  return { drafts, problems };
}

/** Its facts stay those of the pack that it comes from; so does for whom it is, where this pack does not say. */
function fromParent(draft: Draft, { file }: ResolvedPack, own: AppliesToInFile): Draft {
  const { fields, appliesTo } = draft;
  return {
    ...draft,
    appliesTo: { ...appliesTo, ...own },
    fields: { ...fields, source: fields.source ?? file.source },
  };
}

function readRemoved(
  { document, file, isReadable, isSound }: Shaped,
  { parents, isWhole }: Family,
  problems: FileProblem[],
): ReadonlySet<string> {
  const removed = new Set<string>();
  if (!isReadable(["remove"])) return removed;
  const known = new Set(parents.flatMap(({ drafts }) => [...drafts.keys()]));
  (file.remove ?? []).forEach((id, index) => {
    const path = ["remove", index];
    if (!isSound(path)) return;
    if (known.has(id)) removed.add(id);
    else if (isWhole) {
      const text = `found ${shown(id)} in 'remove', expected the id of an inherited requirement${suggestion(id, known)}`;
      problems.push(document.problem(path, text));
    }
  });
  return removed;
}

function ownById({ file, isReadable, isSound }: Shaped): ReadonlyMap<string, RequirementInFile> {
  if (!isReadable(["requirements"])) return new Map();
  return new Map(
    (file.requirements ?? []).flatMap((own, index) =>
      isReadable(["requirements", index]) && isSound(["requirements", index, "id"]) ? [[own.id, own]] : [],
    ),
  );
}

/** Whether the file itself says all that two inherited requirements of one id say differently. */
function settles(own: RequirementInFile | undefined, one: Draft, other: Draft): boolean {
  if (own === undefined) return false;
  if (own.check !== undefined) return true;
  const differ = (of: (draft: Draft) => unknown): boolean =>
    JSON.stringify(of(one) ?? null) !== JSON.stringify(of(other) ?? null);
  const says = (field: RequirementField): boolean => own[field] !== undefined;
  return (
    (says("setting") || !differ(({ key, fields }) => [key, fields.check])) &&
    (says("expect") || !differ(({ expect }) => expect)) &&
    (says("parameters") || says("setting") || !differ(({ fields }) => fields.parameters)) &&
    (says("whenNotConfigured") || !differ(({ fields }) => fields.whenNotConfigured ?? "fail"))
  );
}

function asksTheSame(one: Draft, other: Draft): boolean {
  const asked = ({ key, expect, fields }: Draft): string =>
    JSON.stringify([
      key,
      expect,
      fields.check ?? null,
      fields.parameters ?? null,
      fields.whenNotConfigured ?? "fail",
    ]);
  return asked(one) === asked(other);
}

/** The same requirement with other values of its parameters. */
function refill(draft: Draft, { document }: Shaped, parameters: Parameters, problems: FileProblem[]): Draft {
  const { expect: raw } = draft.fields;
  if (raw === undefined || draft.expect === null) return draft;
  const read = readExpectation(raw, parameters);
  if (!read.ok) {
    for (const { text } of read.faults)
      problems.push(document.problem(["set"], `in the inherited requirement '${draft.id}': ${text}`, "name"));
    return draft;
  }
  const isSame = JSON.stringify(read.expect) === JSON.stringify(draft.expect);
  return isSame
    ? draft
    : { ...draft, expect: read.expect, fields: without(draft.fields, textsOfExpectation) };
}

/** What says in words, or in events, what is expected: wrong as soon as something else is. */
export const textsOfExpectation: readonly RequirementField[] = [
  "title",
  "expectText",
  "events",
  "remediation",
  "notes",
];

/** What is about the setting, whatever is expected of it. */
export const textsOfSetting: readonly RequirementField[] = [
  "settingName",
  "rationale",
  "detections",
  "mappings",
  "scale",
];

export function without(fields: RequirementInFile, names: readonly RequirementField[]): RequirementInFile {
  const rest: Record<string, unknown> = { ...fields };
  for (const name of names) delete rest[name];
  return { ...rest, id: fields.id };
}
