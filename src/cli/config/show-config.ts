import { visible } from "../../reporters/escape.ts";
import type { CliIo } from "../io.ts";
import { valueText } from "./notice.ts";
import type { Settings } from "./settings.ts";
import { isTyped, kebab } from "./typed-flags.ts";

/** Every value that a run would have, and where it comes from. */
export function showConfig(io: CliIo, settings: Settings, names: readonly string[], args: object): string {
  const rows = names.map((name) => {
    const value = valueText(Reflect.get(args, name));
    return [name === "paths" ? "PATH" : kebab(name), value, originOf(io, settings, name, args)] as const;
  });
  const file = settings.file === null ? "no configuration file" : `configuration: ${visible(settings.file)}`;
  const [first, second] = [width(rows.map(([name]) => name)), width(rows.map(([, value]) => value))];
  const lines = rows.map(
    ([name, value, origin]) => `  ${name.padEnd(first)}  ${value.padEnd(second)}  ${origin}`,
  );
  return [file, ...lines, ""].join("\n");
}

function originOf(io: CliIo, { inUse }: Settings, name: string, args: object): string {
  const own = inUse.find((setting) => setting.name === name);
  if (own !== undefined) return own.layer === "file" ? visible(own.origin) : `environment ${own.origin}`;
  const paths: unknown = Reflect.get(args, "paths");
  if (name === "paths") return Array.isArray(paths) && paths.length > 0 ? "argument" : "default";
  return isTyped(io.argv, name) ? `flag --${kebab(name)}` : "default";
}

/** One long value does not push every origin out of sight. */
function width(texts: readonly string[]): number {
  return Math.min(40, Math.max(...texts.map(({ length }) => length)));
}
