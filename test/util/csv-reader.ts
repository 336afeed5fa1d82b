import { expect } from "vitest";

/** RFC 4180, strictly: every cell is quoted, rows end with CRLF, all have as many cells. */
export function readCsv(text: string): readonly ReadonlyMap<string, string>[] {
  expect(text.charCodeAt(0)).not.toBe(0xfeff);
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const cell = /"((?:[^"]|"")*)"(,|\r\n)/y;
      cell.lastIndex = at;
      const found = cell.exec(text);
      if (found === null) return expect.fail(`no cell at ${at}: ${text.slice(at, at + 40)}`);
      at = cell.lastIndex;
      row.push((found[1] ?? "").replaceAll('""', '"'));
      if (found[2] === "\r\n") break;
    }
    rows.push(row);
  }
  const [head = [], ...body] = rows;
  expect(new Set(head).size).toBe(head.length);
  return body.map((row) => {
    expect(row.length).toBe(head.length);
    return new Map(row.map((cell, index) => [head[index] ?? "", cell]));
  });
}
