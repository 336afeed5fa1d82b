/** Rows of a template that say what the template is, not what a computer is to be. */
const frame = new Set(["unicode", "version", "profile description"]);

const logs = new Set(["application log", "security log", "system log"]);

/** What a row of a security template is called that sets nothing a policy pack can ask for; null: it does. */
export function unjudgedTemplateRow(section: string, key: string): string | null {
  const name = section.trim().toLowerCase();
  if (frame.has(name) || name === "privilege rights" || name === "event audit") return null;
  if (name === "registry values") return /^machine\\/i.test(key) ? null : "registry values of users";
  if (logs.has(name) && key.trim().toLowerCase() === "maximumlogsize") return null;
  return `[${section.trim()}]`;
}

/** Settings that a source has and a policy pack cannot ask for, by what they are. */
export interface UnjudgedRows {
  readonly what: string;
  readonly count: number;
}

export class UnjudgedCounter {
  readonly #counts = new Map<string, number>();

  add(what: string, count = 1): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  rows(): readonly UnjudgedRows[] {
    return [...this.#counts]
      .map(([what, count]) => ({ what, count }))
      .sort((a, b) => (a.what < b.what ? -1 : 1));
  }
}
