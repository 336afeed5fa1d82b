import type { Ace, Guid, SecurityDescriptorFact } from "../../model/gpo.ts";
import { limits } from "../../model/limits.ts";
import { aceKinds, inheritOnlyFlag, silentTypes, undecidableAces } from "./ace-kinds.ts";
import { readGuid } from "./guid.ts";
import { readSid } from "./sid.ts";

const daclPresent = 0x0004;

/** Reads the DACL of a self-relative security descriptor (MS-DTYP 2.4.6). */
export function parseSecurityDescriptor(bytes: Uint8Array): SecurityDescriptorFact {
  if (bytes.length > limits.descriptorBytes)
    return malformed(`${bytes.length} bytes are more than the limit`);
  if (bytes.length < 20) return malformed("shorter than its header");
  if (bytes[0] !== 1) return malformed(`revision ${bytes[0]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const control = view.getUint16(2, true);
  const offset = view.getUint32(16, true);
  if ((control & daclPresent) === 0) {
    // Every object of a directory has an owner: without one, only the audit part was exported (MS-ADTS 3.1.1.3.4.1.11).
    const ownerless = view.getUint32(4, true) === 0 && view.getUint32(8, true) === 0;
    return ownerless ? malformed("exported without its DACL") : { state: "read", descriptor: { dacl: null } };
  }
  if (offset === 0) return { state: "read", descriptor: { dacl: null } };
  const dacl = readAcl(view, bytes, offset, "DACL", readAce);
  return typeof dacl === "string" ? malformed(dacl) : { state: "read", descriptor: { dacl } };
}

/** Reads the entry between two offsets; none for one that says nothing here, null where it is cut. */
export type ReadAce<T> = (
  view: DataView,
  bytes: Uint8Array,
  start: number,
  end: number,
) => readonly T[] | null;

/** MS-DTYP 2.4.5; a text says what is wrong. */
export function readAcl<T>(
  view: DataView,
  bytes: Uint8Array,
  offset: number,
  name: "DACL" | "SACL",
  readEntry: ReadAce<T>,
): readonly T[] | string {
  if (offset < 20 || offset + 8 > bytes.length) return `the ${name} begins outside the descriptor`;
  const revision = view.getUint8(offset);
  const end = offset + view.getUint16(offset + 2, true);
  const count = view.getUint16(offset + 4, true);
  if (revision !== 2 && revision !== 4) return `${name} revision ${revision}`;
  if (end < offset + 8 || end > bytes.length) return `the ${name} ends outside the descriptor`;
  if (count > limits.aces) return `${count} entries are more than the limit`;
  const aces: T[] = [];
  let position = offset + 8;
  for (let i = 0; i < count; i++) {
    if (position + 4 > end) return `${count} entries announced, ${i} found`;
    const size = view.getUint16(position + 2, true);
    if (size < 4 || position + size > end) return `entry ${i + 1} of the ${name} has size ${size}`;
    const ace = readEntry(view, bytes, position, position + size);
    if (ace === null) return `entry ${i + 1} of the ${name} is cut`;
    aces.push(...ace);
    position += size;
  }
  return aces;
}

/** One ACE between two offsets (MS-DTYP 2.4.4); none for entries that do not decide, null where it is cut. */
function readAce(view: DataView, bytes: Uint8Array, start: number, end: number): readonly Ace[] | null {
  const type = view.getUint8(start);
  const inheritOnly = (view.getUint8(start + 1) & inheritOnlyFlag) !== 0;
  if (silentTypes.has(type)) return [];
  const kind = aceKinds.get(type);
  if (kind === undefined) return undecidableAces(inheritOnly);
  const body = readAceBody(view, bytes, start, end, kind.object);
  if (body === null) return null;
  const { mask, objectType, sid } = body;
  return [{ type: kind.effect, conditional: kind.conditional, inheritOnly, mask, objectType, sid }];
}

export interface AceBody {
  readonly mask: number;
  readonly objectType: Guid | null;
  readonly inheritedObjectType: Guid | null;
  readonly sid: string;
}

/** What follows type, flags and size (MS-DTYP 2.4.4.2, 2.4.4.3); null where it is cut. */
export function readAceBody(
  view: DataView,
  bytes: Uint8Array,
  start: number,
  end: number,
  object: boolean,
): AceBody | null {
  if (start + (object ? 12 : 8) > end) return null;
  const flags = object ? view.getUint32(start + 8, true) : 0;
  const types: (Guid | null)[] = [];
  let position = start + (object ? 12 : 8);
  for (const bit of [1, 2]) {
    if ((flags & bit) !== 0 && position + 16 > end) return null;
    types.push((flags & bit) === 0 ? null : readGuid(bytes, position));
    if ((flags & bit) !== 0) position += 16;
  }
  const sid = readSid(bytes, position, end);
  const [objectType = null, inheritedObjectType = null] = types;
  return sid === null
    ? null
    : { mask: view.getUint32(start + 4, true), objectType, inheritedObjectType, sid };
}

function malformed(detail: string): SecurityDescriptorFact {
  return { state: "malformed", detail };
}
