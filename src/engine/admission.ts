import type { LinkReason, LinkState } from "../model/effective.ts";
import type { Doubt } from "../model/setting.ts";
import type { LinkedGpo } from "./gpo-index.ts";
import { differences, joinWords } from "./restored.ts";
import { filterBySecurity } from "./security-filter.ts";
import { findOtherContent } from "./other-content.ts";
import type { Token } from "./token.ts";

export interface Admission {
  readonly state: LinkState;
  readonly reason: LinkReason | null;
  readonly detail: string | null;
  /** Applied, but Windows may treat it otherwise: all it writes is in doubt. */
  readonly doubt: Doubt | null;
}

export interface AdmissionOptions {
  /** WMI filters settled by hand: lower-case GUID to the answer. */
  readonly wmiFilters: ReadonlyMap<string, boolean>;
}

/** What one check of MS-GPOL 3.2.5.1.6 says; nothing where the GPO passes it. */
type Objection = { readonly reason: LinkReason; readonly detail: string; readonly certain: boolean } | null;

/** Whether a computer takes a GPO, leaving aside the link. */
export function admit(gpo: LinkedGpo, token: Token, options: AdmissionOptions): Admission {
  const kept = admitOneWay(gpo, token, options);
  const { gpc } = gpo;
  if (gpc === null || gpc.restored === undefined) return kept;
  const differing = differences(gpc, gpc.restored);
  if (differing.length === 0) return kept;
  return eitherWay(
    kept,
    admitOneWay({ ...gpo, gpc: { ...gpc, ...gpc.restored } }, token, options),
    differing,
  );
}

/** Nobody says whether a proposal will be imported or restored: what the two ways do not agree on is undecided. */
function eitherWay(kept: Admission, restored: Admission, differing: readonly string[]): Admission {
  // Where both leave it open, each must be told: settling one does not settle the other.
  const agree =
    kept.state === restored.state && (kept.state !== "unknown" || kept.detail === restored.detail);
  if (agree) return kept;
  const details = new Set([kept.detail, restored.detail].filter((detail) => detail !== null));
  const that = differing.length > 1 ? "those" : "that";
  return {
    state: "unknown",
    reason: kept.reason ?? restored.reason,
    detail: `an import keeps its ${joinWords(differing)} and it ${ends[kept.state]}, a restore brings ${that} of the backup and it ${ends[restored.state]}: ${[...details].join("; ")}`,
    doubt: null,
  };
}

const ends: Readonly<Record<LinkState, string>> = {
  applied: "applies",
  excluded: "does not",
  unknown: "may or may not",
};

/**
 * The checks stand in the order of the public contract; a definite exclusion beats any doubt, whatever its place in
 * that order.
 */
function admitOneWay(gpo: LinkedGpo, token: Token, options: AdmissionOptions): Admission {
  const objections = [
    checkPresence(gpo),
    checkFunctionalityVersion(gpo),
    checkFlags(gpo),
    checkExtensions(gpo),
    checkSecurity(gpo, token),
    checkVersions(gpo),
    checkWmiFilter(gpo, options),
  ].filter((objection) => objection !== null);
  const objection = objections.find((candidate) => candidate.certain) ?? objections[0];
  if (objection === undefined) return { state: "applied", reason: null, detail: null, doubt: findDoubt(gpo) };
  const state = objection.certain ? "excluded" : "unknown";
  return { state, reason: objection.reason, detail: objection.detail, doubt: null };
}

function no(reason: LinkReason, detail: string): Objection {
  return { reason, detail, certain: true };
}

function maybe(reason: LinkReason, detail: string): Objection {
  return { reason, detail, certain: false };
}

function checkPresence({ gpc, gpt, severalGpts, mayExist }: LinkedGpo): Objection {
  if (!mayExist) return no("missing", "no such GPO: neither its object nor its folder exists");
  if (severalGpts) {
    return maybe("missing", "its content is there more than once, and nobody says which one counts");
  }
  if (gpc === null) {
    return maybe(
      "missing",
      gpt === null
        ? "its domain is not in the directory data"
        : "its folder is there but not its object: it may be unreadable for the account that made the export",
    );
  }
  if (gpc.opaque) return maybe("missing", "no attribute of its object could be read");
  if (gpt === null) return maybe("missing", "its files are in none of the given sources");
  if (gpt.unreadable !== null) return maybe("missing", gpt.unreadable.text);
  if (gpt.empty)
    return maybe("missing", "its folder in the SYSVOL export is empty, which usually means access denied");
  return null;
}

