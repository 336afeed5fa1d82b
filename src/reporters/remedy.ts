/** Advice and the commands that carry it out, in reading order. */
export interface RemedyBlock {
  readonly advice: string;
  readonly commands: readonly string[];
}

/** Splits the remedy of a coverage gap: a line is advice, an indented line is a command to run. */
export function remedyBlocks(remedy: string | null): RemedyBlock[] {
  const blocks: { advice: string; commands: string[] }[] = [];
  for (const line of (remedy ?? "").split(/\r?\n/).filter((item) => item.trim() !== "")) {
    const last = blocks.at(-1);
    if (!/^\s/.test(line)) blocks.push({ advice: line, commands: [] });
    else if (last === undefined) blocks.push({ advice: "", commands: [line.trim()] });
    else last.commands.push(line.trim());
  }
  return blocks;
}
