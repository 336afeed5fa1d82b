import type { Waiver } from "../../model/waiver.ts";
import { readPositioned } from "../files/positioned.ts";
import type { Path, Positioned } from "../files/positioned.ts";
import type { FileProblem, TextFile } from "../files/problem.ts";
import { shown } from "../files/problem.ts";
import type { FileShape, Shaped } from "../files/shape.ts";
import { checkFileShape } from "../files/shape.ts";
import { validateWaivers } from "../validate-waivers.gen.ts";
import { daysBetween, dayStart } from "./days.ts";
import type { RegisterFile, WaiverInFile } from "./register-file.ts";

export type LoadedRegisters =
  | { readonly ok: true; readonly waivers: readonly Waiver[] }
  /** Everything that is wrong in any of the files: a register that is half right waives nothing. */
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

const shape: FileShape = { validate: validateWaivers, noun: "the register", list: "waivers" };
const defaultLifeDays = 366;

/**
 * Reads registers in JSON or YAML.
 *
 * @param today The day that the waivers are judged on: the life of one without `approvedOn` counts from there.
 */
export function loadRegisters(sources: readonly TextFile[], today: string): LoadedRegisters {
  const problems: FileProblem[] = [];
  const waivers: Waiver[] = [];
  const ids = new Map<string, FileProblem>();
  for (const source of sources) {
    const data = readPositioned(source, "register");
    if (!data.ok) {
      problems.push(...data.problems);
      continue;
    }
    const { document } = data;
    const shaped = checkFileShape<RegisterFile>(document, shape);
    problems.push(...shaped.problems);
    if (!shaped.isReadable(["waivers"])) continue;
    const longest = shaped.isSound(["maxLifeDays"]) ? shaped.file.maxLifeDays : undefined;
    const limits = { today, longest: longest ?? defaultLifeDays };
    (shaped.file.waivers ?? []).forEach((raw, index) => {
      const path = ["waivers", index];
      if (!shaped.isReadable(path)) return;
      problems.push(...findFaults(shaped, raw, path, limits));
      if (shaped.isSound([...path, "id"]) && raw.id !== undefined) {
        const place = document.problem([...path, "id"], "");
        const first = ids.get(raw.id);
        if (first === undefined) ids.set(raw.id, place);
        else {
          const text = `found the id '${raw.id}' a second time, expected each only once: it stands in ${first.file}:${first.line}`;
          problems.push({ ...place, text });
        }
      }
      // With mistakes anywhere nothing is used, and a piece of it may be missing.
      if (problems.length === 0) waivers.push(toWaiver(raw, document, path));
    });
  }
  return problems.length === 0 ? { ok: true, waivers } : { ok: false, problems: inOrder(problems, sources) };
}

interface LifeLimits {
  readonly today: string;
  readonly longest: number;
}

/** What no schema can say. */
function findFaults(
  { document, isSound }: Shaped<RegisterFile>,
  raw: WaiverInFile,
  path: Path,
  limits: LifeLimits,
): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const has = (...steps: readonly string[]): boolean =>
    isSound([...path, ...steps]) && valueIn(raw, steps) !== undefined;
  const fault = (steps: readonly string[], text: string): void =>
    void problems.push(document.problem([...path, ...steps], text));
  const isBroad = raw.broad === true;
  const patterns = [["rule"], ["scope", "domain"], ["scope", "target"], ["scope", "setting"]];
  for (const steps of patterns) {
    const value = valueIn(raw, steps);
    if (!isBroad && has(...steps) && typeof value === "string" && value.includes("*"))
      fault(steps, `found * in ${shown(value)}, expected 'broad: true' beside it, or a name without *`);
  }
  if (!isBroad && has("scope") && Object.keys(raw.scope).length === 0)
    fault(["scope"], "found an empty scope, expected domain, target, gpo or setting, or 'broad: true'");
  const days = (["approvedOn", "expires"] as const).filter((name) => has(name));
  const wrong = days.filter((name) => dayStart(raw[name] ?? "") === null);
  for (const name of wrong)
    fault([name], `'${name}': found ${shown(raw[name])}, expected a day that the calendar has`);
  if (wrong.length === 0 && has("expires")) {
    const text = lifeFault(raw, days.includes("approvedOn"), limits);
    if (text !== null) fault(["expires"], text);
  }
  return problems;
}

function lifeFault(
  { approvedOn, expires }: WaiverInFile,
  isDated: boolean,
  { today, longest }: LifeLimits,
): string | null {
  const from = isDated && approvedOn !== undefined ? approvedOn : today;
  const days = daysBetween(from, expires);
  if (isDated && days < 0) return `found ${expires}, expected a day from ${from} on, when it was approved`;
  if (days <= longest) return null;
  const since = isDated
    ? `from ${from}, when it was approved`
    : `from today, ${from}, for it has no approvedOn`;
  return `found a life of ${days} days ${since}, expected ${longest} at most (maxLifeDays)`;
}

function valueIn(raw: WaiverInFile, steps: readonly string[]): unknown {
  let value: unknown = raw;
  for (const step of steps)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined;
  return value;
}

function toWaiver(raw: WaiverInFile, document: Positioned, path: Path): Waiver {
  const { domain, target, gpo, setting } = raw.scope;
  const { file, line } = document.problem(path, "");
  return {
    id: raw.id,
    rule: raw.rule,
    broad: raw.broad === true,
    scope: {
      domain: oneLine(domain),
      target: oneLine(target),
      gpo: gpo === undefined ? null : gpo.replace(/[{}]/g, "").toLowerCase(),
      setting: oneLine(setting),
    },
    type: raw.type ?? null,
    justification: oneLine(raw.justification) ?? "",
    owner: oneLine(raw.owner),
    approvedBy: oneLine(raw.approvedBy) ?? "",
    approvedOn: raw.approvedOn ?? null,
    expires: raw.expires,
    ticket: oneLine(raw.ticket),
    maxSeverity: raw.maxSeverity ?? null,
    file,
    line,
  };
}

/** People fold long texts; reports print them in one piece. */
function oneLine(text: string | undefined): string | null {
  return text === undefined ? null : text.replace(/\s+/g, " ").trim();
}

function inOrder(problems: readonly FileProblem[], sources: readonly TextFile[]): readonly FileProblem[] {
  const rank = ({ file }: FileProblem): number => sources.findIndex((source) => source.file === file);
  return [...problems].sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}
