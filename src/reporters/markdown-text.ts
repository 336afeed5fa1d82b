import { visible } from "./escape.ts";

/** A cell with more than this would push everything else out of the summary. */
const maxLength = 1000;

/**
 * Text from the input, as GitHub's dialect shows it letter by letter, in a paragraph, a list item or a table cell. Nothing
 * in it is markup, a link, a mention, an emoji or a formula. GitHub links addresses and mentions after everything else is
 * parsed, where no escape holds: an empty comment takes those apart.
 */
export function markdownProse(text: string): string {
  return shortened(text)
    .replace(/[\\`*_[\]~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\|/g, "&#124;")
    .replace(/\$/g, "&#36;")
    .replace(/^([#+=-])/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
    .replace(/@/g, `@${apart}`)
    .replace(/(?<!&)#(?=\d)/g, `#${apart}`)
    .replace(/:(?=\/\/|[\w+-]*[a-z][\w+-]*:)/gi, `:${apart}`)
    .replace(/www(?=\.)/gi, `$&${apart}`);
}

const apart = "<!-- -->";

/**
 * A name or value from the input in the type of code, where nothing is markup at all. In a table a bar ends a cell even
 * there, and programs differ on a backslash before it: such text is shown as prose.
 */
export function markdownCode(text: string): string {
  const short = shortened(text);
  if (short === "") return "";
  if (short.includes("|")) return markdownProse(text);
  const longest = Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // One blank on each side is taken off; without them a backtick at the edge would belong to the fence.
  return /^[` ]|[` ]$/.test(short) ? `${fence} ${short} ${fence}` : `${fence}${short}${fence}`;
}

/** One row of a table; the cells are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function shortened(text: string): string {
  const shown = visible(text);
  return shown.length > maxLength ? `${shown.slice(0, maxLength).replace(/\p{Cs}$/u, "")}...` : shown;
}
