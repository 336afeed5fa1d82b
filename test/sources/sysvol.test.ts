import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { backslashVfs } from "../../src/sources/backslash-vfs.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import type { Inputs } from "../../src/sources/read-inputs.ts";
import { readInputs } from "../../src/sources/read-inputs.ts";
import { ReadError } from "../../src/sources/vfs.ts";
import { overlayVfs } from "../util/overlay-vfs.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-sysvol-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let count = 0;

const guid = "{AAAAAAAA-0000-4000-8000-000000000001}";
const header =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n";
const row = (value: number): string =>
  `${header},System,Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},,,${value}\r\n`;
const csv = "Microsoft/Windows NT/Audit/audit.csv";

/** Makes a folder with the given files (null: an empty folder) and reads it as a SYSVOL export. */
function make(files: Readonly<Record<string, string | null>>): {
  readonly root: string;
  read(vfs?: typeof fsVfs): Inputs;
} {
  const root = join(temp, String(count++)).replaceAll("\\", "/");
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    if (content === null) mkdirSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }
  return { root, read: (vfs = fsVfs) => readInputs(vfs, { paths: [root], directoryFiles: [], root }) };
}

const codes = ({ diagnostics }: Inputs): string[] => diagnostics.map(({ code }) => code);
const values = ({ inventory }: Inputs): unknown[] =>
  inventory.gpts.flatMap(({ parts }) =>
    parts.flatMap(({ writes }) => writes.map((write) => ("value" in write ? write.value : null))),
  );

