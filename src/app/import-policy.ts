import { loadPack } from "../checks/packs/load-pack.ts";
import { problemText } from "../checks/files/problem.ts";
import type { LeftOut, PackDraft, RequirementDraft } from "../model/pack-draft.ts";
import type { SettingKey } from "../model/setting.ts";
import { settingName } from "../model/setting-names.ts";
import { sha256 } from "../sources/file-reader.ts";
import { listGpoContents } from "./gpo-contents.ts";
import { gpoLabel, headOf, pickGpos } from "./import-head.ts";
import type { PackHeadOptions } from "./import-head.ts";
import { ImportIds } from "./import-ids.ts";
import { expressValue } from "./import-requirements.ts";
import type { ImportedGpo, ImportSource } from "./import-source.ts";
import type { AloneGpo, State } from "./settle-import.ts";
import { prefixName, settleAlone } from "./settle-import.ts";

export interface ImportOptions extends PackHeadOptions {
  /** GUID or display name of the GPO to take; null: all, if they agree. */
  readonly gpo: string | null;
}

export type ImportResult =
  | {
      readonly ok: true;
      readonly draft: PackDraft;
      /** The GPOs that it was made of, for people. */
      readonly gpos: readonly string[];
      readonly leftOut: readonly LeftOut[];
      /** Why no computer would get some of it wherever the GPO is linked; a sentence each. */
      readonly notes: readonly string[];
    }
  /** A mistake of whoever asked; a clause without full stop. */
  | { readonly ok: false; readonly problem: string };

/** Makes a pack that asks for what GPOs set: "what we have now is the standard". */
export function importPolicy(source: ImportSource, options: ImportOptions): ImportResult {
  const picked = pickGpos(source.gpos, options.gpo);
  if (!picked.ok) return picked;
  const alone = picked.gpos.map(({ gpo }) => settleAlone(gpo, source.inputs));
  const merged = mergeStates(alone);
  const [conflict] = merged.conflicts;
  if (conflict !== undefined) {
    const more = merged.conflicts.length === 1 ? "" : ` (and ${merged.conflicts.length - 1} more settings)`;
    const problem = `${conflict.gpos.join(" and ")} set '${settingName(conflict.key)}' differently${more}: pick one with --gpo GUID or NAME`;
    return { ok: false, problem };
  }
  const leftOut = picked.gpos.flatMap(leftOutOf).concat(alone.flatMap(unreadOf));
  const requirements: RequirementDraft[] = [];
  const ids = new ImportIds();
  for (const [key, { state, from }] of merged.states) {
    const refused = addRequirements(key, state, ids, requirements);
    if (refused === null) continue;
    const location = from.written.get(key) ?? null;
    leftOut.push({ key, what: settingName(key), why: refused, location });
  }
  const gpos = picked.gpos.map(({ gpo }) => gpoLabel(gpo));
  const draft = { ...headOf(picked.gpos, options), requirements };
  const notes = listGpoContents(
    picked.gpos.map(({ gpo }) => gpo),
    null,
    [],
  ).flatMap((content) => content.notes);
  return { ok: true, draft, gpos, leftOut, notes };
}

/** What `policy check` says of a pack that was written from here; empty where nothing is wrong. */
export function checkWritten(text: string, file: string): readonly string[] {
  const loaded = loadPack({ id: file, file, text, sha256: sha256(text) });
  return loaded.ok ? [] : loaded.problems.map(problemText);
}

/** What the schema of packs allows. */
const mostRequirements = 2000;

/** Null, or why there is no requirement for it. */
function addRequirements(
  key: SettingKey,
  state: State,
  ids: ImportIds,
  requirements: RequirementDraft[],
): string | null {
  if (state.kind === "doubt") return `its value is not certain: ${state.why}`;
  if (state.kind === "absent") return "it is removed, and packs cannot ask for that";
  const expressed = expressValue(key, state.outcome);
  if (!expressed.ok) return expressed.why;
  if (requirements.length + expressed.expects.length > mostRequirements)
    return `a pack holds no more than ${mostRequirements} requirements`;
  for (const { suffix, expect } of expressed.expects) {
    requirements.push({ id: ids.next(key, suffix), setting: expressed.setting, expect, severity: "high" });
  }
  return null;
}

interface Merged {
  readonly states: ReadonlyMap<SettingKey, { readonly state: State; readonly from: AloneGpo }>;
  readonly conflicts: readonly { readonly key: SettingKey; readonly gpos: readonly string[] }[];
}

/** Every setting that one of the GPOs writes: a doubt of any of them is a doubt, and two certain ends are a conflict. */
function mergeStates(gpos: readonly AloneGpo[]): Merged {
  const keys = [...new Set(gpos.flatMap(({ written }) => [...written.keys()]))].sort();
  const states = new Map<SettingKey, { readonly state: State; readonly from: AloneGpo }>();
  const conflicts: { readonly key: SettingKey; readonly gpos: readonly string[] }[] = [];
  for (const key of keys) {
    const found = gpos.flatMap((from) => {
      const state = from.state(key);
      return state === null ? [] : [{ from, state }];
    });
    const [first] = found;
    if (first === undefined) continue;
    const doubtful = found.find(({ state }) => state.kind === "doubt");
    const other = found.find(({ state }) => JSON.stringify(state) !== JSON.stringify(first.state));
    if (doubtful === undefined && other !== undefined)
      conflicts.push({ key, gpos: [gpoLabel(first.from.gpo), gpoLabel(other.from.gpo)] });
    states.set(key, doubtful ?? first);
  }
  return { states, conflicts };
}

function leftOutOf({ unjudged }: ImportedGpo): readonly LeftOut[] {
  return unjudged.map(({ what, count }) => ({
    key: null,
    what: `${what}, ${count} row${count === 1 ? "" : "s"}`,
    why: "no pack asks for such settings",
    location: null,
  }));
}

/** Pieces of a GPO that are about more than one setting. */
function unreadOf({ open, sweeps }: AloneGpo): readonly LeftOut[] {
  return [
    ...open.map(({ keyPrefix, doubt }) => ({
      key: null,
      what: prefixName(keyPrefix),
      why: `there may be more of them: ${doubt.text}`,
      location: null,
    })),
    ...sweeps.map(({ keyPrefix, location }) => ({
      key: null,
      what: `removal of all ${prefixName(keyPrefix)}`,
      why: "packs cannot ask for that",
      location,
    })),
  ];
}
