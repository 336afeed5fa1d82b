import { UsageError } from "../io.ts";

/** Which file the flags ask for: undefined: the one that is found; null: none. */
export function configFlag(argv: readonly string[]): string | null | undefined {
  let [file, isOff]: [string | undefined, boolean] = [undefined, false];
  const own = flagsOf(argv);
  own.forEach((token, index) => {
    if (token === "--no-config") isOff = true;
    const match = /^--config(?:=(.*))?$/s.exec(token);
    if (match === null) return;
    const inline = match[1];
    const value = inline ?? own[index + 1] ?? "";
    if (value === "" || (inline === undefined && value.startsWith("-")))
      throw new UsageError("--config needs a FILE, e.g. --config gpolint.config.yaml");
    if (file !== undefined) throw new UsageError("--config can be given only once");
    file = value;
  });
  if (isOff && file !== undefined) throw new UsageError("--config and --no-config exclude each other");
  return isOff ? null : file;
}

/** True where the person typed the option, in any way that the parser takes. */
export function isTyped(argv: readonly string[], name: string): boolean {
  const flags = new Set([name, kebab(name)].flatMap((text) => [`--${text}`, `--no-${text}`]));
  return flagsOf(argv).some((token) => flags.has(token.replace(/=.*$/s, "")));
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What stands after `--` is no flag. */
export function flagsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}
