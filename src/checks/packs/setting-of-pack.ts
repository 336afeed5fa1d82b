import {
  auditCategories,
  auditSubcategories,
  findAuditSubcategory,
} from "../../model/audit-subcategories.ts";
import { judgedKey } from "../../model/event-logs.ts";
import type { Expectation } from "../../model/requirement.ts";
import type { SettingKey } from "../../model/setting.ts";
import {
  auditCategoryPrefix,
  auditSubcategoryPrefix,
  eventLogPrefix,
  eventLogSizePrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../../model/setting.ts";
import { parseSettingName, settingName } from "../../model/setting-names.ts";
import { userRightConstants, userRightName } from "../../model/user-rights.ts";
import { nearest, suggestion } from "../files/nearest.ts";
import { orList, shown } from "../files/problem.ts";

export type NamedSetting =
  | { readonly ok: true; readonly key: SettingKey }
  | { readonly ok: false; readonly text: string };

/** The setting that a pack names; unlike `explain --setting`, only one that Windows knows and a policy can be judged by. */
export function readSetting(name: string): NamedSetting {
  const key = parseSettingName(name);
  if (key === null) return fail(name, "the name or key of a setting", suggestion(name, allNames()));
  if (key.startsWith(auditSubcategoryPrefix)) return readSubcategory(name, key);
  if (key.startsWith(userRightPrefix)) return readUserRight(name, key);
  if (key.startsWith(registryValuePrefix)) return readRegistryValue(name, key);
  if (key.startsWith(auditCategoryPrefix)) {
    return fail(name, "its subcategories, by which a legacy category is judged", "");
  }
  if (key.startsWith(eventLogPrefix)) {
    const [log = ""] = key.slice(eventLogPrefix.length).split("/");
    return failLogSize(name, eventLogSizePrefix + log);
  }
  return { ok: true, key };
}

function fail(name: string, expected: string, more: string): NamedSetting {
  return { ok: false, text: `found the setting ${shown(name)}, expected ${expected}${more}` };
}

function readSubcategory(name: string, key: SettingKey): NamedSetting {
  const guid = key.slice(auditSubcategoryPrefix.length);
  if (findAuditSubcategory(guid) !== undefined) return { ok: true, key };
  const near = nearest(
    guid,
    auditSubcategories.map((own) => own.guid),
  );
  const title = near === null ? undefined : findAuditSubcategory(near)?.names[0];
  const more = near === null || title === undefined ? "" : `; did you mean '${near}' (${title})?`;
  return fail(name, "the GUID of an audit subcategory", more);
}

function readUserRight(name: string, key: SettingKey): NamedSetting {
  const constant = key.slice(userRightPrefix.length);
  if (userRightName(key) !== constant) return { ok: true, key };
  return fail(name, "a user right of Windows", suggestion(constant, userRightConstants));
}

/** Its places decide together, each with its own unit: one alone says nothing. */
function failLogSize(name: string, size: SettingKey): NamedSetting {
  return fail(name, "the size that its places come to", `; did you mean '${size}'?`);
}

/** A path that no computer has is never configured, and "not configured" may be what is asked for. */
function readRegistryValue(name: string, key: SettingKey): NamedSetting {
  const [root, ...steps] = key.slice(registryValuePrefix.length).split("\\");
  // The default value of a key has an empty name.
  const size = judgedKey(key);
  if (size !== key) return failLogSize(name, size);
  const isPath =
    root === "machine" &&
    steps.length > 1 &&
    steps.slice(0, -1).every(isKeyName) &&
    steps[0]?.includes("/") === false;
  if (isPath) return { ok: true, key };
  const plain = key.replaceAll(/\\{2,}/g, "\\").replace(/^registry-value\/(machine|hklm)[\\/]/, "HKLM\\");
  const near = plain.startsWith("HKLM\\") ? `; did you mean '${plain}'?` : "";
  return fail(name, "the path of a machine registry value, such as HKLM\\Software\\KEY\\VALUE", near);
}

function isKeyName(step: string): boolean {
  return step !== "" && step === step.trim();
}

function allNames(): readonly string[] {
  return [
    ...auditSubcategories.flatMap(({ names }) => names),
    ...auditCategories,
    ...userRightConstants,
    ...userRightConstants.map((constant) => userRightName(userRightPrefix + constant.toLowerCase())),
    ...["security", "system", "application"].map((log) => eventLogSizePrefix + log),
  ];
}

/** Which prefix of a key each kind of operator is for, and what that is called. */
const kinds: Readonly<Record<string, { readonly prefix: string; readonly name: string }>> = {
  audit: { prefix: auditSubcategoryPrefix, name: "audit subcategories" },
  dword: { prefix: registryValuePrefix, name: "registry values" },
  text: { prefix: registryValuePrefix, name: "registry values" },
  right: { prefix: userRightPrefix, name: "user rights" },
  log: { prefix: eventLogSizePrefix, name: "sizes of event logs" },
};

/** What is wrong with an operator on a setting; null where they fit. */
export function misfit(operator: Expectation["operator"], key: SettingKey): string | null {
  const own = kinds[operator.replace(/-.*/, "")];
  if (own === undefined || key.startsWith(own.prefix)) return null;
  const fitting = operators.filter((name) => {
    const kind = kinds[name.replace(/-.*/, "")];
    return kind !== undefined && key.startsWith(kind.prefix);
  });
  return `found the operator '${operator}' for ${own.name} on '${settingName(key)}', expected ${orList(fitting)}`;
}

const operators = [
  "audit-at-least",
  "audit-exactly",
  "dword-any-of",
  "dword-none-of",
  "dword-between",
  "dword-all-bits",
  "text-any-of",
  "text-contains",
  "right-includes",
  "right-only",
  "log-size-at-least",
] as const satisfies readonly Expectation["operator"][];
