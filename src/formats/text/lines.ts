/** One physical line of a text. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** False only for a last line that no line end closes. */
  readonly closed: boolean;
}

/** LF, CR LF, CR, and the CR CR LF that a text-mode copy of a CR LF file leaves. */
const lineEnd = /\r\r\n|\r\n|\n|\r/g;

/** Splits a text into lines. CR CR LF is one line end, so that no phantom line shifts the numbers. */
export function* splitLines(text: string): Generator<TextLine> {
  let start = 0;
  let number = 1;
  for (const match of text.matchAll(lineEnd)) {
    yield { number, text: text.slice(start, match.index), closed: true };
    start = match.index + match[0].length;
    number++;
  }
  if (start < text.length) yield { number, text: text.slice(start), closed: false };
}

/** Line numbers of offsets into one text; the lines are those of `splitLines`. */
export function lineNumbers(text: string): (offset: number) => number {
  const starts = [0];
  for (const match of text.matchAll(lineEnd)) starts.push(match.index + match[0].length);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
