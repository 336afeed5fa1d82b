import type { Ace, SecurityDescriptorFact } from "../../model/gpo.ts";
import { limits } from "../../model/limits.ts";
import { splitSddl } from "./sddl-parts.ts";
import { aceKinds, inheritOnlyFlag, sddlAceTypes, silentTypes } from "./ace-kinds.ts";
import { parseGuidText } from "./guid.ts";
import { domainTrustees, forestTrustees, sddlAceFlags, sddlRights, wellKnownTrustees } from "./sddl-words.ts";
import { parseSidText } from "./sid.ts";

/** What the aliases of a domain stand for. */
export interface Domains {
  readonly domainSid: string | null;
  readonly forestRootSid: string | null;
}

/**
 * Reads the DACL of a security descriptor in text form (SDDL, MS-DTYP 2.5.1). Aliases of the domain and of the forest
 * root stand for SIDs that only their SIDs tell; without them the trustee is null.
 */
export function parseSddl(
  text: string,
  domainSid: string | null,
  forestRootSid: string | null = null,
): SecurityDescriptorFact {
  // The text of a descriptor is longer than its bytes, but not by more than this.
  if (text.length > 8 * limits.descriptorBytes)
    return malformed(`${text.length} characters are more than the limit`);
  const parts = splitSddl(text);
  if (typeof parts === "string") return malformed(parts);
  if (parts.dacl === null) {
    // Every object of a directory has an owner: without one, only the audit part was exported.
    return parts.hasOwner
      ? { state: "read", descriptor: { dacl: null } }
      : malformed("exported without its DACL");
  }
  if (/NO_ACCESS_CONTROL/i.test(parts.dacl.flags)) return { state: "read", descriptor: { dacl: null } };
  if (parts.dacl.aces.length > limits.aces)
    return malformed(`${parts.dacl.aces.length} entries are more than the limit`);
  const dacl: Ace[] = [];
  for (const ace of parts.dacl.aces) {
    const parsed = parseAce(ace, { domainSid, forestRootSid });
    if (parsed === null) return malformed(`entry (${ace}) of the DACL`);
    dacl.push(...parsed);
  }
  return { state: "read", descriptor: { dacl } };
}

/** `type;flags;rights;object;inherited object;trustee[;condition]`; none for entries that do not decide. */
function parseAce(text: string, domains: Domains): readonly Ace[] | null {
  const fields = text.split(";").map((field) => field.trim());
  const [
    typeText = "",
    flagText = "",
    rightText = "",
    objectText = "",
    inheritedText = "",
    trusteeText = "",
  ] = fields;
  const type = sddlAceTypes.get(typeText.toUpperCase());
  if (type === undefined) return null;
  if (silentTypes.has(type)) return [];
  const kind = aceKinds.get(type);
  if (kind === undefined || fields.length < 6 || (fields.length > 6 && !kind.conditional)) return null;
  const flags = parseLetters(flagText, sddlAceFlags);
  const mask = parseMask(rightText);
  const objectType = objectText === "" ? null : parseGuidText(objectText);
  const sid = parseTrustee(trusteeText, domains);
  if (flags === null || mask === null || sid === undefined) return null;
  if (objectText !== "" && (objectType === null || !kind.object)) return null;
  if (inheritedText !== "" && (parseGuidText(inheritedText) === null || !kind.object)) return null;
  const inheritOnly = (flags & inheritOnlyFlag) !== 0;
  return [{ type: kind.effect, conditional: kind.conditional, inheritOnly, mask, objectType, sid }];
}

/** Access rights as letters or as a number; null where they are neither. */
export function parseMask(text: string): number | null {
  if (/^(0x[0-9a-f]{1,8}|0[0-7]*|[1-9]\d{0,9})$/i.test(text)) {
    const octal = /^0[0-7]+$/.test(text);
    const mask = octal ? Number.parseInt(text, 8) : Number(text);
    return mask <= 0xffffffff ? mask : null;
  }
  return parseLetters(text, sddlRights);
}

/** Adds up two-letter words. */
export function parseLetters(text: string, words: ReadonlyMap<string, number>): number | null {
  if (text.length % 2 === 1) return null;
  let sum = 0;
  for (let i = 0; i < text.length; i += 2) {
    const value = words.get(text.slice(i, i + 2).toUpperCase());
    if (value === undefined) return null;
    sum |= value;
  }
  return sum >>> 0;
}

/** Null: a trustee whose SID cannot be told from here; undefined: no trustee at all. */
export function parseTrustee(text: string, { domainSid, forestRootSid }: Domains): string | null | undefined {
  if (/^S-/i.test(text)) return parseSidText(text) ?? undefined;
  if (!/^[A-Z]{2}$/i.test(text)) return undefined;
  const alias = text.toUpperCase();
  const wellKnown = wellKnownTrustees.get(alias);
  if (wellKnown !== undefined) return wellKnown;
  const domainRid = domainTrustees.get(alias);
  if (domainRid !== undefined) return domainSid === null ? null : `${domainSid}-${domainRid}`;
  const forestRid = forestTrustees.get(alias);
  return forestRid === undefined || forestRootSid === null ? null : `${forestRootSid}-${forestRid}`;
}

function malformed(detail: string): SecurityDescriptorFact {
  return { state: "malformed", detail: detail.length > 120 ? `${detail.slice(0, 117)}...` : detail };
}
