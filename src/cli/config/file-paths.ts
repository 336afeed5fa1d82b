import { isAbsolute, relative, resolve, sep } from "node:path";
import type { SettingValue } from "../../app/load-config.ts";
import { parseEvidenceArgument } from "../../sources/evidence.ts";

type Move = (text: string) => string;

/** Settings that hold paths, and which part of a value is one. */
const movers: Readonly<Record<string, (text: string, move: Move) => string>> = {
  paths: (text, move) => move(text),
  directory: (text, move) => move(text),
  overlay: (text, move) => move(text),
  root: (text, move) => move(text),
  honeytokens: (text, move) => move(text),
  waivers: (text, move) => move(text),
  baseline: (text, move) => move(text),
  // What has no dot and no slash is the name of a pack that ships with gpolint.
  policy: (text, move) => (isFile(text) ? asFile(move(text)) : text),
  evidence: (text, move) => {
    const { host, path } = parseEvidenceArgument(text);
    return host === null ? move(path) : `${host}=${move(path)}`;
  },
};

function isFile(text: string): boolean {
  return /[\\/.]/.test(text);
}

function asFile(path: string): string {
  return isFile(path) ? path : `./${path}`;
}

/** A value of a configuration in `folder`, as somebody in `cwd` would type it. */
export function fromFolder(name: string, value: SettingValue, folder: string, cwd: string): SettingValue {
  const mover = Object.hasOwn(movers, name) ? movers[name] : undefined;
  if (mover === undefined || typeof value === "number" || typeof value === "boolean") return value;
  const moved = (text: string): string => mover(text, (path) => rebase(path, folder, cwd));
  return typeof value === "string" ? moved(value) : value.map(moved);
}

function rebase(path: string, folder: string, cwd: string): string {
  if (isAbsolute(path)) return path;
  // A file that people on several systems share may have either separator.
  const shared = sep === "/" ? path.replaceAll("\\", "/") : path;
  const here = relative(cwd, resolve(folder, shared)).replaceAll(sep, "/");
  return here === "" ? "." : here;
}
