import { crc32, inflateRawSync } from "node:zlib";
import type { Entry } from "yauzl";
import { getFileNameLowLevel } from "yauzl";
import type { VfsEntry } from "../vfs.ts";
import { ReadError } from "../vfs.ts";
import type { ArchiveEntry, EntryRefusal } from "./archive.ts";
import { ArchiveFault } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { quoteName } from "./entry-name.ts";

const utf8Flag = 0x800;
const stored = 0;
const deflated = 8;

export interface ZipEntry extends ArchiveEntry {
  /** Where the local header starts. */
  readonly start: number;
  /** Behind the data. */
  readonly end: number;
}

/** One entry of the central directory, and how to get at its content. Throws ArchiveFault. */
export function zipEntry(bytes: Buffer, entry: Entry, limits: ArchiveLimits): ZipEntry {
  const { name, guessed } = decodeName(entry);
  const { relativeOffsetOfLocalHeader: start, compressedSize, compressionMethod: method, crc32: sum } = entry;
  const size = entry.uncompressedSize;
  const dataAt = dataStart(bytes, entry);
  // One of the two headers is wrong. Under which name the file is missing cannot be told.
  if (dataAt === null)
    throw new ArchiveFault("archive.damaged", `the two headers of ${quoteName(name)} disagree`);
  const end = dataAt + compressedSize;
  if (end > bytes.length)
    throw new ArchiveFault("archive.damaged", `${quoteName(name)} lies outside the archive`);
  return {
    name,
    nameGuessed: guessed,
    kind: kindOf(entry, name),
    size,
    refusal: refusalOf(entry, limits),
    content: () => unpack(bytes.subarray(dataAt, end), method, size, sum),
    start,
    end,
  };
}

/**
 * APPNOTE.TXT 4.4.4: UTF-8 where bit 11 says so, else code page 437. Programs for other systems write UTF-8 without the
 * bit, so what is valid UTF-8 is taken for it.
 */
function decodeName(entry: Entry): { readonly name: string; readonly guessed: boolean } {
  const { fileNameRaw: raw, generalPurposeBitFlag: flags, extraFields } = entry;
  const official = getFileNameLowLevel(flags, raw, extraFields, true);
  if (raw.every((byte) => byte < 0x80)) return { name: official, guessed: false };
  if ((flags & utf8Flag) !== 0) return { name: official, guessed: official.includes("\ufffd") };
  // Another name than the plain reading comes from the Unicode Path field of Info-ZIP.
  if (official !== getFileNameLowLevel(0, raw, [], true)) return { name: official, guessed: false };
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true }).decode(raw);
  return { name: utf8.includes("\ufffd") ? official : utf8, guessed: true };
}

const fileTypeMask = 0xf000;
const unixLink = 0xa000;
const unixFile = 0x8000;
const unixFolder = 0x4000;
const dosFolder = 0x10;
/** FILE_ATTRIBUTE_REPARSE_POINT: a junction or symbolic link of Windows. */
const reparsePoint = 0x400;

function kindOf(
  { externalFileAttributes: attributes, uncompressedSize: size }: Entry,
  name: string,
): VfsEntry["kind"] {
  const unixType = (attributes >>> 16) & fileTypeMask;
  if (unixType === unixLink || (attributes & reparsePoint) !== 0) return "link";
  if (/[/\\]$/.test(name)) return "folder";
  // A folder has no content: with some, it is a file whose attributes are wrong.
  if (unixType === unixFolder) return size === 0 ? "folder" : "other";
  if (unixType !== 0) return unixType === unixFile ? "file" : "other";
  return (attributes & dosFolder) !== 0 && size === 0 ? "folder" : "file";
}

function refusalOf(entry: Entry, limits: ArchiveLimits): EntryRefusal | null {
  if (entry.isEncrypted()) return { code: "archive.encrypted", text: "encrypted in the archive" };
  const { compressionMethod: method, uncompressedSize: size, compressedSize: packed } = entry;
  if (method !== stored && method !== deflated) {
    return {
      code: "archive.method",
      text: `packed with method ${method}, and only store and deflate are read`,
    };
  }
  if (size > limits.ratioFloor && size > packed * limits.ratio) {
    return { code: "archive.too-large", text: `inflates from ${packed} to ${size} bytes` };
  }
  return null;
}

const localHeader = { signature: 0x04034b50, length: 30, nameLengthAt: 26, extraLengthAt: 28 };

/** Start of an entry's data; null where its local header is not the one that the central directory describes. */
function dataStart(bytes: Buffer, entry: Entry): number | null {
  const at = entry.relativeOffsetOfLocalHeader;
  const nameAt = at + localHeader.length;
  if (nameAt > bytes.length || bytes.readUInt32LE(at) !== localHeader.signature) return null;
  const nameLength = bytes.readUInt16LE(at + localHeader.nameLengthAt);
  const name = bytes.subarray(nameAt, nameAt + nameLength);
  const start = nameAt + nameLength + bytes.readUInt16LE(at + localHeader.extraLengthAt);
  return name.equals(entry.fileNameRaw) ? start : null;
}

function unpack(packed: Uint8Array, method: number, size: number, sum: number): Uint8Array {
  const data = method === stored ? packed : inflate(packed, size);
  if (data.length !== size)
    throw new ReadError("failed", `the archive declares ${size} bytes and holds ${data.length}`);
  if (crc32(data) !== sum) throw new ReadError("failed", "its checksum in the archive does not match");
  return data;
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw new ReadError("failed", "its data in the archive is damaged or longer than declared", { cause });
  }
}
