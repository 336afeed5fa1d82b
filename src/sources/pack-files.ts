import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sha256 } from "./file-reader.ts";
import { fsVfs } from "./fs-vfs.ts";
import { ReadError } from "./vfs.ts";

const packLimit = 4 * 1024 * 1024;

/** `policies/` of this package: beside `dist/`, and beside `src/` in a checkout. */
const bundled = new URL("../../policies/", import.meta.url);

export interface PackText {
  readonly text: string;
  readonly sha256: string;
}

/** Text of a pack that ships with this package. Throws ReadError where there is none of that name. */
export function readBundledPack(name: string): PackText {
  const path = fileURLToPath(new URL(`${encodeURIComponent(name)}.json`, bundled));
  if (!existsSync(path))
    throw new ReadError("missing", `no pack of that name; there are ${listBundledPacks().join(", ")}`);
  return readPackFile(path);
}

export function readPackFile(path: string): PackText {
  const bytes = fsVfs.read(path, packLimit);
  return { text: new TextDecoder().decode(bytes), sha256: sha256(bytes) };
}

function listBundledPacks(): string[] {
  return readdirSync(bundled)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}
