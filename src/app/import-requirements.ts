import { readSetting } from "../checks/packs/setting-of-pack.ts";
import { findAuditSubcategory } from "../model/audit-subcategories.ts";
import type { Outcome } from "../model/effective.ts";
import type { Expectation } from "../model/requirement.ts";
import type { SettingKey } from "../model/setting.ts";
import {
  auditCategoryPrefix,
  auditSubcategoryPrefix,
  eventLogSizePrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../model/setting.ts";
import { settingName } from "../model/setting-names.ts";
import { userRightName } from "../model/user-rights.ts";
import { wellKnownSid } from "../model/well-known-sids.ts";

/** What a value is asked for with, each with what its id ends in; or why no pack can ask for it. */
export type Expressed =
  | { readonly ok: true; readonly setting: string; readonly expects: readonly SuffixedExpectation[] }
  | { readonly ok: false; readonly why: string };

export interface SuffixedExpectation {
  readonly suffix: string;
  readonly expect: Expectation;
}

type ValueOutcome = Extract<Outcome, { readonly kind: "value" }>;

/** The requirements that exactly this value of a setting meets; of a log any greater size does as well. */
export function expressValue(key: SettingKey, outcome: ValueOutcome): Expressed {
  const expects = expectationsOf(key, outcome);
  if (typeof expects === "string") return { ok: false, why: expects };
  const setting = nameOf(key);
  return setting === null
    ? { ok: false, why: "its name cannot be written in a pack" }
    : { ok: true, setting, expects };
}

const longestText = 2000;
const longestList = 1000;

/** The name for people where it leads back to the same setting, else the key. */
function nameOf(key: SettingKey): string | null {
  const fits = [settingName(key), key].filter((text) => text.length <= longestText && isPlain(text));
  return (
    fits.find((text) => {
      const read = readSetting(text);
      return read.ok && read.key === key;
    }) ?? null
  );
}

/** Text that survives a file: half a surrogate pair does not. */
function isPlain(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

function expectationsOf(key: SettingKey, outcome: ValueOutcome): readonly SuffixedExpectation[] | string {
  const { value } = outcome;
  if (key.startsWith(auditCategoryPrefix))
    return "it is a legacy audit category, and packs ask for subcategories";
  if (key.startsWith(auditSubcategoryPrefix)) {
    if (findAuditSubcategory(key.slice(auditSubcategoryPrefix.length)) === undefined)
      return "no audit subcategory of this GUID is known";
    if (value !== 0 && value !== 1 && value !== 2 && value !== 3) return "it is no audit value";
    return [{ suffix: "", expect: { operator: "audit-exactly", value } }];
  }
  if (key.startsWith(userRightPrefix)) return expectRight(key, outcome);
  if (key.startsWith(eventLogSizePrefix)) {
    if (typeof value !== "number" || value < 64) return "a pack asks for at least 64 KB";
    return [{ suffix: "", expect: { operator: "log-size-at-least", value } }];
  }
  return key.startsWith(registryValuePrefix)
    ? expectRegistry(outcome)
    : "it is of a kind that no pack asks for";
}

function expectRight(key: SettingKey, { value }: ValueOutcome): readonly SuffixedExpectation[] | string {
  if (userRightName(key) === key.slice(userRightPrefix.length)) return "Windows knows no such user right";
  if (typeof value !== "object") return "it is no list of accounts";
  const sids = value.map((account) =>
    /^S-1-/i.test(account) ? account.toUpperCase() : wellKnownSid(account),
  );
  const [unresolved] = value.filter((_, index) => sids[index] === null);
  if (unresolved !== undefined)
    return `the account '${unresolved.slice(0, 80)}' has no SID there, and packs ask for SIDs`;
  const values = [...new Set(sids.filter((sid) => sid !== null))];
  if (values.length > longestList) return `it has more than ${longestList} accounts`;
  const only = { suffix: "-nobody-else", expect: { operator: "right-only", values } } as const;
  return values.length === 0
    ? [only]
    : [{ suffix: "", expect: { operator: "right-includes", values } }, only];
}

/** Registry types without which no operator fits (REG_SZ, REG_EXPAND_SZ, REG_DWORD). */
const [regText, regExpandText, regDword] = [1, 2, 4];

const otherTypes: Readonly<Record<number, string>> = {
  0: "REG_NONE",
  3: "REG_BINARY",
  5: "REG_DWORD_BIG_ENDIAN",
  6: "REG_LINK",
  7: "REG_MULTI_SZ",
  11: "REG_QWORD",
};

function expectRegistry({ value, type }: ValueOutcome): readonly SuffixedExpectation[] | string {
  if (type === regDword && typeof value === "number")
    return [{ suffix: "", expect: { operator: "dword-any-of", values: [value] } }];
  if ((type === regText || type === regExpandText) && typeof value === "string") {
    if (value === "") return "packs cannot ask for an empty text";
    if (value.length > longestText) return `its text is longer than ${longestText} characters`;
    if (!isPlain(value)) return "its text holds half a character";
    return [{ suffix: "", expect: { operator: "text-any-of", values: [value] } }];
  }
  const name = type === null ? undefined : otherTypes[type];
  return `packs cannot ask for ${name ?? `values of registry type ${type ?? "unknown"}`}`;
}
