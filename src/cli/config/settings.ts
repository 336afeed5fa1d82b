import { dirname } from "node:path";
import type { SettingValue } from "../../app/load-config.ts";
import { loadConfig, problemText } from "../../app/load-config.ts";
import type { WrittenText } from "../../sources/text-file.ts";
import { readTextFile } from "../../sources/text-file.ts";
import { ReadError } from "../../sources/vfs.ts";
import type { CliIo } from "../io.ts";
import { UsageError } from "../io.ts";
import { requirePath, toAbsolute } from "../paths.ts";
import { environmentSettings } from "./environment.ts";
import { fromFolder } from "./file-paths.ts";
import { findConfig } from "./find-config.ts";
import { configFlag, isTyped } from "./typed-flags.ts";

/** A setting that no flag decides. */
export interface Setting {
  readonly name: string;
  /** As the flag would have it. */
  readonly value: SettingValue;
  /** As it stands there: paths are relative to the file. */
  readonly written: SettingValue;
  readonly layer: "environment" | "file";
  /** `file:line`, or the name of the variable. */
  readonly origin: string;
}

export interface Settings {
  /** What messages call the file; null where none is used. */
  readonly file: string | null;
  readonly inUse: readonly Setting[];
}

/** Flags over environment over file: what the latter two say, where nothing above says otherwise. */
export function readSettings(io: CliIo, isTaken: (name: string) => boolean): Settings {
  const config = readConfig(io);
  const fromEnvironment = environmentSettings(io).map(({ variable, name, value }): Setting => {
    return { name, value, written: value, layer: "environment", origin: variable };
  });
  const above = new Set(fromEnvironment.map(({ name }) => name));
  const fromFile = config.inUse.filter(({ name }) => !above.has(name));
  return {
    file: config.file,
    inUse: [...fromEnvironment, ...fromFile].filter(({ name }) => isTaken(name) && !isTyped(io.argv, name)),
  };
}

function readConfig(io: CliIo): Settings {
  const typed = configFlag(io.argv);
  const path = typed === undefined ? findConfig(io.cwd) : typed === null ? null : toAbsolute(io.cwd, typed);
  if (path === null) return { file: null, inUse: [] };
  // Where it was found stays out of reports: the same repository gives the same report in any folder.
  const file = typed ?? path.slice(dirname(path).length).replace(/^[\\/]/, "");
  const loaded = loadConfig(readText(path, file));
  if (!loaded.ok)
    throw new UsageError(`the configuration is invalid: ${loaded.problems.map(problemText).join("; ")}`);
  const inUse = loaded.settings.map(({ name, value, line }): Setting => {
    const own = fromFolder(name, value, dirname(path), io.cwd);
    return { name, value: own, written: value, layer: "file", origin: `${file}:${line}` };
  });
  return { file, inUse };
}

function readText(path: string, file: string): WrittenText {
  requirePath(path, file, "file", "configuration");
  try {
    return readTextFile(path, path, file);
  } catch (error) {
    if (error instanceof ReadError)
      throw new UsageError(`cannot read configuration '${file}': ${error.message}`);
    throw error;
  }
}
