import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { WrittenText } from "./text-file.ts";
import { readTextFile } from "./text-file.ts";
import { ReadError } from "./vfs.ts";

/** `policies/` of this package: beside `dist/`, and beside `src/` in a checkout. */
const bundled = new URL("../../policies/", import.meta.url);
const bundledPrefix = "bundled:";

/** A pack that ships with this package. Throws ReadError where there is none of that name. */
export function readBundledPack(name: string): WrittenText {
  const names = listBundledPacks();
  if (!names.includes(name))
    throw new ReadError("missing", `no pack of that name; there are ${names.join(", ")}`);
  const path = fileURLToPath(new URL(`${name}.json`, bundled));
  return readTextFile(path, `${bundledPrefix}${name}`, `policies/${name}.json`);
}

/** A pack in JSON or YAML; `path` is absolute, `shown` is what messages call it. Throws ReadError. */
export function readPackFile(path: string, shown: string = path): WrittenText {
  return readTextFile(path, real(path), shown);
}

/**
 * The pack that `from` names in `extends`: one that ships with this package, or a file beside `from` or below. A file
 * elsewhere is refused, so that a pack from somebody else reads nothing but what came with it. Throws ReadError.
 */
export function readExtendedPack(reference: string, from: Pick<WrittenText, "id" | "file">): WrittenText {
  if (!/[\\/.]/.test(reference)) return readBundledPack(reference);
  const inBundle = from.id.startsWith(bundledPrefix);
  const folder = inBundle ? fileURLToPath(bundled) : dirname(from.id);
  const steps = reference.split(/[\\/]/);
  if (/^(?:[\\/]|[a-z]:)/i.test(reference) || steps.includes(".."))
    throw new ReadError("denied", "expected a file in the folder of this pack or below");
  const path = join(folder, ...steps);
  if (!existsSync(path)) throw new ReadError("missing", "no such file");
  const id = real(path);
  // A link may lead out of the folder.
  if (!id.startsWith(`${real(folder).replace(/[\\/]$/, "")}${sep}`))
    throw new ReadError("denied", "it leads out of the folder of this pack");
  const shownFolder = /^(.*[\\/])?/.exec(from.file)?.[0] ?? "";
  return readTextFile(path, id, `${shownFolder}${steps.filter((step) => step !== ".").join("/")}`);
}

/** Names of the packs that ship with this package. */
export function listBundledPacks(): string[] {
  return readdirSync(bundled)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw new ReadError("missing", "no such file or folder", { cause: error });
  }
}
