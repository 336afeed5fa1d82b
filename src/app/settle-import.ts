import { Engine } from "../engine/engine.ts";
import type { ResolvedTarget } from "../engine/engine.ts";
import type { Outcome } from "../model/effective.ts";
import { judgedKey, placesOf } from "../model/event-logs.ts";
import type { Gpt } from "../model/gpo.ts";
import type { Location } from "../model/location.ts";
import type { Proposal } from "../model/proposal.ts";
import type { Doubt, SettingKey } from "../model/setting.ts";
import { eventLogPrefix, registryValuePrefix } from "../model/setting.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { applyProposals } from "./apply-proposals.ts";
import { withStandIn } from "./stand-in.ts";

/** What a GPO makes of a setting on a computer that nothing else reaches. */
export type State =
  | { readonly kind: "value"; readonly outcome: Extract<Outcome, { readonly kind: "value" }> }
  | { readonly kind: "absent" }
  | { readonly kind: "doubt"; readonly why: string };

/** One GPO by itself, to be asked about settings. */
export interface AloneGpo {
  readonly gpo: Proposal;
  /** The settings that it writes, with the place of the first row of each, in the order of their keys. */
  readonly written: ReadonlyMap<SettingKey, Location>;
  /** Rows that remove whatever stands below a registry key. */
  readonly sweeps: readonly { readonly keyPrefix: SettingKey; readonly location: Location }[];
  /** Pieces that cannot be read, and what they may hold. */
  readonly open: readonly { readonly keyPrefix: SettingKey; readonly doubt: Doubt }[];
  /** Null: nothing of the GPO touches the setting. */
  state(key: SettingKey): State | null;
}

/**
 * Puts a GPO alone on a domain controller, as `scan` would with `--assume no-other-gpos` and `--assume delivered`: the same
 * engine decides what is certain, so that nothing becomes a requirement that the GPO itself would not meet for certain.
 */
export function settleAlone(gpo: Proposal, inputs: Inputs): AloneGpo {
  const target = resolveAlone(gpo, inputs);
  const { written, sweeps, open } = listRows(gpo.gpt);
  return {
    gpo,
    written,
    sweeps,
    open,
    state: (key) => stateOf(key, { written, sweeps, target }),
  };
}

const link = { som: "dc-ou", linkOrder: 1, enforced: false } as const;

function resolveAlone(gpo: Proposal, inputs: Inputs): ResolvedTarget | null {
  const { saved: _, ...gpt } = gpo.gpt;
  // Only what the files say counts here: whether the GPO is delivered is the business of scan.
  const alone: Proposal = { ...gpo, gpt, facts: null, source: "sysvol" };
  const given = { ...inputs, given: [alone], overlay: [], inventory: { gpts: [gpt], directory: null } };
  const { inventory } = applyProposals(withStandIn(given, link), { link, assumeDelivered: true });
  const { directory } = inventory;
  const [computer] = directory?.computers ?? [];
  if (directory === null || computer === undefined) return null;
  const options = { assumeNoSiteLinks: true, wmiFilters: new Map<string, boolean>() };
  return new Engine(inventory, directory, options).resolve(computer);
}

function listRows({ parts }: Gpt): Pick<AloneGpo, "written" | "sweeps" | "open"> {
  const found = new Map<SettingKey, Location>();
  const sweeps: { readonly keyPrefix: SettingKey; readonly location: Location }[] = [];
  for (const write of parts.flatMap(({ writes }) => writes)) {
    if ("keyPrefix" in write) sweeps.push({ keyPrefix: write.keyPrefix, location: write.location });
    else {
      const key = judgedKey(write.key);
      if (!found.has(key)) found.set(key, write.location);
    }
  }
  const written = new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { written, sweeps, open: parts.flatMap(({ open }) => open) };
}

interface Asked extends Pick<AloneGpo, "written" | "sweeps"> {
  readonly target: ResolvedTarget | null;
}

function stateOf(key: SettingKey, { written, sweeps, target }: Asked): State | null {
  if (target === null) return { kind: "doubt", why: "the GPO cannot be read" };
  const { outcomes, via, doubts } = target.decide(key);
  const [{ outcome }, other] = outcomes;
  if (other !== undefined || outcome.kind === "anything") {
    const why = other?.because ?? "";
    return { kind: "doubt", why: why === "" ? (doubts[0]?.text ?? "its value is not certain") : why };
  }
  const isSwept = placesOf(key).some((place) => sweeps.some(({ keyPrefix }) => place.startsWith(keyPrefix)));
  if (!written.has(key) && !isSwept && via !== "legacy") return null;
  return outcome.kind === "value" ? { kind: "value", outcome } : { kind: "absent" };
}

/** What a key prefix stands for, for people. */
export function prefixName(keyPrefix: SettingKey): string {
  if (keyPrefix === registryValuePrefix) return "registry values";
  if (keyPrefix.startsWith(registryValuePrefix))
    return `registry values below ${keyPrefix.replace(`${registryValuePrefix}machine\\`, "HKLM\\")}`;
  return keyPrefix === eventLogPrefix ? "sizes of event logs" : (prefixNames[keyPrefix] ?? keyPrefix);
}

const prefixNames: Readonly<Record<string, string>> = {
  "audit-subcategory/": "audit subcategories",
  "audit-category/": "legacy audit categories",
  "user-right/": "user rights",
};
