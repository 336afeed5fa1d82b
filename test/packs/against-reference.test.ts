import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isSetting } from "../../src/model/requirement.ts";
import type { Expectation, SettingRequirement } from "../../src/model/requirement.ts";
import type { SettingKey } from "../../src/model/setting.ts";
import { bundledPack } from "../util/run.ts";
import { hasShared, sharedPath } from "../util/shared.ts";

/** What each pack is made from, and the ids there that no setting of a GPO answers, with the reason. */
interface Reference {
  readonly file: string;
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Settings that only the pack asks for, with the reason. */
  readonly added?: Readonly<Record<SettingKey, string>>;
}

const reg = "registry-value/machine\\";

const references: Readonly<Record<string, Reference>> = {
  mdi: {
    file: "mdi-current-dc",
    leftOut: { samr: "asked of every computer but domain controllers" },
    added: {
      [`${reg}software\\microsoft\\windows\\currentversion\\winevt\\channels\\microsoft-windows-ntlm/operational\\enabled`]:
        "the log that 8004 goes to",
      "event-log-size/microsoft-windows-ntlm/operational": "the log that 8004 goes to",
      "event-log-size/security": "a small log forgets before anybody looks",
      [`${reg}system\\currentcontrolset\\services\\ntds\\diagnostics\\15 field engineering`]:
        "`no-legacy-1644` of the reference, which names it in words",
    },
  },
  "mdi-2021": { file: "mdi-2021-seed" },
  "mdi-adfs": { file: "mdi-current-adfs" },
  "mdi-adcs": {
    file: "mdi-current-adcs",
    leftOut: { "audit-filter": "the name of the certification authority is part of the path" },
  },
  "mdi-entra-connect": { file: "mdi-current-entra-connect" },
  "ms-baseline-ws2022-dc": { file: "ms-baseline-ws2022-dc" },
  "ms-baseline-ws2025-dc": {
    file: "ms-baseline-ws2025-dc",
    leftOut: { "directory-service-replication": "reported there, and every value passes" },
  },
  "stig-ws2019-dc": { file: "stig-ws2019-dc" },
  "stig-ws2022-dc": { file: "stig-ws2022-dc" },
  "stig-ws2025-dc": { file: "stig-ws2025-dc" },
  "ms-ad-recommendations": { file: "ms-ad-recommendations" },
  asd: { file: "asd-acsc" },
  yamato: { file: "yamato-security" },
  "palantir-dc": { file: "palantir-dc" },
};

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly match: string;
  readonly expected: number | Expected;
  readonly events?: readonly number[];
}

function readRows(file: string): readonly Row[] {
  return JSON.parse(readFileSync(sharedPath(`reference/packs/${file}.json`), "utf8")) as readonly Row[];
}

/** The setting of a row; null where it is about something that no GPO sets. */
function keyOf({ kind, key }: Row): SettingKey | null {
  if (kind === "subcategory") return `audit-subcategory/${key.replace(/[{}]/g, "").toLowerCase()}`;
  const right = /\[Privilege Rights\] (\w+)$/.exec(key)?.[1];
  if (right !== undefined) return `user-right/${right.toLowerCase()}`;
  if (kind !== "registry") return null;
  const log = /EventLog\\(\w+)\\MaxSize$/i.exec(key)?.[1];
  return log === undefined ? `registry-value/${key.toLowerCase()}` : `event-log-size/${log.toLowerCase()}`;
}

type Scalar = number | string | null;

/** What a row that is about no audit value expects; each row has one or two of these. */
interface Expected {
  readonly value?: Scalar;
  readonly anyOf?: readonly Scalar[];
  readonly notEqual?: number;
  readonly min?: number;
  readonly max?: number;
  readonly onlyContains?: readonly string[];
  readonly mustContain?: string | readonly string[];
  readonly ifDefinedMustContain?: string | readonly string[];
}

