import { crc32, deflateRawSync } from "node:zlib";
import { concat, utf8 } from "./bytes.ts";

export interface ZipItem {
  /** Bytes for a name that is not UTF-8. */
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** Unix mode with the file type; makes the entry one of a Unix system. */
  readonly mode?: number;
  /** MS-DOS and Windows attributes. */
  readonly attributes?: number;
  readonly extra?: Uint8Array;
  /** What the headers claim instead of the truth. */
  readonly claim?: { readonly size?: number; readonly packed?: number; readonly crc?: number };
  readonly localName?: string;
  /** Index of an earlier item whose data this one points at. */
  readonly sharesWith?: number;
}

/** Writes a zip file (APPNOTE.TXT 4.3), wrong where a test asks for it. */
export function writeZip(
  items: readonly ZipItem[],
  options: { readonly entryCount?: number; readonly comment?: string } = {},
): Buffer {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const item of items) {
    const name = typeof item.name === "string" ? utf8(item.name) : item.name;
    const data = item.data ?? new Uint8Array();
    const method = item.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const ownOffset = item.sharesWith === undefined ? offset : (offsets[item.sharesWith] ?? 0);
    offsets.push(ownOffset);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(item.flags ?? 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(item.claim?.crc ?? crc32(data), 10);
    common.writeUInt32LE(item.claim?.packed ?? packed.length, 14);
    common.writeUInt32LE(item.claim?.size ?? data.length, 18);
    common.writeUInt16LE(name.length, 22);
    if (item.sharesWith === undefined) {
      const localName = item.localName === undefined ? name : utf8(item.localName);
      const local = concat(utf8("PK\x03\x04"), common, localName, packed);
      parts.push(local);
      offset += local.length;
    }
    common.writeUInt16LE(item.extra?.length ?? 0, 24);
    const madeBy = Buffer.from([20, item.mode === undefined ? 0 : 3]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((((item.mode ?? 0) << 16) | (item.attributes ?? 0)) >>> 0, 6);
    tail.writeUInt32LE(ownOffset, 10);
    central.push(concat(utf8("PK\x01\x02"), madeBy, common, tail, name, item.extra ?? new Uint8Array()));
  }
  const directory = concat(...central);
  const comment = utf8(options.comment ?? "");
  const end = Buffer.alloc(18);
  end.writeUInt16LE(options.entryCount ?? items.length, 4);
  end.writeUInt16LE(options.entryCount ?? items.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, directory, utf8("PK\x05\x06"), end, comment]);
}
