/** Reads values of a JSON document strictly and remembers the first thing that is not as it must be. */
export class ShapeReader {
  #problem: string | null = null;

  /** What is wrong; null where everything asked for was there. */
  get problem(): string | null {
    return this.#problem;
  }

  object(value: unknown, where: string): Readonly<Record<string, unknown>> {
    if (isObject(value)) return value;
    this.refuse(where, "an object");
    return {};
  }

  list(value: unknown, where: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.refuse(where, "a list");
    return [];
  }

  text(value: unknown, where: string): string {
    if (typeof value === "string") return value;
    this.refuse(where, "a text");
    return "";
  }

  textOrNull(value: unknown, where: string): string | null {
    return value === null ? null : this.text(value, where);
  }

  choice<const T extends string>(value: unknown, choices: readonly [T, ...T[]], where: string): T {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.refuse(where, choices.join(" or "));
    return found ?? choices[0];
  }

  count(value: unknown, where: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    this.refuse(where, "a whole number");
    return 0;
  }

  refuse(where: string, wanted: string): void {
    this.#problem ??= `${where} must be ${wanted}`;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
