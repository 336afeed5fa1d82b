import { limits } from "../../model/limits.ts";
import type { AuditAce, SaclFact } from "../../model/readiness.ts";
import { inheritOnlyFlag, sddlAceTypes } from "./ace-kinds.ts";
import { parseGuidText } from "./guid.ts";
import type { AceBody } from "./parse-binary.ts";
import { readAceBody, readAcl } from "./parse-binary.ts";
import type { Domains } from "./parse-sddl.ts";
import { parseLetters, parseMask, parseTrustee } from "./parse-sddl.ts";
import { splitSddl } from "./sddl-parts.ts";
import { sddlAceFlags } from "./sddl-words.ts";

const saclPresent = 0x0010;

/** Entries that audit (MS-DTYP 2.4.4.1); alarm, label, attribute and policy entries do not. */
const auditTypes: ReadonlyMap<number, { readonly object: boolean; readonly conditional: boolean }> = new Map([
  [0x02, { object: false, conditional: false }],
  [0x07, { object: true, conditional: false }],
  [0x0d, { object: false, conditional: true }],
  [0x0f, { object: true, conditional: true }],
]);

/** Reads the SACL of a self-relative security descriptor (MS-DTYP 2.4.6); absent where it was not handed out. */
export function parseBinarySacl(bytes: Uint8Array): SaclFact {
  if (bytes.length > limits.descriptorBytes)
    return malformed(`${bytes.length} bytes are more than the limit`);
  if (bytes.length < 20) return malformed("shorter than its header");
  if (bytes[0] !== 1) return malformed(`revision ${bytes[0]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((view.getUint16(2, true) & saclPresent) === 0) return { state: "absent" };
  const offset = view.getUint32(12, true);
  if (offset === 0) return { state: "read", aces: [] };
  const aces = readAcl(view, bytes, offset, "SACL", readAuditAce);
  return typeof aces === "string" ? malformed(aces) : { state: "read", aces };
}

function readAuditAce(
  view: DataView,
  bytes: Uint8Array,
  start: number,
  end: number,
): readonly AuditAce[] | null {
  const kind = auditTypes.get(view.getUint8(start));
  if (kind === undefined) return [];
  const body = readAceBody(view, bytes, start, end, kind.object);
  return body === null ? null : [toAce(kind.conditional, view.getUint8(start + 1), body)];
}

/** Reads the SACL of a security descriptor in text form (SDDL, MS-DTYP 2.5.1). */
export function parseSddlSacl(text: string, domains: Domains): SaclFact {
  if (text.length > 8 * limits.descriptorBytes)
    return malformed(`${text.length} characters are more than the limit`);
  const parts = splitSddl(text);
  if (typeof parts === "string") return malformed(parts);
  if (parts.sacl === null) return { state: "absent" };
  if (parts.sacl.aces.length > limits.aces)
    return malformed(`${parts.sacl.aces.length} entries are more than the limit`);
  const aces: AuditAce[] = [];
  for (const ace of parts.sacl.aces) {
    const parsed = parseAuditAce(ace, domains);
    if (parsed === null) return malformed(`entry (${ace}) of the SACL`);
    aces.push(...parsed);
  }
  return { state: "read", aces };
}

/** `type;flags;rights;object;inherited object;trustee[;condition]`; none for entries that do not audit. */
function parseAuditAce(text: string, domains: Domains): readonly AuditAce[] | null {
  const fields = text.split(";").map((field) => field.trim());
  const [typeText = "", flagText = "", rightText = "", objectText = "", inheritedText = "", sidText = ""] =
    fields;
  const type = sddlAceTypes.get(typeText.toUpperCase());
  if (type === undefined) return null;
  const kind = auditTypes.get(type);
  if (kind === undefined) return [];
  const flags = parseLetters(flagText, sddlAceFlags);
  const mask = parseMask(rightText);
  const sid = parseTrustee(sidText, domains);
  const objectType = objectText === "" ? null : parseGuidText(objectText);
  const inheritedObjectType = inheritedText === "" ? null : parseGuidText(inheritedText);
  if (fields.length < 6 || flags === null || mask === null || sid === undefined) return null;
  if ((objectType === null) !== (objectText === "")) return null;
  if ((inheritedObjectType === null) !== (inheritedText === "")) return null;
  return [toAce(kind.conditional, flags, { mask, objectType, inheritedObjectType, sid })];
}

/** Flags of MS-DTYP 2.4.4.1. */
function toAce(
  conditional: boolean,
  flags: number,
  body: Omit<AceBody, "sid"> & { readonly sid: string | null },
): AuditAce {
  return {
    success: (flags & 0x40) !== 0,
    failure: (flags & 0x80) !== 0,
    conditional,
    inheritOnly: (flags & inheritOnlyFlag) !== 0,
    containerInherit: (flags & 0x02) !== 0,
    noPropagate: (flags & 0x04) !== 0,
    ...body,
  };
}

function malformed(detail: string): SaclFact {
  return { state: "malformed", detail: detail.length > 120 ? `${detail.slice(0, 117)}...` : detail };
}