function checkFunctionalityVersion({ gpc }: LinkedGpo): Objection {
  if (gpc === null || gpc.opaque || gpc.functionalityVersion === 2) return null;
  if (gpc.functionalityVersion === "malformed") {
    return maybe("functionality-version", "its gPCFunctionalityVersion cannot be read");
  }
  return no(
    "functionality-version",
    gpc.functionalityVersion === null
      ? "it has no gPCFunctionalityVersion, and only 2 is processed"
      : `its gPCFunctionalityVersion is ${gpc.functionalityVersion}, and only 2 is processed`,
  );
}

function checkFlags({ gpc }: LinkedGpo): Objection {
  if (gpc === null) return null;
  if (gpc.flags === "malformed")
    return maybe("computer-settings-disabled", "its flags attribute cannot be read");
  return (gpc.flags & 2) === 0
    ? null
    : no("computer-settings-disabled", "its computer settings are disabled");
}

function checkExtensions({ gpc }: LinkedGpo): Objection {
  if (gpc === null || gpc.opaque) return null;
  const { effective, ineffective, damaged } = gpc.extensions;
  if (effective.length + ineffective.length > 0) return null;
  return damaged
    ? maybe("no-extensions", "its list of machine extensions cannot be read")
    : no("no-extensions", "it lists no machine extension, so clients do not even fetch it");
}

function checkSecurity({ gpc }: LinkedGpo, token: Token): Objection {
  if (gpc === null) return null;
  const { answer, detail } = filterBySecurity(gpc.securityDescriptor, token);
  if (answer === "allowed") return null;
  return { reason: "security-filtering", detail, certain: answer === "denied" };
}

/** MS-GPOL 3.2.5.1.6: denied as empty where the machine halves of both versions are 0. */
function checkVersions({ gpc, gpt }: LinkedGpo): Objection {
  if (gpc === null || gpc.opaque || gpt === null || gpt.empty || gpt.unreadable !== null) return null;
  const [directory, sysvol] = [gpc.machineVersion, gpt.gptIni?.machineVersion ?? null];
  if (directory === 0 && sysvol === 0) return no("empty", "its machine version is 0 on both sides");
  const open = (directory === null || directory === 0) && (sysvol === null || sysvol === 0);
  return open
    ? maybe("empty", "its version is not certain, and it counts as empty where both halves are 0")
    : null;
}

function checkWmiFilter({ gpc }: LinkedGpo, { wmiFilters }: AdmissionOptions): Objection {
  if (gpc === null || gpc.wmiFilter === null) return null;
  const { id, name, query, found } = gpc.wmiFilter;
  const answer = id === null ? undefined : wmiFilters.get(id);
  if (answer === true) return null;
  if (answer === false) return no("wmi-filter", `WMI filter ${label(name, id)} is assumed to be false`);
  if (!found) {
    return maybe(
      "wmi-filter",
      `its WMI filter ${label(name, id)} is not in the directory data, perhaps only unreadable`,
    );
  }
  return maybe("wmi-filter", `WMI filter ${label(name, id)} decides${query === null ? "" : `: ${query}`}`);
}

function label(name: string | null, id: string | null): string {
  return name === null ? (id ?? "with a malformed reference") : `'${name}'`;
}

/** What MS-GPOL leaves open for a GPO that passes every check. */
function findDoubt({ gpc, gpt }: LinkedGpo): Doubt | null {
  if (gpc === null || gpt === null) return null;
  const other = findOtherContent(gpt, gpc);
  if (other !== null) return other;
  const [directory, sysvol] = [gpc.machineVersion, gpt.gptIni?.machineVersion ?? null];
  if (directory !== null && directory > 0 && sysvol !== null && sysvol > 0) return null;
  if (sysvol === null) {
    return {
      code: "gpo.version-unreadable",
      text: "its GPT.INI gives no version, and Windows may refuse the GPO",
    };
  }
  if (directory === null) {
    return {
      code: "gpo.version-unreadable",
      text: "its versionNumber cannot be read, and Windows may treat it as empty",
    };
  }
  return {
    code: "gpo.version-half-zero",
    text: `its machine version is ${directory} in the directory and ${sysvol} in SYSVOL, and what Windows does with a half of 0 is not documented`,
  };
}
