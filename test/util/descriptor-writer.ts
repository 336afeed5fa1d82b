/** One entry of a DACL as a test describes it. */
export interface AceSpec {
  readonly type: "allow" | "deny";
  readonly mask: number;
  readonly sid: string;
  readonly objectType?: string;
  readonly inheritedObjectType?: string;
  readonly inheritOnly?: boolean;
  readonly conditional?: boolean;
}

export interface DescriptorSpec {
  /** Null: no DACL. */
  readonly dacl: readonly AceSpec[] | null;
  readonly owner?: string;
}

/** The extended right Apply-Group-Policy. */
export const applyGroupPolicy = "edacfd8f-ffb3-11d1-b41d-00a0c968f939";

/** What a new GPO has: the trustee may apply and read it. */
export function applyAndRead(sid: string): readonly AceSpec[] {
  return [
    { type: "allow", mask: 0x100, objectType: applyGroupPolicy, sid },
    { type: "allow", mask: 0x20094, sid },
  ];
}

/** Writes a self-relative security descriptor (MS-DTYP 2.4.6). */
export function writeDescriptor({ dacl, owner = "S-1-5-18" }: DescriptorSpec): Uint8Array {
  const ownerBytes = writeSid(owner);
  const header = Buffer.alloc(20);
  header[0] = 1;
  header.writeUInt16LE(dacl === null ? 0x8000 : 0x8004, 2);
  header.writeUInt32LE(20, 4);
  header.writeUInt32LE(20, 8);
  if (dacl === null) return Buffer.concat([header, ownerBytes]);
  header.writeUInt32LE(20 + ownerBytes.length, 16);
  const aces = Buffer.concat(dacl.map(writeAce));
  const acl = Buffer.alloc(8);
  acl[0] = 4;
  acl.writeUInt16LE(8 + aces.length, 2);
  acl.writeUInt16LE(dacl.length, 4);
  return Buffer.concat([header, ownerBytes, acl, aces]);
}

/** Writes the same descriptor as text (MS-DTYP 2.5.1). */
export function writeSddl({ dacl, owner = "S-1-5-18" }: DescriptorSpec): string {
  const head = `O:${owner}G:${owner}`;
  return dacl === null ? head : `${head}D:${dacl.map(sddlAce).join("")}`;
}

export function writeSid(sid: string): Uint8Array {
  const [authority = 0, ...parts] = sid.split("-").slice(2).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(authority, 2, 6);
  parts.forEach((part, i) => bytes.writeUInt32LE(part, 8 + 4 * i));
  return bytes;
}

function isObject(ace: AceSpec): boolean {
  return ace.objectType !== undefined || ace.inheritedObjectType !== undefined;
}

function writeAce(ace: AceSpec): Buffer {
  const base = (ace.conditional === true ? 9 : 0) + (ace.type === "deny" ? 1 : 0);
  const type = isObject(ace) ? base + (ace.conditional === true ? 2 : 5) : base;
  const objectPart = isObject(ace)
    ? [objectFlags(ace), writeGuid(ace.objectType), writeGuid(ace.inheritedObjectType)]
    : [];
  const body = Buffer.concat([
    ...objectPart,
    writeSid(ace.sid),
    ...(ace.conditional === true ? [Buffer.from("artx")] : []),
  ]);
  const head = Buffer.alloc(8);
  head[0] = type;
  head[1] = ace.inheritOnly === true ? 0x0a : 0x02;
  head.writeUInt16LE(8 + body.length, 2);
  head.writeUInt32LE(ace.mask, 4);
  return Buffer.concat([head, body]);
}

function objectFlags(ace: AceSpec): Buffer {
  const flags = Buffer.alloc(4);
  flags[0] = (ace.objectType === undefined ? 0 : 1) | (ace.inheritedObjectType === undefined ? 0 : 2);
  return flags;
}

function writeGuid(guid: string | undefined): Buffer {
  if (guid === undefined) return Buffer.alloc(0);
  const bytes = Buffer.from(guid.replaceAll("-", ""), "hex");
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

function sddlAce(ace: AceSpec): string {
  const plain = ace.type === "allow" ? "A" : "D";
  const type =
    ace.conditional === true ? (isObject(ace) ? "Z" : "X") + plain : (isObject(ace) ? "O" : "") + plain;
  const flags = ace.inheritOnly === true ? "CIIO" : "CI";
  const mask = `0x${ace.mask.toString(16)}`;
  const fields = [type, flags, mask, ace.objectType ?? "", ace.inheritedObjectType ?? "", ace.sid];
  return `(${[...fields, ...(ace.conditional === true ? ['(@User.Title == "a;(b")'] : [])].join(";")})`;
}
