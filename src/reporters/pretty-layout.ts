/** Wide enough for a path, narrow enough for a split window. */
const width = 96;

export function indent(level: number): string {
  return "  ".repeat(level);
}

/**
 * Breaks a text at blanks. `first` stands before the first line (a bullet, say, `firstWidth` columns wide when printed);
 * a word that is longer than the line is left whole: paths are there to be copied.
 */
export function wrap(text: string, hang: string, first = hang, firstWidth = hang.length): string[] {
  const lines: string[] = [];
  let line = "";
  let used = firstWidth;
  for (const word of text.split(" ")) {
    if (line !== "" && used + 1 + word.length > width) {
      lines.push(line);
      line = "";
      used = hang.length;
    }
    used += word.length + (line === "" ? 0 : 1);
    line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((item, index) => (index === 0 ? first : hang.padEnd(firstWidth)) + item);
}

/** Columns padded to their widest cell; the last one is left ragged. Widths are counted before any paint. */
export function table(
  rows: readonly (readonly string[])[],
  paintCell: (text: string, column: number) => string,
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const pad = column === row.length - 1 ? "" : " ".repeat((widths[column] ?? 0) - cell.length);
        return paintCell(cell, column) + pad;
      })
      .join("  ")
      .trimEnd(),
  );
}
