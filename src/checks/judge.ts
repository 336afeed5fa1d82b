import type { Decision, Outcome, PossibleOutcome } from "../model/effective.ts";
import type { Expectation, SettingRequirement } from "../model/requirement.ts";
import { wellKnownSid } from "../model/well-known-sids.ts";

/** What of a requirement decides whether an outcome meets it. */
export type Judged = Pick<SettingRequirement, "expect" | "whenNotConfigured">;

/** What a requirement says of one outcome; null where both are possible. */
export function meets({ expect, whenNotConfigured }: Judged, outcome: Outcome): boolean | null {
  switch (outcome.kind) {
    case "anything":
      return null;
    case "absent":
      return whenNotConfigured === "pass";
    case "value":
      return meetsValue(expect, outcome);
  }
}

type ValueOutcome = Extract<Outcome, { readonly kind: "value" }>;

/** Types that Windows takes for a text: REG_SZ and REG_EXPAND_SZ. */
const textTypes: readonly (number | null)[] = [1, 2];

/** The registry type that an expectation needs, in words; null where it is not about the registry. */
export function neededType({ operator }: Expectation): string | null {
  if (operator.startsWith("dword-")) return "REG_DWORD";
  return operator.startsWith("text-") ? "REG_SZ or REG_EXPAND_SZ" : null;
}

/** Whether a registry value has the type without which Windows does not take it for this option. */
export function hasNeededType({ operator }: Expectation, { type }: Pick<ValueOutcome, "type">): boolean {
  if (operator.startsWith("dword-")) return type === 4;
  return operator.startsWith("text-") ? textTypes.includes(type) : true;
}

function meetsValue(expect: Expectation, outcome: ValueOutcome): boolean | null {
  const { value } = outcome;
  if (!hasNeededType(expect, outcome)) return false;
  switch (expect.operator) {
    case "audit-at-least":
      return typeof value === "number" && (value & expect.value) === expect.value;
    case "audit-exactly":
      return value === expect.value;
    case "dword-any-of":
      return typeof value === "number" && expect.values.includes(value);
    case "dword-none-of":
      return typeof value === "number" && !expect.values.includes(value);
    case "dword-between":
      return typeof value === "number" && value >= expect.minimum && value <= expect.maximum;
    case "dword-all-bits":
      return typeof value === "number" && (value & expect.value) >>> 0 === expect.value;
    case "text-any-of":
      return typeof value === "string" && expect.values.some((text) => isSameText(text, value));
    case "text-contains":
      return typeof value === "string" && expect.values.every((text) => holdsText(value, text));
    case "right-includes":
      return typeof value === "object" ? includesAll(toHolders(value), expect.values) : false;
    case "right-only":
      return typeof value === "object" ? includesNoOther(toHolders(value), expect.values) : false;
    case "log-size-at-least":
      return typeof value === "number" && value >= expect.value;
  }
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function holdsText(text: string, piece: string): boolean {
  return text.toLowerCase().includes(piece.toLowerCase());
}

/** Who holds a right: SIDs, and names of which only the domain or the computer could say whose they are. */
interface Holders {
  readonly sids: ReadonlySet<string>;
  readonly unresolved: readonly string[];
}

function toHolders(accounts: readonly string[]): Holders {
  const sids = new Set<string>();
  const unresolved: string[] = [];
  for (const account of accounts) {
    const sid = /^S-1-/i.test(account) ? account.toUpperCase() : wellKnownSid(account);
    if (sid === null) unresolved.push(account);
    else sids.add(sid);
  }
  return { sids, unresolved };
}

/** A name may stand for the account that seems to be missing. */
function includesAll({ sids, unresolved }: Holders, wanted: readonly string[]): boolean | null {
  const missing = wanted.filter((sid) => !sids.has(sid.toUpperCase()));
  if (missing.length === 0) return true;
  // One name is one account: it cannot stand for two.
  return missing.length > unresolved.length ? false : null;
}

/** A name may stand for an account that is allowed. */
function includesNoOther({ sids, unresolved }: Holders, allowed: readonly string[]): boolean | null {
  const known = new Set(allowed.map((sid) => sid.toUpperCase()));
  if ([...sids].some((sid) => !known.has(sid))) return false;
  if (unresolved.length === 0) return true;
  return known.size === 0 ? false : null;
}

/** The judgement of one requirement: undecided only where two ways to complete the knowledge differ. */
export type Judgement =
  | { readonly verdict: "pass" | "fail" }
  | { readonly verdict: "unknown"; readonly passes: PossibleOutcome; readonly fails: PossibleOutcome };

export function judge(requirement: Judged, decision: Pick<Decision, "outcomes">): Judgement {
  let passes: PossibleOutcome | null = null;
  let fails: PossibleOutcome | null = null;
  for (const possible of decision.outcomes) {
    const met = meets(requirement, possible.outcome);
    if (met !== false) passes ??= possible;
    if (met !== true) fails ??= possible;
  }
  if (passes !== null && fails !== null) return { verdict: "unknown", passes, fails };
  return { verdict: passes === null ? "fail" : "pass" };
}
