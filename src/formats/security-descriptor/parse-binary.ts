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
  const dacl = readAcl(view, bytes, offset);
  return typeof dacl === "string" ? malformed(dacl) : { state: "read", descriptor: { dacl } };
}

/** MS-DTYP 2.4.5; a text says what is wrong. */
function readAcl(view: DataView, bytes: Uint8Array, offset: number): readonly Ace[] | string {
  if (offset < 20 || offset + 8 > bytes.length) return "the DACL begins outside the descriptor";
  const revision = view.getUint8(offset);
  const end = offset + view.getUint16(offset + 2, true);
  const count = view.getUint16(offset + 4, true);
  if (revision !== 2 && revision !== 4) return `DACL revision ${revision}`;
  if (end < offset + 8 || end > bytes.length) return "the DACL ends outside the descriptor";
  if (count > limits.aces) return `${count} entries are more than the limit`;
  const aces: Ace[] = [];
  let position = offset + 8;
  for (let i = 0; i < count; i++) {
    if (position + 4 > end) return `${count} entries announced, ${i} found`;
    const size = view.getUint16(position + 2, true);
    if (size < 4 || position + size > end) return `entry ${i + 1} of the DACL has size ${size}`;
    const ace = readAce(view, bytes, position, position + size);
    if (ace === null) return `entry ${i + 1} of the DACL is cut`;
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
  if (start + (kind.object ? 12 : 8) > end) return null;
  let objectType: Guid | null = null;
  let position = start + 8;
  if (kind.object) {
    const flags = view.getUint32(position, true);
    const guids = (flags & 1) + ((flags >> 1) & 1);
    position += 4;
    if (position + 16 * guids > end) return null;
    if ((flags & 1) !== 0) objectType = readGuid(bytes, position);
    position += 16 * guids;
  }
  const sid = readSid(bytes, position, end);
  if (sid === null) return null;
  const mask = view.getUint32(start + 4, true);
  return [{ type: kind.effect, conditional: kind.conditional, inheritOnly, mask, objectType, sid }];
}

function malformed(detail: string): SecurityDescriptorFact {
  return { state: "malformed", detail };
}
