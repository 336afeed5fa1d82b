import { parseEvidence } from "../../src/formats/evidence/parse-evidence.ts";
import type { RsopReport } from "../../src/model/backup.ts";
import type { Evidence, MeasuredState } from "../../src/model/evidence.ts";
import type { SettingRequirement } from "../../src/model/requirement.ts";
import type { SettingKey, SettingValue } from "../../src/model/setting.ts";
import { auditSubcategoryPrefix, registryValuePrefix } from "../../src/model/setting.ts";
import { measureRsop } from "../../src/sources/rsop-evidence.ts";
import { utf8 } from "./bytes.ts";
import { utf16Bom } from "./utf16.ts";

/** Evidence as the readers make it from what Windows writes. */
function evidence(path: string, state: MeasuredState): Evidence {
  const file = { path, kind: state.kind, size: 1, sha256: "", encoding: "utf-8", bom: false } as const;
  return { host: "DC1", file, state };
}

/** `auditpol /backup` with one row; a value that is no number makes it unusable. */
export function auditpol(key: SettingKey, value: number | string, path = "auditpol.csv"): Evidence {
  const guid = key.slice(auditSubcategoryPrefix.length).toUpperCase();
  const text = `Machine Name,,,,,,\r\nDC1,System,,{${guid}},,,${value}\r\n`;
  return evidence(path, parseEvidence(utf8(text), path).state);
}

/** `reg export` of the key of a value; `data` as it stands behind the equal sign, null: the value is not there. */
export function regExport(key: SettingKey, data: string | null, path = "dc1.reg"): Evidence {
  return regExports([[key, data]], path);
}

/** `reg export` of several keys in one file. */
export function regExports(
  values: readonly (readonly [key: SettingKey, data: string | null])[],
  path = "dc1.reg",
): Evidence {
  const keys = values.map(([key, data]) => {
    const [, folder = "", name = ""] = /^registry-value\/machine\\(.*)\\(.*)$/.exec(key) ?? [];
    const row = data === null ? "" : `"${name}"=${data}\r\n`;
    return `[HKEY_LOCAL_MACHINE\\${folder}]\r\n${row}\r\n`;
  });
  const text = `Windows Registry Editor Version 5.00\r\n\r\n${keys.join("")}`;
  return evidence(path, parseEvidence(utf16Bom(text), path).state);
}

/** `secedit /export` with one registry value; `data` as it stands behind the equal sign. */
export function secedit(key: SettingKey, data: string, path = "secedit.inf"): Evidence {
  return seceditRows("Registry Values", [`${key.slice(registryValuePrefix.length)}=${data}`], path);
}

/** `secedit /export` with the rows of one section. */
export function seceditRows(section: string, rows: readonly string[], path = "secedit.inf"): Evidence {
  const lines = ["[Unicode]", "Unicode=yes", `[${section}]`, ...rows, "[Version]"];
  const text = [...lines, 'signature="$CHICAGO$"', "Revision=1", ""].join("\r\n");
  return evidence(path, parseEvidence(utf16Bom(text), path).state);
}

export function rsopReport(key: SettingKey, value: SettingValue, more: Partial<RsopReport> = {}): RsopReport {
  const type = !key.startsWith(registryValuePrefix) ? null : typeof value === "number" ? 4 : 1;
  const location = { path: "gpresult.xml", line: 40 };
  return {
    path: "gpresult.xml",
    computer: "CORP\\DC1$",
    domain: "corp.example",
    site: null,
    som: null,
    readTime: null,
    data: "logged",
    gpos: [],
    settings: [{ key, value, type, winner: "local", location, quote: `winner = ${String(value)}` }],
    open: [],
    complete: true,
    ...more,
  };
}

export function gpresult(key: SettingKey, value: SettingValue, more: Partial<RsopReport> = {}): Evidence {
  return evidence("gpresult.xml", measureRsop(rsopReport(key, value, more)));
}

export function requirementOf(
  setting: SettingKey,
  settingName: string,
  expect: SettingRequirement["expect"],
  expectText: string,
): SettingRequirement {
  return {
    id: "pack.rule",
    title: "A title",
    severity: "high",
    setting,
    settingName,
    expect,
    expectText,
    scale: { "7": "Enable all" },
    events: [],
    rationale: "Because.",
    remediation: "In the winning GPO, set it.",
    source: "https://example.org",
    notes: null,
    whenNotConfigured: "fail",
    appliesTo: { roles: ["dc", "rodc"], operatingSystems: [] },
    mappings: { attack: [], nist80053: [], pciDss: [], iso27001: [], cis: [] },
    detections: [],
  };
}
