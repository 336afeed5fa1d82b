/**
 * Writers for the files and attributes of Group Policy, as Windows lays them out. They know nothing of the readers in
 * src/, so that the example does not inherit a misunderstanding from them.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/** Text of a console tool: ASCII with CR LF (audit.csv, GPT.INI, Registry.xml). */
export function crlf(...lines) {
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(""), "utf8");
}

/** GptTmpl.inf: UTF-16LE with byte order mark and CR LF (MS-GPSB 2.2). */
export function template(sections) {
  const lines = ["[Unicode]", "Unicode=yes", "[Version]", 'signature="$CHICAGO$"', "Revision=1"];
  for (const [name, rows] of Object.entries(sections)) lines.push(`[${name}]`, ...rows);
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join("")}`, "utf16le");
}

const registryTypes = { sz: 1, dword: 4 };

/** registry.pol (MS-GPREG 2.2.1). `records`: [key, value name, "dword" | "sz", data]. */
export function registryPol(records) {
  const parts = [Buffer.from("PReg", "latin1"), uint32(1)];
  for (const [key, name, type, data] of records) {
    const bytes = type === "dword" ? uint32(data) : wide(`${data}\0`);
    const fields = [
      wide(`${key}\0`),
      wide(`${name}\0`),
      uint32(registryTypes[type]),
      uint32(bytes.length),
      bytes,
    ];
    const separated = fields.flatMap((field, index) => (index === 0 ? [field] : [wide(";"), field]));
    parts.push(wide("["), ...separated, wide("]"));
  }
  return Buffer.concat(parts);
}

/** Binary SID (MS-DTYP 2.4.2.2). */
export function sid(text) {
  const [authority, ...rids] = text.split("-").slice(2).map(Number);
  const head = Buffer.from([1, rids.length, 0, 0, 0, 0, 0, authority]);
  return Buffer.concat([head, ...rids.map(uint32)]);
}

/** Binary GUID: the first three fields little-endian (MS-DTYP 2.3.4.2). */
function guid(text) {
  const bytes = Buffer.from(text.replace(/[{}-]/g, ""), "hex");
  return Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
}

/** A GUID that only depends on `seed`, for objectGUID. */
export function inventedGuid(seed) {
  const bytes = createHash("sha256").update(seed).digest().subarray(0, 16);
  bytes[7] = (bytes[7] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes;
}

/** Access-allowed ACE, with `objectType` an object ACE (MS-DTYP 2.4.4.2, 2.4.4.3). */
export function allow({ to, mask, flags = 0, objectType }) {
  const body = [uint32(mask)];
  if (objectType !== undefined) body.push(uint32(1), guid(objectType));
  body.push(sid(to));
  const size = 4 + Buffer.concat(body).length;
  const head = Buffer.from([objectType === undefined ? 0 : 5, flags, size & 0xff, size >> 8]);
  return Buffer.concat([head, ...body]);
}

/** Self-relative descriptor without SACL, DACL first and protected, as a DC returns it (MS-DTYP 2.4.6). */
export function securityDescriptor({ owner, group, aces }) {
  const acl = Buffer.concat([Buffer.alloc(8), ...aces]);
  acl[0] = 4; // ACL_REVISION_DS: it holds object ACEs
  acl.writeUInt16LE(acl.length, 2);
  acl.writeUInt16LE(aces.length, 4);
  const head = Buffer.alloc(20);
  head[0] = 1;
  head.writeUInt16LE(0x9c04, 2); // self-relative, DACL protected, both auto-inherited, DACL present
  head.writeUInt32LE(20 + acl.length, 4);
  head.writeUInt32LE(20 + acl.length + sid(owner).length, 8);
  head.writeUInt32LE(20, 16);
  return Buffer.concat([head, acl, sid(owner), sid(group)]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function wide(text) {
  return Buffer.from(text, "utf16le");
}
