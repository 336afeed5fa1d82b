/** What XML 1.0 (2.2) allows in no document. */
// oxlint-disable-next-line no-control-regex
export const forbiddenCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const named = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Resolves the five named references and numeric ones (XML 1.0, 4.1 and 4.6); null where there is another. */
export function decodeReferences(text: string): string | null {
  if (!text.includes("&")) return text;
  let known = true;
  const decoded = text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));|&/gi, (_, hex, decimal, name) => {
    const character = decodeOne(hex, decimal, name);
    known &&= character !== null;
    return character ?? "";
  });
  return known ? decoded : null;
}

function decodeOne(hex?: string, decimal?: string, name?: string): string | null {
  if (name !== undefined) return named.get(name) ?? null;
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
  if (!(code > 0 && code <= 0x10ffff)) return null;
  const character = String.fromCodePoint(code);
  return forbiddenCharacter.test(character) ? null : character;
}
