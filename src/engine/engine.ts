import type { Candidate, Decision, EffectiveSetting, TargetGap, TargetPolicy } from "../model/effective.ts";
import type { Computer, Directory, Inventory } from "../model/gpo.ts";
import type { SettingKey } from "../model/setting.ts";
import type { Admission, AdmissionOptions } from "./admission.ts";
import { admit } from "./admission.ts";
import { toCandidate } from "./candidate.ts";
import { decide } from "./decide.ts";
import type { LinkedGpo } from "./gpo-index.ts";
import { GpoIndex } from "./gpo-index.ts";
import { toParticipant } from "./make-participant.ts";
import type { Participant } from "./participants.ts";
import { ChoiceBook, Replay } from "./replay.ts";
import { effectiveSetting, listSettings } from "./settings.ts";
import type { ScopeOptions } from "./som-chain.ts";
import { resolveScope } from "./som-chain.ts";
import { buildToken } from "./token.ts";

export type EngineOptions = AdmissionOptions & ScopeOptions;

/** The resultant policy of one target; settings are worked out when asked for. */
export interface ResolvedTarget {
  readonly policy: TargetPolicy;
  /** Every setting that an applied GPO defines, by key. */
  settings(): readonly EffectiveSetting[];
  setting(key: SettingKey): EffectiveSetting | null;
  /** One setting with every way it can end, legacy and advanced audit merged. */
  decide(key: SettingKey): Decision;
}

/** Works out policy for the computers of one directory. Pure; keeps what computers share. */
export class Engine {
  readonly #directory: Directory;
  readonly #options: EngineOptions;
  readonly #gpos: GpoIndex;
  readonly #settings = new Map<string, readonly EffectiveSetting[]>();
  readonly #decisions = new Map<string, Decision>();
  readonly #participants = new Map<string, Participant>();
  readonly #replays = new Map<string, Replay>();

  constructor(inventory: Inventory, directory: Directory, options: EngineOptions) {
    this.#directory = directory;
    this.#options = options;
    this.#gpos = new GpoIndex(inventory, directory);
  }

  /** `damagedFiles`: directory files of which a part is lost, so that any object of theirs may be missing. */
  resolve(computer: Computer, damagedFiles: readonly string[] = []): ResolvedTarget {
    const scope = resolveScope(computer, this.#directory, this.#options);
    const gaps = [...scope.gaps, ...damagedFiles.map(toGap)];
    const token = buildToken(computer, this.#directory);
    const admissions = new Map<string, Admission>();
    const candidates: Candidate[] = [];
    const strongestFirst: Participant[] = [];
    const placed = new Set<string>();
    const signature: string[] = [];
    for (const scoped of scope.links) {
      const gpo = this.#gpos.find(scoped.link);
      let admission = admissions.get(gpo.key);
      if (admission === undefined) {
        admission = admit(gpo, token, this.#options);
        admissions.set(gpo.key, admission);
      }
      const candidate = toCandidate(scoped, gpo, admission);
      candidates.push(candidate);
      // A GPO that is linked twice counts where its strongest link stands.
      if (candidate.state === "excluded" || placed.has(gpo.key)) continue;
      placed.add(gpo.key);
      const identity = `${gpo.key} ${candidate.state} ${admission.reason ?? ""}`;
      signature.push(identity);
      strongestFirst.push(this.#participant(identity, gpo, candidate));
    }
    const policy: TargetPolicy = {
      dn: computer.dn,
      name: computer.name,
      domain: computer.domain,
      sid: computer.sid,
      role: computer.role,
      operatingSystem: computer.operatingSystem,
      site: scope.site,
      location: computer.location,
      gaps,
      notes: scope.notes,
      hostless: findHostless(computer, scope.site),
      candidates,
    };
    return this.#resolved(policy, strongestFirst, [...signature, ...gaps.map((gap) => gap.text)].join("\n"));
  }

  /** Computers that the same GPOs reach in the same order share every result. */
  #resolved(policy: TargetPolicy, strongestFirst: readonly Participant[], signature: string): ResolvedTarget {
    let replay = this.#replays.get(signature);
    if (replay === undefined) {
      replay = new Replay(strongestFirst, new ChoiceBook());
      this.#replays.set(signature, replay);
    }
    const shared = replay;
    return {
      policy,
      settings: () => {
        let settings = this.#settings.get(signature);
        if (settings === undefined) {
          settings = listSettings(shared, strongestFirst, policy.gaps);
          this.#settings.set(signature, settings);
        }
        return settings;
      },
      setting: (key) => effectiveSetting(shared, strongestFirst, key, policy.gaps),
      decide: (key) => {
        const id = `${key}\n${signature}`;
        let decision = this.#decisions.get(id);
        if (decision === undefined) {
          decision = decide(shared, strongestFirst, key, policy.gaps);
          this.#decisions.set(id, decision);
        }
        return decision;
      },
    };
  }

  #participant(identity: string, gpo: LinkedGpo, candidate: Candidate): Participant {
    let participant = this.#participants.get(identity);
    if (participant === undefined) {
      participant = toParticipant(gpo, candidate);
      this.#participants.set(identity, participant);
    }
    return participant;
  }
}

function toGap(path: string): TargetGap {
  return {
    code: "directory-damaged",
    text: `a part of ${path} is lost, and any object may have stood there`,
  };
}

/** `AzureADKerberos` looks like a read-only DC, but no computer stands behind it. */
function findHostless(computer: Computer, site: string | null): string | null {
  const isKerberosObject = computer.name.toLowerCase() === "azureadkerberos";
  if (!isKerberosObject || computer.dnsHostName !== null || site !== null) return null;
  return "it is the object that Microsoft Entra Kerberos keeps its keys in: no computer stands behind it, so nothing is audited there";
}
