import type { Expectation } from "../../model/requirement.ts";
import { valueText } from "../../model/words.ts";
import type { SettingKey } from "../../model/setting.ts";
import { sidName } from "../../model/well-known-sids.ts";
import { orList } from "../files/problem.ts";

type Scale = Readonly<Record<string, string>>;

/** An expectation in words that stand after "expected", "is" and "set … to": "Success", "7 (Enable all)". */
export function expectationWords(
  key: SettingKey,
  expect: Expectation,
  whenNotConfigured: "fail" | "pass",
  scale: Scale,
): string {
  const words = wordsOf(key, expect, scale);
  return whenNotConfigured === "pass" ? `${words}, or not configured` : words;
}

export function wordsOf(key: SettingKey, expect: Expectation, scale: Scale): string {
  const numbers = (values: readonly number[]): string[] =>
    values.map((value) => valueText(key, value, scale));
  switch (expect.operator) {
    case "audit-at-least":
      return auditWords[expect.value];
    case "audit-exactly":
      return exactWords[expect.value];
    case "dword-any-of":
      return orList(numbers(expect.values));
    case "dword-none-of":
      return `any number but ${orList(numbers(expect.values))}`;
    case "dword-between":
      return betweenWords(expect.minimum, expect.maximum);
    case "dword-all-bits":
      return `a number with the bits of ${valueText(key, expect.value, scale)} set`;
    case "text-any-of":
      return orList(expect.values.map((text) => `'${text}'`));
    case "text-contains":
      return `text with ${orList(
        expect.values.map((text) => `'${text}'`),
        "and",
      )} in it`;
    case "right-includes":
      return `${orList(expect.values.map(accountName), "and")} among others`;
    case "right-only":
      return expect.values.length === 0
        ? "nobody"
        : `nobody but ${orList(expect.values.map(accountName), "and")}`;
    case "log-size-at-least":
      return `at least ${sizeWords(expect.value)}`;
  }
}

const auditWords = { 1: "Success", 2: "Failure", 3: "Success and Failure" } as const;
const exactWords = {
  0: "No Auditing",
  1: "Success only",
  2: "Failure only",
  3: "Success and Failure",
} as const;

const highest = 0xffffffff;

function betweenWords(minimum: number, maximum: number): string {
  if (minimum === maximum) return String(minimum);
  if (maximum === highest) return `${minimum} or more`;
  return minimum === 0 ? `${maximum} or less` : `${minimum} to ${maximum}`;
}

/** KB as people say it, beside the number that they have to type. */
function sizeWords(kilobytes: number): string {
  const units = [
    { factor: 1024 * 1024, name: "GB" },
    { factor: 1024, name: "MB" },
  ];
  const unit = units.find(({ factor }) => kilobytes >= factor && kilobytes % factor === 0);
  return unit === undefined ? `${kilobytes} KB` : `${kilobytes} KB (${kilobytes / unit.factor} ${unit.name})`;
}

function accountName(sid: string): string {
  const name = sidName(sid);
  return name === null ? sid : `${name} (${sid})`;
}
