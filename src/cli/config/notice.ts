import type { ScanResult } from "../../model/result.ts";
import { visible } from "../../reporters/escape.ts";
import type { Setting, Settings } from "./settings.ts";
import { kebab } from "./typed-flags.ts";

/**
 * What the run did that its command line does not show: one sentence each. A repository that is scanned may bring its own
 * configuration, and must not relax the scan unseen.
 */
export function settingNotices({ file, inUse }: Settings): readonly string[] {
  const own = (layer: Setting["layer"]): string =>
    inUse
      .filter((setting) => setting.layer === layer)
      .map(({ name, written }) => `${kebab(name)} = ${valueText(written)}`)
      .join("; ");
  const [ofFile, ofEnvironment] = [own("file"), own("environment")];
  return [
    ...(ofEnvironment === "" ? [] : [`Settings from the environment: ${ofEnvironment}.`]),
    ...(ofFile === "" || file === null ? [] : [`Settings from ${visible(file)}: ${ofFile}.`]),
  ];
}

export function withNotices(result: ScanResult, notices: readonly string[]): ScanResult {
  const { coverage } = result;
  return { ...result, coverage: { ...coverage, limits: [...notices, ...coverage.limits] } };
}

/** For people; what is not there is "(none)". */
export function valueText(value: unknown): string {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const text = values
    .filter((item) => typeof item === "string" || typeof item === "number" || typeof item === "boolean")
    .join(", ");
  return text === "" ? "(none)" : visible(text);
}
