export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue";

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
};

export type Paint = (style: Style, text: string) => string;

/** Terminal colours, or none. Text from the input must have been made visible before: only these escapes may be real. */
export function painter(color: boolean): Paint {
  return (style, text) =>
    color && text !== "" ? `\u001B[${codes[style][0]}m${text}\u001B[${codes[style][1]}m` : text;
}
