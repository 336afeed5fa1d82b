import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt } from "../../model/setting.ts";

export interface RegistryKey {
  /** Below HKEY_LOCAL_MACHINE, no backslash at either end. */
  readonly path: string;
  /** Non-null: Windows may not find the key that was meant. */
  readonly doubt: Doubt | null;
}

const machineHive = /^(HKLM|HKEY_LOCAL_MACHINE)\\/i;
const otherHive = /^(HKCU|HKU|HKCR|HKCC|HKEY_[A-Z_]+)\\/i;

// One object each: Windows treats all such keys alike, so all of their rows stand or fall together.
const hiveDoubt: Doubt = {
  code: "preg.hive-prefix",
  text: "the registry key names a hive, which registry.pol does not provide for",
};
const backslashDoubt: Doubt = {
  code: "preg.key-backslash",
  text: "the registry key starts with a backslash, which registry.pol does not provide for",
};

/**
 * The key of a record in the form that settings are compared by. Keys have no hive (MS-GPREG 2.2.1). With one, or
 * with a leading backslash, what was meant is clear but Windows takes it literally, so the row is in doubt.
 * Null: no key at all.
 */
export function normalizeKey(
  key: string,
  offset: number,
  diagnostics: DiagnosticCollector,
): RegistryKey | null {
  let path = key.endsWith("\\") ? key.slice(0, -1) : key;
  const leading = path.startsWith("\\");
  if (leading) path = path.slice(1);
  if (leading || key.endsWith("\\")) diagnostics.atOffset("preg.key-backslash", offset, key);

  const hive = machineHive.exec(path);
  if (hive !== null) path = path.slice(hive[0].length);
  if (hive !== null || otherHive.test(path)) diagnostics.atOffset("preg.hive-prefix", offset, key);

  if (path === "") {
    diagnostics.atOffset("preg.key-empty", offset, key);
    return null;
  }
  if (hive !== null) return { path, doubt: hiveDoubt };
  return { path, doubt: leading ? backslashDoubt : null };
}
