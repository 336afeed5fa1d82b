import type { AuditAce } from "../../../src/model/readiness.ts";
import { writeSid } from "../../util/descriptor-writer.ts";

/** Writes a self-relative security descriptor with nothing but a SACL (MS-DTYP 2.4.6). */
export function writeSacl(aces: readonly AuditAce[]): Uint8Array {
  const body = Buffer.concat(aces.map(writeAce));
  const header = Buffer.alloc(28);
  header[0] = 1;
  header.writeUInt16LE(0x8010, 2);
  header.writeUInt32LE(20, 12);
  header[20] = 4;
  header.writeUInt16LE(8 + body.length, 22);
  header.writeUInt16LE(aces.length, 24);
  return Buffer.concat([header, body]);
}

/** The same as text; a callback entry for an object has no letters of its own. */
export function writeSaclText(aces: readonly AuditAce[]): string {
  return `S:AI${aces.map(textOf).join("")}`;
}

function flagsOf(ace: AuditAce): number {
  return (
    (ace.success ? 0x40 : 0) |
    (ace.failure ? 0x80 : 0) |
    (ace.inheritOnly ? 0x08 : 0) |
    (ace.containerInherit ? 0x02 : 0) |
    (ace.noPropagate ? 0x04 : 0)
  );
}

function isObject({ objectType, inheritedObjectType }: AuditAce): boolean {
  return objectType !== null || inheritedObjectType !== null;
}

function writeAce(ace: AuditAce): Buffer {
  const guids = [ace.objectType, ace.inheritedObjectType];
  const flags = Buffer.alloc(4);
  flags[0] = (guids[0] === null ? 0 : 1) | (guids[1] === null ? 0 : 2);
  const body = Buffer.concat([
    ...(isObject(ace) ? [flags, ...guids.map(writeGuid)] : []),
    writeSid(ace.sid ?? "S-1-1-0"),
    ...(ace.conditional ? [Buffer.from("artx")] : []),
  ]);
  const head = Buffer.alloc(8);
  head[0] = isObject(ace) ? (ace.conditional ? 0x0f : 0x07) : ace.conditional ? 0x0d : 0x02;
  head[1] = flagsOf(ace);
  head.writeUInt16LE(8 + body.length, 2);
  head.writeUInt32LE(ace.mask, 4);
  return Buffer.concat([head, body]);
}

function writeGuid(guid: string | null | undefined): Buffer {
  if (guid === null || guid === undefined) return Buffer.alloc(0);
  const bytes = Buffer.from(guid.replaceAll("-", ""), "hex");
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

function textOf(ace: AuditAce): string {
  const letters = [
    ace.containerInherit ? "CI" : "",
    ace.noPropagate ? "NP" : "",
    ace.inheritOnly ? "IO" : "",
    ace.success ? "SA" : "",
    ace.failure ? "FA" : "",
  ];
  const type = isObject(ace) ? "OU" : ace.conditional ? "XU" : "AU";
  const mask = `0x${ace.mask.toString(16)}`;
  const fields = [
    type,
    letters.join(""),
    mask,
    ace.objectType ?? "",
    ace.inheritedObjectType ?? "",
    ace.sid ?? "",
  ];
  return `(${[...fields, ...(ace.conditional ? ["(@User.a == 1)"] : [])].join(";")})`;
}