/** What a row asks for, in the words of a pack; accounts that only the user knows are parameters there. */
function wanted({ match, expected }: Row): string {
  if (typeof expected === "number") return `${match} ${expected}`;
  const { value, anyOf, notEqual, min, max, onlyContains, mustContain, ifDefinedMustContain } = expected;
  if (notEqual !== undefined) return `none of ${notEqual}`;
  if (min !== undefined) return max === undefined ? `from ${min}` : `${min} to ${max}`;
  if (onlyContains !== undefined) return `only ${onlyContains.join(",")}`;
  const held = mustContain ?? ifDefinedMustContain;
  const list: readonly (Scalar | undefined)[] = [held ?? anyOf ?? value].flat();
  const known = list.filter((item) => item !== null && item !== undefined && !String(item).startsWith("<"));
  return `${held === undefined ? "any of" : "contains"} ${known.map(String).join(",")}`;
}

function asked(expected: Expectation): string {
  switch (expected.operator) {
    case "audit-at-least":
      return `at-least ${expected.value}`;
    case "audit-exactly":
      return `exactly ${expected.value}`;
    case "dword-any-of":
    case "text-any-of":
      return `any of ${expected.values.join(",")}`;
    case "dword-none-of":
      return `none of ${expected.values.join(",")}`;
    case "dword-between":
      return `${expected.minimum} to ${expected.maximum}`;
    case "dword-all-bits":
      return `bits ${expected.value}`;
    case "log-size-at-least":
      return `from ${expected.value}`;
    case "right-includes":
    case "text-contains":
      return `contains ${expected.values.join(",")}`;
    case "right-only":
      return `only ${expected.values.join(",")}`;
  }
}

/** All that is asked of one setting as one text: halves of an audit value that stand alone are one value together. */
function together(texts: readonly string[]): string {
  const bits = texts.flatMap((text) => /^at-least (\d)$/.exec(text)?.[1] ?? []);
  const rest = texts.filter((text) => !text.startsWith("at-least "));
  const value = bits.reduce((all, bit) => all | Number(bit), 0);
  return [...(bits.length > 0 ? [`at-least ${value}`] : []), ...new Set(rest)].sort().join(" and ");
}

function collect<T>(items: readonly T[], keyOfItem: (item: T) => string | null): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

const isHere = hasShared("reference/packs/mdi-current-dc.json", "What the packs are made from");

describe.skipIf(!isHere).each(Object.entries(references))(
  "%s",
  (name, { file, leftOut = {}, added = {} }) => {
    const shortId = ({ id }: Row): string => id.replace(/^[^.]+\./, "");
    const rows = isHere ? readRows(file).filter((row) => leftOut[shortId(row)] === undefined) : [];
    const requirements: readonly SettingRequirement[] = bundledPack(name).requirements.filter(isSetting);
    const theirs = collect(rows, keyOf);
    const ours = collect(requirements, ({ setting }) => setting);

    it("asks for each setting what its reference asks for", () => {
      const known = [...ours].filter(([key]) => added[key] === undefined);
      expect(
        Object.fromEntries(known.map(([key, own]) => [key, together(own.map((r) => asked(r.expect)))])),
      ).toEqual(Object.fromEntries([...theirs].map(([key, own]) => [key, together(own.map(wanted))])));
    });

    it("names no exception that is none", () => {
      const all = isHere ? readRows(file).map(shortId) : [];
      expect(Object.keys(leftOut).filter((id) => !all.includes(id))).toEqual([]);
      expect(Object.keys(added).filter((key) => !ours.has(key) || theirs.has(key))).toEqual([]);
    });
  },
);

it.skipIf(!isHere)("mdi needs each event that its reference needs, of the same setting", () => {
  const requirements = bundledPack("mdi").requirements.filter(isSetting);
  const lacking = readRows("mdi-current-dc").flatMap((row) => {
    const own = requirements.filter(({ setting }) => setting === keyOf(row));
    const events = new Set(own.flatMap((requirement) => requirement.events.map(({ id }) => id)));
    return own.length === 0
      ? []
      : (row.events ?? []).filter((id) => !events.has(id)).map((id) => `${row.id}: ${id}`);
  });
  expect(lacking).toEqual([]);
});
