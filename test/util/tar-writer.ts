import { concat, utf8 } from "./bytes.ts";

export interface TarItem {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  /** `0` file, `1` hard link, `2` symbolic link, `5` folder, `x` pax, `L` GNU long name. */
  readonly type?: string;
  readonly link?: string;
  readonly prefix?: string;
  /** Writes the size in base 256. */
  readonly base256?: boolean;
  readonly badChecksum?: boolean;
}

const block = 512;
export const tarEnd = new Uint8Array(2 * block);

/** Writes a ustar file, wrong where a test asks for it. */
export function writeTar(items: readonly TarItem[], end: Uint8Array = tarEnd): Buffer {
  return Buffer.concat([...items.map(writeItem), end]);
}

/** A pax header with one record for the entry behind it. */
export function pax(key: string, value: string): TarItem {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (length !== utf8(`${length}${rest}`).length) length = utf8(`${length}${rest}`).length;
  return { name: "PaxHeaders/x", type: "x", data: utf8(`${length}${rest}`) };
}

/** What GNU tar writes in front of an entry with a long name. */
export function longName(name: string): TarItem {
  return { name: "././@LongLink", type: "L", data: utf8(`${name}\0`) };
}

function writeItem(item: TarItem): Uint8Array {
  const data = item.data ?? new Uint8Array();
  const header = Buffer.alloc(block);
  header.set((typeof item.name === "string" ? utf8(item.name) : item.name).subarray(0, 100));
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  if (item.base256 === true) {
    header[124] = 0x80;
    header.writeUIntBE(data.length, 130, 6);
  } else {
    header.write(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
  }
  header.write("00000000000\0", 136);
  header.write(item.type ?? "0", 156);
  header.write(item.link ?? "", 157);
  header.write("ustar\u000000", 257);
  header.write(item.prefix ?? "", 345);
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, item.badChecksum === true ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return concat(header, data, new Uint8Array((block - (data.length % block)) % block));
}
