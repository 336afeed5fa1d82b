import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addWaiver, removeWaivers } from "../../src/checks/waivers/edit.ts";
import type { WaiverInFile } from "../../src/checks/waivers/register-file.ts";
import { validWaivers } from "../util/waivers.ts";

const entry: WaiverInFile = {
  id: "NEW",
  rule: "mdi.logon",
  scope: { domain: "corp.example", target: "DC1" },
  justification: "because: # of 'it'",
  approvedBy: "me",
  expires: "2026-12-31",
};

const register = `# The register of corp.example
schemaVersion: 1   # the first

waivers:
    # Accepted by the board
    # on two lines
  - id:   A      # aligned
    rule: mdi.logon
    scope: {domain: corp.example}
    justification: >
      Two lines
      of text.
    approvedBy: me
    expires: 2026-12-31

  # Of B
  - id: B
    rule: mdi.logoff
    scope:
      target: DC1
    justification: "b"
    approvedBy: me
    expires: 2026-12-31

  - { id: C, rule: mdi.lock, scope: { target: DC2 }, justification: c, approvedBy: me, expires: 2026-12-31 }
# The end
`.replace("    # Accepted by the board\n    # on two lines", "  # Accepted by the board\n  # on two lines");

function edited(result: ReturnType<typeof addWaiver>): string {
  if (!result.ok) throw new Error(result.problem);
  return result.text;
}

function idsIn(text: string): readonly string[] {
  return validWaivers(text).map(({ id }) => id);
}

describe("add", () => {
  const added = `  - id: NEW
    rule: mdi.logon
    scope: { domain: corp.example, target: DC1 }
    justification: "because: # of 'it'"
    approvedBy: me
    expires: 2026-12-31
`;

  it("writes at the end of the list and changes nothing else", () => {
    expect(edited(addWaiver(register, false, entry))).toBe(
      register.replace("# The end\n", `\n${added}# The end\n`),
    );
  });

  it("keeps the line ends of Windows, and a last line without an end", () => {
    const text = register.replaceAll("\n", "\r\n");
    expect(edited(addWaiver(text, false, entry))).toBe(
      register.replace("# The end\n", `\n${added}# The end\n`).replaceAll("\n", "\r\n"),
    );
    const open = register.replace("\n# The end\n", "");
    expect(edited(addWaiver(open, false, entry))).toBe(`${open}\n\n${added}`);
  });

  it("makes the first entry of an empty list", () => {
    const text = "# mine\nschemaVersion: 1\nwaivers: []\n";
    expect(edited(addWaiver(text, false, entry))).toBe(`# mine\nschemaVersion: 1\nwaivers:\n${added}`);
  });

  it("keeps the comments of a list that is written in another way", () => {
    const text =
      "# mine\nschemaVersion: 1\nwaivers: [{ id: A, rule: mdi.a, scope: { target: x }, justification: j, approvedBy: me, expires: 2026-12-31 }] # all\n";
    const out = edited(addWaiver(text, false, entry));
    expect(idsIn(out)).toEqual(["A", "NEW"]);
    expect(out).toContain("# mine");
  });

  it("writes JSON where the register is JSON", () => {
    const out = edited(addWaiver('{"schemaVersion":1,"waivers":[]}', true, entry));
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, waivers: [entry] });
  });

  it("refuses where it cannot tell what it would do", () => {
    expect(addWaiver("schemaVersion: 1\n", false, entry)).toMatchObject({ ok: false });
    expect(addWaiver("schemaVersion: 1\na: &a []\nwaivers: *a\n", false, entry)).toMatchObject({ ok: false });
  });

  it("whatever is written can be read again", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((value) => /\S/.test(value));
    fc.assert(
      fc.property(text, text, (justification, target) => {
        const out = edited(addWaiver(register, false, { ...entry, justification, scope: { target } }));
        expect(out.startsWith(register.replace("# The end\n", ""))).toBe(true);
        const [, , , last] = validWaiversOf(out);
        expect(last).toEqual({ justification: oneLine(justification), target: oneLine(target) });
      }),
    );
  });

  /** `*` needs `broad`: whether it is allowed is another question. */
  function validWaiversOf(text: string) {
    return validWaivers(
      text.replace(
        "    rule: mdi.logon\n    scope: { target",
        "    rule: mdi.logon\n    broad: true\n    scope: { target",
      ),
    ).map(({ justification, scope }) => ({ justification, target: scope.target }));
  }

  function oneLine(text: string): string {
    return text.replace(/\s+/g, " ").trim();
  }
});

describe("remove", () => {
  const lines = register.split("\n");
  const without = (from: string, to: string): string => {
    const [start, end] = [from, to].map((text) => lines.findIndex((line) => line.includes(text)));
    return [...lines.slice(0, start), ...lines.slice(end)].join("\n");
  };

  it.each([
    ["the first, with its comments", [0], without("Accepted by", "# Of B")],
    ["one between", [1], without("# Of B", "{ id: C")],
    ["the last", [2], register.replace(/\n {2}- \{ id: C.*\n/, "")],
    ["two at the end", [1, 2], without("# Of B", "# The end").replace(/\n\n(# The end)/, "\n$1")],
    ["none", [], register],
  ])("%s", (_, places, expected) => {
    expect(edited(removeWaivers(register, false, new Set(places)))).toBe(expected);
  });

  it("of all leaves an empty list and the head of the file", () => {
    const out = edited(removeWaivers(register, false, new Set([0, 1, 2])));
    expect(idsIn(out)).toEqual([]);
    expect(out).toContain("# The register of corp.example");
  });

  it("of any leaves the others as they were", () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2]), (places) => {
        const out = edited(removeWaivers(register, false, new Set(places)));
        expect(idsIn(out)).toEqual(["A", "B", "C"].filter((_, place) => !places.includes(place)));
      }),
    );
  });

  it("refuses where another entry hangs on what is to go", () => {
    const text = register
      .replace("scope: {domain: corp.example}", "scope: &s {domain: corp.example}")
      .replace("scope:\n      target: DC1", "scope: *s");
    expect(idsIn(text)).toEqual(["A", "B", "C"]);
    expect(removeWaivers(text, false, new Set([0]))).toMatchObject({ ok: false });
  });
});
