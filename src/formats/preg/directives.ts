import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { SettingKey } from "../../model/setting.ts";
import { registryValueKey } from "../../model/setting.ts";
import type { PregRecord } from "./read-records.ts";
import { registryType } from "./record-value.ts";
import { utf16Of } from "./utf16.ts";

/** What the name of a record tells Windows to do (MS-GPREG 3.2.5.1.2). Names compare without case. */
export type Directive =
  | { readonly kind: "set" | "set-if-absent"; readonly name: string }
  | { readonly kind: "delete"; readonly keys: readonly SettingKey[] }
  | { readonly kind: "delete-values"; readonly keyPrefix: SettingKey }
  | { readonly kind: "delete-keys"; readonly keyPrefixes: readonly SettingKey[] }
  /** A list that cannot be read: anything below the key may be deleted. */
  | { readonly kind: "unreadable"; readonly keyPrefix: SettingKey }
  | { readonly kind: "nothing" };

const deletePrefix = "**del.";
const softPrefix = "**soft.";

/** Reads the directive of a record whose key, already normalized, is `path`. */
export function readDirective(record: PregRecord, path: string, diagnostics: DiagnosticCollector): Directive {
  const name = record.name.toLowerCase();
  // Three asterisks are an ordinary name, but for a slip in the specification that Windows may share.
  if (!name.startsWith("**") || (name.startsWith("***") && name !== "***deletekeys")) {
    return { kind: "set", name: record.name };
  }
  if (name.startsWith(softPrefix)) {
    return { kind: "set-if-absent", name: record.name.slice(softPrefix.length) };
  }
  if (name === "**delvals." || name === "**delvals") {
    return { kind: "delete-values", keyPrefix: registryValueKey(path, "") };
  }
  if (name.startsWith(deletePrefix)) {
    return { kind: "delete", keys: [registryValueKey(path, record.name.slice(deletePrefix.length))] };
  }
  if (name === "**deletevalues" || name === "**deletekeys") {
    const items = listItems(record);
    if (items === null) {
      diagnostics.atOffset("preg.directive-data", record.offset, record.name);
      return { kind: "unreadable", keyPrefix: registryValueKey(path, "") };
    }
    return name === "**deletevalues"
      ? { kind: "delete", keys: items.map((item) => registryValueKey(path, item)) }
      : { kind: "delete-keys", keyPrefixes: items.map((item) => registryValueKey(`${path}\\${item}`, "")) };
  }
  // An access control list on the key: it writes no value.
  if (!name.startsWith("**securekey"))
    diagnostics.atOffset("preg.directive-unknown", record.offset, record.name);
  return { kind: "nothing" };
}

/** `a;b;c` of a string record; null where the data is no string. */
function listItems(record: PregRecord): readonly string[] | null {
  const isString = record.type === registryType.string || record.type === registryType.expandString;
  if (!isString || record.data.length % 2 === 1) return null;
  const text = utf16Of(record.data);
  const end = text.indexOf("\0");
  return (end < 0 ? text : text.slice(0, end)).split(";").filter((item) => item !== "");
}
