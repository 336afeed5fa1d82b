import type { Expectation } from "../../model/requirement.ts";
import type { SettingKey } from "../../model/setting.ts";
import { isKnownEvent, nearestEvents } from "../../model/audit-events.ts";
import type { Drafts } from "./inherit.ts";
import { textsOfExpectation, textsOfSetting, without } from "./inherit.ts";
import { suggestion } from "../files/nearest.ts";
import type { Path, Positioned } from "../files/positioned.ts";
import type { FileProblem } from "../files/problem.ts";
import { orList } from "../files/problem.ts";
import type { AppliesToInFile, RequirementField, RequirementInFile } from "./pack-file.ts";
import type { Parameters } from "./read-expectation.ts";
import { readExpectation } from "./read-expectation.ts";
import type { Draft, Family } from "./resolved-pack.ts";
import { misfit, readSetting } from "./setting-of-pack.ts";
import type { Shaped } from "./shape.ts";
import { checkShape } from "./shape.ts";

/** The requirements that stand in a file, each on top of the inherited one of its id. */
export function ownRequirements(shaped: Shaped, around: Surroundings): Drafts {
  const { file, isReadable } = shaped;
  const reader = new RequirementReader(shaped, around);
  if (isReadable(["requirements"])) {
    (file.requirements ?? []).forEach((raw, index) => {
      if (isReadable(["requirements", index])) reader.read(raw, ["requirements", index]);
    });
  }
  return reader;
}

/** What the requirements of a file stand in. */
interface Surroundings {
  readonly inherited: ReadonlyMap<string, Draft>;
  readonly parameters: Parameters;
  readonly family: Family;
  readonly appliesTo: AppliesToInFile;
}

class RequirementReader implements Drafts {
  readonly drafts = new Map<string, Draft>();
  readonly problems: FileProblem[] = [];
  readonly #shaped: Shaped;
  readonly #inherited: ReadonlyMap<string, Draft>;
  readonly #parameters: Parameters;
  readonly #family: Family;
  readonly #appliesTo: AppliesToInFile;

  constructor(shaped: Shaped, { inherited, parameters, family, appliesTo }: Surroundings) {
    this.#shaped = shaped;
    this.#inherited = inherited;
    this.#parameters = parameters;
    this.#family = family;
    this.#appliesTo = appliesTo;
  }

  read(raw: RequirementInFile, path: Path): void {
    const id = this.#id(raw, path);
    const base = id === null ? undefined : this.#inherited.get(id);
    const own = this.#soundFields(raw, path);
    const key = own.setting === undefined ? (base?.key ?? null) : this.#key(own.setting, path);
    const expect = own.expect === undefined ? (base?.expect ?? null) : this.#expect(own.expect, path);
    this.#events(own, path);
    this.#isComplete(raw, base, path);
    const fits =
      (own.setting === undefined && own.expect === undefined) || this.#fits(own, key, expect, path);
    if (id === null) return;
    if (base !== undefined && own.parameters !== undefined) this.#newParameters(base, own, path);
    const fields = base === undefined ? own : merge(base, own, { key, expect });
    const isCheck = fields.check !== undefined;
    const { document } = this.#shaped;
    this.drafts.set(id, {
      id,
      fields,
      key: isCheck ? null : key,
      expect: isCheck || !fits ? null : expect,
      appliesTo: base?.appliesTo ?? this.#appliesTo,
      document,
      path,
    });
  }

  #problem(path: Path, text: string, part?: "name"): void {
    this.problems.push(this.#shaped.document.problem(path, text, part));
  }

  /** Null where it has none that can be used. */
  #id(raw: RequirementInFile, path: Path): string | null {
    if (!has(raw, "id") || !this.#shaped.isSound([...path, "id"])) return null;
    if (!this.drafts.has(raw.id)) return raw.id;
    this.#problem([...path, "id"], `found the id '${raw.id}' a second time, expected each only once`);
    return null;
  }

  /** The fields that are as the schema wants them. */
  #soundFields(raw: RequirementInFile, path: Path): RequirementInFile {
    const names = Object.keys(raw).filter((name) => !this.#shaped.isSound([...path, name]));
    const rest: Record<string, unknown> = { ...raw };
    for (const name of names) delete rest[name];
    return { ...rest, id: raw.id };
  }

