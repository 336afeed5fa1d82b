import type { SettingValue } from "../../app/load-config.ts";
import { suggestion } from "../../app/load-config.ts";
import { severities } from "../../model/requirement.ts";
import { reporterIds } from "../../reporters/registry.ts";
import type { CliIo } from "../io.ts";
import { UsageError } from "../io.ts";

interface Variable {
  readonly name: string;
  readonly setting: string;
  readonly allowed: readonly string[] | null;
}

const variables: readonly Variable[] = [
  { name: "GPOLINT_FORMAT", setting: "format", allowed: reporterIds },
  { name: "GPOLINT_FAIL_ON", setting: "failOn", allowed: [...severities, "none"] },
  { name: "GPOLINT_POLICY", setting: "policy", allowed: null },
];

export interface EnvironmentSetting {
  readonly name: string;
  readonly value: SettingValue;
  readonly variable: string;
}

/** The few settings that a pipeline hands on to every run in it. An empty variable is none. */
export function environmentSettings({ env }: CliIo): readonly EnvironmentSetting[] {
  return variables.flatMap(({ name, setting, allowed }): readonly EnvironmentSetting[] => {
    const text = env[name] ?? "";
    if (text.trim() === "") return [];
    if (allowed === null) return [{ name: setting, value: splitList(text), variable: name }];
    if (!allowed.includes(text))
      throw new UsageError(
        `${name}: found '${text}', expected one of ${allowed.join(", ")}${suggestion(text, allowed)}`,
      );
    return [{ name: setting, value: text, variable: name }];
  });
}

function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
