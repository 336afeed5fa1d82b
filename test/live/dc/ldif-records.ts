/** One object of an LDIF text: attribute lines as they stand, unfolded, in order. */
export interface LdifObject {
  readonly dn: string;
  readonly lines: readonly string[];
}

/** Objects of an LDIF text that a program wrote (RFC 2849). Not the product's reader: that one is what is tested. */
export function readObjects(text: string): readonly LdifObject[] {
  return text
    .replaceAll("\n ", "")
    .split("\n\n")
    .map((block) => block.split("\n").filter((line) => line !== "" && !line.startsWith("#")))
    .flatMap(([first, ...lines]) =>
      first?.startsWith("dn: ") === true ? [{ dn: first.slice(4), lines }] : [],
    );
}

export function attributeOf(line: string): string {
  return line.slice(0, line.indexOf(":"));
}

/** Writes an object to be added. */
export function addition({ dn, lines }: LdifObject): string {
  return [`dn: ${dn}`, ...lines, "", ""].join("\n");
}

/** Writes a change: every attribute that the lines name gets exactly the values that they give. */
export function replacement({ dn, lines }: LdifObject): string {
  const names = [...new Set(lines.map(attributeOf))];
  const changes = names.flatMap((name) => [
    `replace: ${name}`,
    ...lines.filter((line) => attributeOf(line) === name),
    "-",
  ]);
  return [`dn: ${dn}`, "changetype: modify", ...changes, "", ""].join("\n");
}
