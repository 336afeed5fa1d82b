import type { Ace, SecurityDescriptorFact } from "../model/gpo.ts";
import type { Token } from "./token.ts";

/** The extended right Apply-Group-Policy (MS-ADTS 5.1.3.2.1). */
const applyGroupPolicy = "edacfd8f-ffb3-11d1-b41d-00a0c968f939";
const controlAccess = 0x100;
const readProperty = 0x10;

const genericAll = 0x10000000;
const genericRead = 0x80000000;

export interface FilterResult {
  readonly answer: "allowed" | "denied" | "unknown";
  /** One sentence, for people. */
  readonly detail: string;
}

/**
 * Security filtering (MS-GPOL 3.2.5.1.6): the computer needs the right Apply-Group-Policy on the GPC, and read access,
 * without which the client does not even get its attributes.
 */
export function filterBySecurity(fact: SecurityDescriptorFact, token: Token): FilterResult {
  if (fact.state === "absent") {
    return {
      answer: "unknown",
      detail:
        "its security descriptor is not in the directory data, so nobody can say whether it is filtered",
    };
  }
  if (fact.state === "malformed") {
    return { answer: "unknown", detail: `its security descriptor cannot be read: ${fact.detail}` };
  }
  const { dacl } = fact.descriptor;
  if (dacl === null) return { answer: "allowed", detail: "it has no DACL: everybody may apply it" };
  const apply = accessCheck(dacl, token, grantsApply);
  const read = accessCheck(dacl, token, grantsRead);
  if (apply.answer === "denied") return { answer: "denied", detail: applyDenied(apply.sid) };
  if (read.answer === "denied") {
    return { answer: "denied", detail: "the computer may apply it but not read it, so it never gets it" };
  }
  if (apply.answer === "unknown") return { answer: "unknown", detail: undecided(apply) };
  if (read.answer === "unknown") return { answer: "unknown", detail: undecided(read) };
  return { answer: "allowed", detail: "the computer may read and apply it" };
}

export interface AccessCheck {
  readonly answer: "allowed" | "denied" | "unknown";
  /** Trustee of the entry that decided, or of the first one that may decide. */
  readonly sid: string | null;
  readonly conditional: boolean;
}

/**
 * Walks a DACL in order; the first entry that matches decides (MS-DTYP 2.5.3.2). An entry that only may match leaves
 * both ends open, unless the rest of the list comes to the same end.
 */
export function accessCheck(dacl: readonly Ace[], token: Token, grants: (ace: Ace) => boolean): AccessCheck {
  const open = new Set<"allowed" | "denied">();
  let doubtful: Ace | null = null;
  const settle = (answer: "allowed" | "denied", sid: string | null): AccessCheck => {
    open.add(answer);
    const [only] = open;
    if (open.size === 1 && only !== undefined) return { answer: only, sid, conditional: false };
    return { answer: "unknown", sid: doubtful?.sid ?? null, conditional: doubtful?.conditional ?? false };
  };
  for (const ace of dacl) {
    if (ace.inheritOnly || !grants(ace)) continue;
    const member = token.has(ace.sid);
    if (member === "no") continue;
    const answer = ace.type === "allow" ? "allowed" : "denied";
    if (member === "yes" && !ace.conditional) return settle(answer, ace.sid);
    open.add(answer);
    doubtful ??= ace;
  }
  return settle("denied", null);
}

/** Plain entries count too: Windows checks the right with AccessCheckByType, where a plain entry covers every object type. */
function grantsApply(ace: Ace): boolean {
  if ((ace.mask & (controlAccess | genericAll)) === 0) return false;
  return ace.objectType === null || ace.objectType === applyGroupPolicy;
}

function grantsRead(ace: Ace): boolean {
  return (ace.mask & (readProperty | genericAll | genericRead)) !== 0 && ace.objectType === null;
}

function applyDenied(sid: string | null): string {
  return sid === null
    ? "no entry of its security descriptor lets this computer apply it"
    : `an entry for ${sid} denies this computer to apply it`;
}

function undecided(check: AccessCheck): string {
  if (check.conditional)
    return "a conditional entry of its security descriptor decides, which only Windows can evaluate";
  const who = check.sid === null ? "a trustee whose SID is not known" : check.sid;
  return `it depends on whether the computer is in ${who}, which the directory data does not show`;
}
