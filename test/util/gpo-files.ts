import type { SettingKey, SettingValue } from "../../src/model/setting.ts";
import { utf8 } from "./bytes.ts";
import type { PregInput } from "./preg-writer.ts";
import { dword, pregFile, sz } from "./preg-writer.ts";
import { utf16Bom } from "./utf16.ts";

/** One way to write a setting into a GPO. */
export type GpoRow =
  | { readonly file: "audit.csv"; readonly text: string }
  | { readonly file: "GptTmpl.inf"; readonly section: string; readonly text: string }
  | { readonly file: "Registry.pol"; readonly record: PregInput };

/** A template cannot ask for more: the editor ends there. */
const maxTemplateKilobytes = 4_194_240;

/** Every way to configure a value that Windows offers; the type of a registry value follows from the value. */
export function waysToWrite(key: SettingKey, value: SettingValue): readonly GpoRow[] {
  const [, kind = "", name = ""] = /^([^/]+)\/(.*)$/.exec(key) ?? [];
  switch (kind) {
    case "audit-subcategory":
      return [{ file: "audit.csv", text: `,System,,{${name.toUpperCase()}},,,${String(value)}` }];
    case "user-right": {
      const accounts = typeof value === "object" ? value.map((account) => `*${account}`) : [];
      return [{ file: "GptTmpl.inf", section: "Privilege Rights", text: `${name} = ${accounts.join(",")}` }];
    }
    case "registry-value":
      return [inRegistry(name.replace(/^machine\\/, ""), value)];
    case "event-log-size":
      if (typeof value === "number") return logSizeWays(name, value);
      break;
    default:
  }
  throw new Error(`no GPO can be written for ${key} = ${JSON.stringify(value)}`);
}

function inRegistry(path: string, value: SettingValue): GpoRow {
  const at = path.lastIndexOf("\\");
  const [key, name] = [path.slice(0, at), path.slice(at + 1)];
  const record = typeof value === "number" ? dword(key, name, value) : sz(key, name, String(value));
  return { file: "Registry.pol", record };
}

const channels = "software\\microsoft\\windows\\currentversion\\winevt\\channels";
const services = "system\\currentcontrolset\\services\\eventlog";
const policies = "software\\policies\\microsoft\\windows\\eventlog";

/** A policy in KB, a section in KB, and what the service keeps in bytes, as far as they hold the number. */
function logSizeWays(log: string, kilobytes: number): readonly GpoRow[] {
  const isChannel = log.includes("/");
  const ways: GpoRow[] = isChannel ? [] : [inRegistry(`${policies}\\${log}\\maxsize`, kilobytes)];
  if (["application", "security", "system"].includes(log) && kilobytes <= maxTemplateKilobytes) {
    ways.push({ file: "GptTmpl.inf", section: `${log} Log`, text: `MaximumLogSize = ${kilobytes}` });
  }
  const place = isChannel || log === "setup" ? channels : services;
  if (kilobytes * 1024 <= 0xffff_ffff) ways.push(inRegistry(`${place}\\${log}\\maxsize`, kilobytes * 1024));
  return ways;
}

const auditHeader =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value";

/** The files of a GPO below its Machine folder, as Windows writes them. */
export function gpoFiles(rows: readonly GpoRow[]): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const audit = rows.flatMap((row) => (row.file === "audit.csv" ? [row.text] : []));
  const records = rows.flatMap((row) => (row.file === "Registry.pol" ? [row.record] : []));
  const sections = new Map<string, string[]>();
  for (const row of rows) {
    if (row.file !== "GptTmpl.inf") continue;
    sections.set(row.section, [...(sections.get(row.section) ?? []), row.text]);
  }
  if (audit.length > 0)
    files.set("Microsoft/Windows NT/Audit/audit.csv", utf8(lines([auditHeader, ...audit])));
  if (records.length > 0) files.set("Registry.pol", pregFile(...records));
  if (sections.size > 0) {
    const own = [...sections].flatMap(([section, texts]) => [`[${section}]`, ...texts]);
    const text = lines([
      "[Unicode]",
      "Unicode=yes",
      ...own,
      "[Version]",
      'signature="$CHICAGO$"',
      "Revision=1",
    ]);
    files.set("Microsoft/Windows NT/SecEdit/GptTmpl.inf", utf16Bom(text));
  }
  return files;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\r\n`).join("");
}
