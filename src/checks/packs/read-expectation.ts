import type { Expectation } from "../../model/requirement.ts";
import { wellKnownSid } from "../../model/well-known-sids.ts";
import { suggestion } from "../files/nearest.ts";
import type { ExpectInFile, OperatorInFile, ParameterReference, ParameterValue } from "./pack-file.ts";
import { shown } from "../files/problem.ts";
import type { Path } from "../files/positioned.ts";

/** Values of the parameters that can be named at a place. */
export type Parameters = ReadonlyMap<string, ParameterValue>;

export type ReadExpectation =
  | { readonly ok: true; readonly expect: Expectation }
  /** Paths below `expect`. */
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface Fault {
  readonly path: Path;
  readonly text: string;
}

/** An expectation with its short forms written out and its parameters filled in. */
export function readExpectation(raw: ExpectInFile, parameters: Parameters): ReadExpectation {
  if (typeof raw === "number") return { ok: true, expect: { operator: "dword-any-of", values: [raw] } };
  if (typeof raw === "string") {
    const value = auditNumber(raw);
    if (value === 0) return { ok: true, expect: { operator: "audit-exactly", value } };
    if (value !== null) return { ok: true, expect: { operator: "audit-at-least", value } };
    return {
      ok: false,
      faults: [{ path: [], text: `found ${shown(raw)}, expected words for an audit value` }],
    };
  }
  const reader = new Reader(raw, parameters);
  const expect = readOperator(raw.operator, reader);
  return reader.faults.length === 0 ? { ok: true, expect } : { ok: false, faults: reader.faults };
}

function readOperator(operator: Expectation["operator"], reader: Reader): Expectation {
  switch (operator) {
    case "audit-at-least": {
      const value = reader.audit("success, failure or both");
      if (value === 0) reader.fault(["value"], "found no auditing, expected success, failure or both");
      return { operator, value: value === 0 ? 3 : value };
    }
    case "audit-exactly":
      return { operator, value: reader.audit("an audit value") };
    case "dword-any-of":
    case "dword-none-of":
      return { operator, values: reader.numbers() };
    case "dword-between": {
      const [minimum, maximum] = [reader.number("minimum", 0), reader.number("maximum", 0)];
      if (minimum > maximum)
        reader.fault(["maximum"], `found ${maximum}, expected no less than the minimum, ${minimum}`);
      return { operator, minimum, maximum };
    }
    case "dword-all-bits":
      return { operator, value: reader.number("value", 1) };
    case "log-size-at-least":
      return { operator, value: reader.number("value", 64) };
    case "text-any-of":
    case "text-contains":
      return { operator, values: reader.texts(1) };
    case "right-includes":
      return { operator, values: reader.accounts(1) };
    case "right-only":
      return { operator, values: reader.accounts(0) };
  }
}

const auditWords = ["no auditing", "success", "failure", "success and failure"];

/** 0 to 3; null where the words are none for an audit value. */
export function auditNumber(text: string): 0 | 1 | 2 | 3 | null {
  const index = auditWords.indexOf(text.toLowerCase());
  return index === 0 || index === 1 || index === 2 || index === 3 ? index : null;
}

type Field = "value" | "values" | "minimum" | "maximum";

/** Reads the values of one expectation and collects what is wrong with them; a value that is wrong stands as 0. */
class Reader {
  readonly faults: Fault[] = [];
  readonly #raw: OperatorInFile;
  readonly #parameters: Parameters;

  constructor(raw: OperatorInFile, parameters: Parameters) {
    this.#raw = raw;
    this.#parameters = parameters;
  }

  fault(path: Path, text: string): void {
    this.faults.push({ path, text });
  }

  audit(wanted: string): 0 | 1 | 2 | 3 {
    const value = this.#fill(["value"], this.#raw.value);
    if (value === undefined) return 0;
    const number = typeof value === "string" ? auditNumber(value) : value;
    if (number === 0 || number === 1 || number === 2 || number === 3) return number;
    this.#wrong(["value"], this.#raw.value, value, wanted);
    return 0;
  }

  number(field: Field, least: number): number {
    const raw = this.#raw[field];
    const value = this.#fill([field], isList(raw) ? undefined : raw);
    if (value === undefined) return 0;
    if (isDword(value) && value >= least) return value;
    this.#wrong([field], raw, value, `a whole number from ${least} to 4294967295`);
    return 0;
  }

  numbers(): readonly number[] {
    return this.#list(1, "whole numbers from 0 to 4294967295").flatMap(({ path, raw, value }) => {
      if (isDword(value)) return [value];
      this.#wrong(path, raw, value, "a whole number from 0 to 4294967295");
      return [];
    });
  }

  texts(least: number): readonly string[] {
    return this.#list(least, "texts").flatMap(({ path, raw, value }) => {
      if (typeof value === "string" && value !== "") return [value];
      this.#wrong(path, raw, value, "text");
      return [];
    });
  }

  /** SIDs, and English names that mean the same SID everywhere. */
  accounts(least: number): readonly string[] {
    return this.#list(least, "SIDs or well-known names").flatMap(({ path, raw, value }) => {
      const sid = typeof value === "string" ? toSid(value) : null;
      if (sid !== null) return [sid];
      this.#wrong(
        path,
        raw,
        value,
        "a SID such as S-1-5-32-544, or a name that means the same everywhere, such as Administrators",
      );
      return [];
    });
  }

  #list(least: number, wanted: string): readonly Filled[] {
    const raw = this.#raw.values;
    if (raw === undefined) return [];
    if (isList(raw)) {
      return raw.flatMap((item, index) => {
        const path = ["values", index];
        const value = this.#fill(path, item);
        return value === undefined ? [] : [{ path, raw: item, value }];
      });
    }
    const value = this.#fill(["values"], raw);
    if (value === undefined) return [];
    if (isList(value) && value.length >= least) {
      return value.map((item) => ({ path: ["values"], raw, value: item }));
    }
    this.#wrong(["values"], raw, value, `a list of ${wanted}`);
    return [];
  }

  /** The value, or that of the parameter; undefined where there is none. */
  #fill(path: Path, raw: ParameterReference | ParameterValue | undefined): ParameterValue | undefined {
    if (raw === undefined || typeof raw !== "object" || isList(raw)) return raw;
    const value = this.#parameters.get(raw.parameter);
    if (value === undefined) {
      const known = [...this.#parameters.keys()];
      const there = known.length === 0 ? "this pack has none" : `expected one of ${known.join(", ")}`;
      this.fault(
        [...path, "parameter"],
        `found the unknown parameter ${shown(raw.parameter)}, ${there}${suggestion(raw.parameter, known)}`,
      );
    }
    return value;
  }

  #wrong(path: Path, raw: unknown, value: ParameterValue, wanted: string): void {
    const isParameter = typeof raw === "object" && raw !== null && "parameter" in raw;
    const who = isParameter ? `the parameter ${shown(raw.parameter)} with ${shown(value)}` : shown(value);
    this.fault(path, `found ${who}, expected ${wanted}`);
  }
}

interface Filled {
  readonly path: Path;
  readonly raw: unknown;
  readonly value: ParameterValue;
}

function isList<T>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value);
}

function isDword(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
}

function toSid(text: string): string | null {
  const sid = text.trim().toUpperCase();
  return /^S-1-\d+(-\d+)+$/.test(sid) ? sid : wellKnownSid(text);
}
