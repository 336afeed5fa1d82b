/** GitHub drops a step summary above 1,024 KiB as a whole, without a word. */
export const maxMarkdownBytes = 900 * 1024;

/** A part of a Markdown report of which rows can be left out, from the last one on. */
export interface MarkdownSection {
  /** Title, and the head of the table. */
  readonly head: readonly string[];
  readonly rows: readonly string[];
  /** What one row stands for. */
  readonly noun: string;
}

/** Room for the line that says what is missing. */
const noteBytes = 200;

/**
 * As many rows as fit, in order, and a line wherever some are missing: a report that was cut must not look whole.
 *
 * @param first Lines that are never left out, before all sections.
 * @param last The same, after them.
 */
export function fitSections(
  first: readonly string[],
  sections: readonly MarkdownSection[],
  last: readonly string[],
  limit: number = maxMarkdownBytes,
): string {
  let room = limit - bytesOf(first) - bytesOf(last);
  for (const { head } of sections) room -= bytesOf(head) + noteBytes;
  const lines = [...first];
  for (const { head, rows, noun } of sections) {
    const kept: string[] = [];
    for (const row of rows) {
      room -= bytesOf([row]);
      // What comes after weighs less: once something is left out, nothing that follows is in.
      if (room < 0) break;
      kept.push(row);
    }
    const missing = rows.length - kept.length;
    lines.push(...head, ...kept);
    if (missing > 0) {
      const what = `**${missing} of ${rows.length} ${noun} are missing here**`;
      lines.push(
        "",
        `${what}: the summary ends below ${limit / 1024} KiB. The JSON and HTML reports hold all.`,
      );
    }
  }
  return `${[...lines, ...last].join("\n")}\n`;
}

const encoder = new TextEncoder();

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + encoder.encode(line).length + 1, 0);
}