describe("SYSVOL export", () => {
  it("is found up to 3 levels down, with the domain above Policies", () => {
    for (const [place, label] of [
      ["", null],
      ["Policies/", null],
      ["corp.example/Policies/", "corp.example"],
      ["sysvol/corp.example/Policies/", "corp.example"],
    ] as const) {
      const { inventory } = make({ [`${place}${guid}/GPT.INI`]: "[General]\r\nVersion=1\r\n" }).read();
      const own = inventory.gpts.map(({ guid: found, domainLabel }) => [found, domainLabel]);
      // Directly below PATH the folder above `Policies` is PATH itself, whose name is a number here.
      expect(own).toEqual([
        [guid.slice(1, -1).toLowerCase(), place === "Policies/" ? expect.any(String) : label],
      ]);
    }
    expect(make({ [`a/b/c/d/${guid}/GPT.INI`]: "" }).read().inventory.gpts).toEqual([]);
  });

  it("names are found in any case", () => {
    const inputs = make({
      [`${guid}/MACHINE/microsoft/WINDOWS nt/aUDIT/Audit.CSV`]: row(3),
      [`${guid}/gpt.ini`]: "[General]\nVersion=2",
    }).read();
    expect(values(inputs)).toEqual([3]);
    expect(inputs.inventory.gpts[0]?.gptIni?.machineVersion).toBe(2);
  });

  it("case 134: links are never followed, and what stands behind one is unknown", () => {
    const outside = make({ "audit.csv": row(3) });
    const { root, read } = make({ [`${guid}/Machine/Microsoft/Windows NT/Audit`]: null });
    symlinkSync(join(outside.root, "audit.csv"), join(root, guid, "Machine", csv));
    const inputs = read();
    expect(values(inputs)).toEqual([]);
    expect(codes(inputs)).toEqual(["file.link-skipped"]);
    expect(inputs.inventory.gpts[0]?.parts).toMatchObject([
      { kind: "audit.csv", unreadable: true, open: [{ keyPrefix: "audit-subcategory/" }] },
    ]);
    symlinkSync(outside.root, join(root, "{BBBBBBBB-0000-4000-8000-000000000002}"));
    expect(read().inventory.gpts).toHaveLength(1);
  });

  it("case 135: what is no GPO is skipped, a replication conflict is flagged", () => {
    const inputs = make({
      [`Policies/${guid}/Machine/${csv}`]: row(3),
      [`Policies/${guid}_NTFRS_1a2b3c4d/Machine/${csv}`]: row(0),
      "Policies/PolicyDefinitions/en-US/x.adml": "",
      [`StarterGPOs/{CCCCCCCC-0000-4000-8000-000000000003}x/${csv}`]: row(0),
      "DfsrPrivate/x": "",
    }).read();
    expect(values(inputs)).toEqual([3]);
    expect(codes(inputs)).toEqual(["file.morphed-folder", "file.morphed-folder"]);
  });

  it("case 136: folders that differ only by case are both read, in name order, and two files of one kind are in doubt", () => {
    const apart = make({
      [`${guid}/MACHINE/${csv}`]: row(1),
      [`${guid}/Machine/Registry.pol`]: "PReg\u0001\0\0\0",
    }).read();
    expect(values(apart)).toEqual([1]);
    expect(new Set(codes(apart))).toEqual(new Set(["file.case-twin"]));
    const both = make({ [`${guid}/Machine/${csv}`]: row(3), [`${guid}/MACHINE/${csv}`]: row(1) }).read();
    expect(values(both)).toEqual([1, 3]);
    expect(both.inventory.gpts[0]?.parts[0]?.writes.map(({ doubt }) => doubt?.code)).toEqual([
      "file.case-twin",
      "file.case-twin",
    ]);
  });

  it("case 138: an archive whose names hold backslashes, unpacked as they stand", () => {
    const name = `corp.example\\Policies\\${guid}\\Machine\\${csv.replaceAll("/", "\\")}`;
    const { root, read } = make({});
    writeFileSync(join(root, name), row(2));
    const inputs = read(backslashVfs(fsVfs));
    expect(values(inputs)).toEqual([2]);
    expect(inputs.inventory.gpts[0]?.domainLabel).toBe("corp.example");
    expect(inputs.files.map(({ path }) => path)).toEqual([`corp.example/Policies/${guid}/Machine/${csv}`]);
  });

  it("an empty folder usually means access denied", () => {
    expect(make({ [guid]: null }).read().inventory.gpts).toMatchObject([{ empty: true, parts: [] }]);
  });

  it("a file that cannot be read is a doubt, never a value", () => {
    const { root, read } = make({ [`${guid}/Machine/${csv}`]: row(3), [`${guid}/Machine/Registry.pol`]: "" });
    const at = (name: string): string => `${root}/${guid}/Machine/${name}`;
    const denied = new ReadError("denied", "access denied");
    const inputs = read(
      overlayVfs(
        new Map([
          [at(csv), denied],
          [at("Registry.pol"), new ReadError("too-large", "999 bytes")],
        ]),
      ),
    );
    expect(codes(inputs).sort()).toEqual(["file.too-large", "file.unreadable"]);
    expect(inputs.inventory.gpts[0]?.parts).toMatchObject([
      { kind: "registry.pol", unreadable: true, writes: [] },
      { kind: "audit.csv", unreadable: true, writes: [], open: [{ keyPrefix: "audit-subcategory/" }] },
    ]);
  });

  it("a folder that cannot be listed", () => {
    const { root, read } = make({ [`${guid}/Machine/${csv}`]: row(3) });
    const refuse = (refused: string): Inputs =>
      read({
        ...fsVfs,
        list(folder) {
          if (folder === `${root}/${refused}`) throw new ReadError("denied", "access denied");
          return fsVfs.list(folder);
        },
      });
    expect(refuse(guid).inventory.gpts).toMatchObject([
      { unreadable: { code: "gpt.unreadable" }, empty: false },
    ]);
    const machine = refuse(`${guid}/Machine`).inventory.gpts[0];
    expect(machine?.unreadable).toBeNull();
    expect(machine?.parts.map(({ kind, unreadable }) => [kind, unreadable])).toEqual([
      ["registry.pol", true],
      ["GptTmpl.inf", true],
      ["GPP Registry.xml", true],
      ["audit.csv", true],
    ]);
  });

  it("the user side is not even listed", () => {
    const { root, read } = make({
      [`${guid}/User/Registry.pol`]: "x",
      [`${guid}/Machine/Scripts/a.ps1`]: "x",
      [`${guid}/GPT.INI`]: "[General]\nVersion=1",
    });
    const asked: string[] = [];
    read({ ...fsVfs, list: (folder) => (asked.push(folder), fsVfs.list(folder)) });
    expect(asked.map((path) => path.slice(root.length))).toEqual(["", `/${guid}`, `/${guid}/Machine`]);
  });
});
