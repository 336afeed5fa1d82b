import { auditSubcategoryPrefix, eventLogSizePrefix, userRightPrefix } from "../../model/setting.ts";
import type { SettingKey } from "../../model/setting.ts";
import type { Outcome } from "../../model/effective.ts";
import { settingName } from "../../model/setting-names.ts";
import { meets } from "../judge.ts";
import { suggestion } from "../files/nearest.ts";
import type { ParameterValue, SelfTest } from "./pack-file.ts";
import type { FileProblem } from "../files/problem.ts";
import { shown } from "../files/problem.ts";
import type { Path } from "../files/positioned.ts";
import { auditNumber } from "./read-expectation.ts";
import type { Draft } from "./resolved-pack.ts";
import { readSetting } from "./setting-of-pack.ts";
import type { Shaped } from "./shape.ts";

type Values = ReadonlyMap<SettingKey, Outcome>;

export interface SelfTests {
  /** How many were run. */
  readonly count: number;
  readonly problems: readonly FileProblem[];
}

/** Runs the self-tests of a file on its requirements, inherited ones among them. */
export function runSelfTests(shaped: Shaped, drafts: ReadonlyMap<string, Draft>): SelfTests {
  const { file, isReadable, isSound } = shaped;
  if (!isReadable(["tests"])) return { count: 0, problems: [] };
  const problems = (file.tests ?? []).flatMap((test, index) =>
    isSound(["tests", index]) ? runTest(test, ["tests", index], shaped, drafts) : [],
  );
  return { count: file.tests?.length ?? 0, problems };
}

function runTest(
  test: SelfTest,
  path: Path,
  { document }: Shaped,
  drafts: ReadonlyMap<string, Draft>,
): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const values = new Map<SettingKey, Outcome>();
  for (const [name, value] of Object.entries(test.settings)) {
    const read = readTested(name, value, drafts);
    if (read.ok && values.has(read.key)) {
      const text = `found the setting ${shown(name)} a second time under another name, expected each only once`;
      problems.push(document.problem([...path, "settings", name], text, "name"));
    } else if (read.ok) values.set(read.key, read.outcome);
    else problems.push(document.problem([...path, "settings", name], read.text, read.part));
  }
  const known = [...drafts.values()].filter(({ fields }) => fields.check === undefined).map(({ id }) => id);
  test.fails.forEach((id, index) => {
    if (known.includes(id)) return;
    const text = `found ${shown(id)} in 'fails', expected the id of a requirement that asks for a setting${suggestion(id, known)}`;
    problems.push(document.problem([...path, "fails", index], text));
  });
  // Where a requirement is wrong, what it fails on is not known.
  if (problems.length > 0 || [...drafts.values()].some(isBroken)) return problems;
  const failing = known.filter((id) => fails(drafts.get(id), values));
  const isSame = failing.length === test.fails.length && failing.every((id) => test.fails.includes(id));
  if (isSame) return [];
  const text = `self-test ${shown(test.name)}: found that ${listOf(failing)}, expected ${listOf(test.fails)}`;
  return [document.problem([...path, "fails"], text)];
}

function isBroken({ key, expect, fields }: Draft): boolean {
  return fields.check === undefined && (key === null || expect === null);
}

function fails(draft: Draft | undefined, values: Values): boolean {
  if (draft === undefined || draft.key === null || draft.expect === null) return false;
  const { expect, fields } = draft;
  const outcome = values.get(draft.key) ?? { kind: "absent" };
  return meets({ expect, whenNotConfigured: fields.whenNotConfigured ?? "fail" }, outcome) === false;
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0
    ? "none fails"
    : `${ids.toSorted().join(", ")} ${ids.length === 1 ? "fails" : "fail"}`;
}

type Tested =
  | { readonly ok: true; readonly key: SettingKey; readonly outcome: Outcome }
  | { readonly ok: false; readonly text: string; readonly part: "name" | "value" };

function readTested(name: string, value: ParameterValue, drafts: ReadonlyMap<string, Draft>): Tested {
  const read = readSetting(name);
  if (!read.ok) return { ok: false, text: read.text, part: "name" };
  const { key } = read;
  const asked = [...drafts.values()].flatMap((draft) => draft.key ?? []);
  if (!asked.includes(key)) {
    const names = [...new Set(asked)].map((own) => settingName(own));
    const text = `found the setting ${shown(name)}, expected one that the pack asks for${suggestion(name, names)}`;
    return { ok: false, text, part: "name" };
  }
  const outcome = toOutcome(key, value);
  if (outcome !== null) return { ok: true, key, outcome };
  return { ok: false, text: `found ${shown(value)}, expected ${wantedValue(key)}`, part: "value" };
}

/** A value as the engine would give it; null where the setting cannot have it. */
function toOutcome(key: SettingKey, value: ParameterValue): Outcome | null {
  if (key.startsWith(auditSubcategoryPrefix)) {
    const number = typeof value === "string" ? auditNumber(value) : value;
    const isAudit = number === 0 || number === 1 || number === 2 || number === 3;
    return isAudit ? { kind: "value", value: number, type: null } : null;
  }
  if (key.startsWith(userRightPrefix)) {
    return typeof value === "object" ? { kind: "value", value: value.map(String), type: null } : null;
  }
  if (key.startsWith(eventLogSizePrefix)) {
    return typeof value === "number" ? { kind: "value", value, type: null } : null;
  }
  if (typeof value === "number") return { kind: "value", value, type: registryTypes.number };
  return typeof value === "string"
    ? { kind: "value", value, type: registryTypes.text }
    : { kind: "value", value: value.map(String), type: registryTypes.list };
}

/** REG_DWORD, REG_SZ and REG_MULTI_SZ. */
const registryTypes = { number: 4, text: 1, list: 7 } as const;

function wantedValue(key: SettingKey): string {
  if (key.startsWith(auditSubcategoryPrefix))
    return "0 to 3, or no auditing, success, failure, success and failure";
  return key.startsWith(userRightPrefix) ? "a list of SIDs or names" : "a number of KB";
}