  #key(name: string, path: Path): SettingKey | null {
    const read = readSetting(name);
    if (read.ok) return read.key;
    this.#problem([...path, "setting"], read.text);
    return null;
  }

  #expect(raw: NonNullable<RequirementInFile["expect"]>, path: Path): Expectation | null {
    const read = readExpectation(raw, this.#parameters);
    if (read.ok) return read.expect;
    for (const fault of read.faults) this.#problem([...path, "expect", ...fault.path], fault.text);
    return null;
  }

  #events({ events = [] }: RequirementInFile, path: Path): void {
    events.forEach((event, index) => {
      const { id, log } = typeof event === "number" ? { id: event, log: "Security" } : event;
      if (log !== "Security" || isKnownEvent(id)) return;
      const near = orList(nearestEvents(id, 3).map(String));
      const own = ["events", index, ...(typeof event === "number" ? [] : ["id"])];
      this.#problem(
        [...path, ...own],
        `found the event ${id}, expected one that the Security log knows; did you mean ${near}?`,
      );
    });
  }

  #isComplete(raw: RequirementInFile, base: Draft | undefined, path: Path): void {
    if (base !== undefined || has(raw, "check")) return;
    const name = has(raw, "id") && typeof raw.id === "string" ? ` '${raw.id}'` : "";
    const lacking = (["setting", "expect"] as const).filter((field) => !has(raw, field));
    if (lacking.length === 0) return;
    if (lacking.length === 1) {
      this.#problem(path, `found no '${lacking.join("")}' in requirement${name}, expected one`);
      return;
    }
    if (!this.#family.isWhole) return;
    const other = this.#family.parents.length > 0 ? ", or the id of an inherited requirement" : "";
    const near = typeof raw.id === "string" ? suggestion(raw.id, this.#inherited.keys()) : "";
    this.#problem(
      path,
      `found neither setting nor check in requirement${name}, expected one of them${other}${near}`,
    );
  }

  #fits(own: RequirementInFile, key: SettingKey | null, expect: Expectation | null, path: Path): boolean {
    const text = key === null || expect === null ? null : misfit(expect.operator, key);
    if (text === null) return true;
    const place =
      typeof own.expect === "object"
        ? ["expect", "operator"]
        : [own.expect === undefined ? "setting" : "expect"];
    this.#problem([...path, ...place], text);
    return false;
  }

  /** Held against the inherited check; and its texts are not worked out: the inherited ones speak of other parameters. */
  #newParameters({ fields: { check } }: Draft, own: RequirementInFile, path: Path): void {
    const { document } = this.#shaped;
    if (check === undefined) {
      this.#problem(
        [...path, "parameters"],
        "found parameters of a check, expected none: the inherited requirement asks for a setting",
        "name",
      );
      return;
    }
    if (own.check === undefined)
      this.problems.push(...checkParameters(document, check, own.parameters, path));
    for (const field of ["title", "expectText"] as const) {
      if (own[field] !== undefined) continue;
      const text = `found other parameters than the inherited ones, expected a '${field}' that says so`;
      this.#problem([...path, "parameters"], text, "name");
    }
  }
}

/** What the schema says of parameters beside their check, at the place where they stand alone. */
function checkParameters(
  document: Positioned,
  check: string,
  parameters: unknown,
  path: Path,
): readonly FileProblem[] {
  const head = { name: "a", title: "a", version: "1.0.0", date: "2000-01-01", source: "a", licence: "a" };
  const data = { ...head, requirements: [{ id: "a", check, parameters }] };
  const problem: Positioned["problem"] = (own, text, part) =>
    document.problem([...path, ...own.slice(2)], text, part);
  return checkShape({ ...document, data, problem }).problems;
}

function has(raw: RequirementInFile, field: RequirementField): boolean {
  return Object.hasOwn(raw, field);
}

/** The inherited fields that are still true, and on top of them what the file says. */
function merge(base: Draft, own: RequirementInFile, now: Pick<Draft, "key" | "expect">): RequirementInFile {
  const stale: RequirementField[] = [];
  if (own.check !== undefined) stale.push("setting", "expect", "whenNotConfigured", "scale");
  if (own.setting !== undefined) stale.push("check", "parameters");
  const otherSetting = own.setting !== undefined && now.key !== base.key;
  if (otherSetting) stale.push(...textsOfSetting);
  const otherExpectation =
    own.expect !== undefined && JSON.stringify(now.expect) !== JSON.stringify(base.expect);
  const otherAbsence =
    (own.whenNotConfigured ?? base.fields.whenNotConfigured) !== base.fields.whenNotConfigured;
  if (otherSetting || otherExpectation) stale.push(...textsOfExpectation);
  if (otherAbsence) stale.push("title", "expectText");
  return { ...without(base.fields, stale), ...own };
}
