/** Longer texts are no misspelt names; comparing them would cost time. */
const longest = 100;

/**
 * The name that somebody who wrote `text` most likely meant, without regard to case; null where none is near. The
 * first of several that are equally near.
 */
export function nearest(text: string, names: Iterable<string>): string | null {
  if (text.length > longest) return null;
  const wanted = text.toLowerCase();
  let best: string | null = null;
  // A third of the letters may be wrong: more, and the suggestion is a guess.
  let limit = Math.max(1, Math.floor(wanted.length / 3));
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > limit) continue;
    const steps = editDistance(wanted, name.toLowerCase());
    if (steps > limit) continue;
    best = name;
    if (steps === 0) break;
    limit = steps - 1;
  }
  return best;
}

/** `; did you mean 'X'?`, or nothing. */
export function suggestion(text: string, names: Iterable<string>): string {
  const name = nearest(text, names);
  return name === null ? "" : `; did you mean '${name}'?`;
}

/** Letters to add, remove, replace or swap with their neighbour to get from one text to the other. */
function editDistance(from: string, to: string): number {
  let [before, previous]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let steps = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        steps = Math.min(steps, at(before, j - 2) + 1);
      row.push(steps);
    }
    [before, previous] = [previous, row];
  }
  return at(previous, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
