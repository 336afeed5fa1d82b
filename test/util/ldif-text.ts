/** An LDIF text as its records, unfolded, so that a test can drop or change some of them. */
export function splitRecords(text: string): string[] {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/\n[ \t]/g, "")
    .split(/\n{2,}/)
    .filter((record) => record.trim() !== "");
}

export function joinRecords(records: readonly string[]): Uint8Array {
  return Buffer.from(`${records.join("\n\n")}\n`);
}
