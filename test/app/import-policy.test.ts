import { describe, expect, it } from "vitest";
import { checkWritten, importPolicy } from "../../src/app/import-policy.ts";
import type { ImportOptions, ImportResult } from "../../src/app/import-policy.ts";
import { readImportSource } from "../../src/app/import-source.ts";
import type { ImportSource } from "../../src/app/import-source.ts";
import { withStandIn } from "../../src/app/stand-in.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { PackDraft, RequirementDraft } from "../../src/model/pack-draft.ts";
import type { Expectation } from "../../src/model/requirement.ts";
import type { Doubt, GptPart, PartKind, SettingValue, Write } from "../../src/model/setting.ts";
import { renderPackJson, renderPackYaml } from "../../src/reporters/pack-file.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { readInputs } from "../../src/sources/read-inputs.ts";
import { gpt, logon, part } from "../util/domain.ts";
import { validPack } from "../util/packs.ts";
import { proposalOf } from "../util/proposals.ts";
import { repoPath, scanInputs } from "../util/run.ts";
import { hasShared, sharedPath } from "../util/shared.ts";

type Imported = Extract<ImportResult, { readonly ok: true }>;
const options: ImportOptions = { name: "imported", gpo: null, today: "2026-01-02" };
const link = { som: "dc-ou", linkOrder: 1, enforced: false };

function read(path: string): ImportSource {
  return readImportSource(fsVfs, path, path, new Map());
}

function importOf(source: ImportSource, more: Partial<ImportOptions> = {}): Imported {
  const result = importPolicy(source, { ...options, ...more });
  if (!result.ok) throw new Error(result.problem);
  return result;
}

/** Ids of the requirements that a GPO does not meet where it is the only one. */
function failing(source: ImportSource, draft: PackDraft): readonly string[] {
  const pack = validPack(renderPackYaml(draft));
  const { findings } = scanInputs(
    withStandIn(source.inputs, link),
    [pack],
    { assumeNoSiteLinks: true },
    {
      link,
      assumeDelivered: false,
    },
  );
  expect(findings).toHaveLength(draft.requirements.length);
  return findings
    .filter(({ verdict }) => verdict !== "pass")
    .map(({ rule, verdict }) => `${verdict} ${rule}`);
}

/** An expectation next to this one that the same value does not meet. */
function changed(wanted: Expectation): Expectation {
  switch (wanted.operator) {
    case "audit-exactly":
      return { ...wanted, value: wanted.value === 3 ? 1 : 3 };
    case "dword-any-of":
      return { ...wanted, values: wanted.values.map((value) => (value === 0 ? 1 : value - 1)) };
    case "text-any-of":
      return { ...wanted, values: wanted.values.map((text) => `${text}x`) };
    case "right-includes":
      return { ...wanted, values: [...wanted.values, "S-1-5-21-1-2-3-1234"] };
    case "right-only":
      return { ...wanted, values: wanted.values.slice(1) };
    case "log-size-at-least":
      return { ...wanted, value: wanted.value + 1 };
    default:
      throw new Error(`import makes no ${wanted.operator}`);
  }
}

function isChangeable({ expect: wanted }: RequirementDraft): boolean {
  return wanted.operator !== "right-only" || wanted.values.length > 0;
}

const nobodyElse = "-nobody-else";

function withChange(draft: PackDraft, id: string): PackDraft {
  // What a right must and what it may be cannot differ in one pack: the other half of the pair is left out.
  const pair = id.endsWith(nobodyElse) ? id.slice(0, -nobodyElse.length) : id + nobodyElse;
  const requirements = draft.requirements
    .filter((own) => own.id !== pair)
    .map((own) => (own.id === id ? { ...own, expect: changed(own.expect) } : own));
  return { ...draft, requirements };
}

const stig =
  "corpus/simeononsecurity+STIG-Compliant-Domain-Prep/Files/GPOs/DoD/DoD - Windows Server 2012 R2 DC - Computer";
const corpus = hasShared(stig, "the import of a real backup");

describe("a pack made of a backup", () => {
  const fixture = repoPath("test/fixtures/what-if/new-and-delivered");
  const places = [fixture, ...(corpus ? [sharedPath(stig)] : [])];

  it.each(places)("%s meets it, and with one value changed fails exactly there", (path) => {
    const source = read(path);
    const { draft } = importOf(source);
    expect(failing(source, draft)).toEqual([]);
    // One of each kind: each takes a scan.
    const samples = new Map(
      draft.requirements.filter(isChangeable).map((own) => [own.expect.operator, own.id]),
    );
    for (const id of samples.values())
      expect(failing(source, withChange(draft, id))).toEqual([`fail imported.${id}`]);
  });

  it.runIf(corpus)("holds every kind of requirement", () => {
    const { draft, leftOut } = importOf(read(sharedPath(stig)));
    expect([...new Set(draft.requirements.map(({ expect: { operator } }) => operator))].sort()).toEqual([
      "audit-exactly",
      "dword-any-of",
      "log-size-at-least",
      "right-includes",
      "right-only",
      "text-any-of",
    ]);
    expect(leftOut.map(({ what, why }) => `${what}: ${why}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\[System Access\], \d+ rows: no pack asks for such settings$/),
        expect.stringMatching(/^HKLM.*: packs cannot ask for REG_MULTI_SZ$/),
        expect.stringMatching(/^HKLM.*: packs cannot ask for REG_BINARY$/),
        expect.stringMatching(/^HKLM.*: it is removed, and packs cannot ask for that$/),
      ]),
    );
  });

  it.each(places)("%s gives the same bytes each time, and a valid pack in both forms", (path) => {
    const [one, other] = [importOf(read(path)), importOf(read(path))];
    for (const render of [renderPackJson, renderPackYaml]) {
      const text = render(one.draft);
      expect(render(other.draft)).toBe(text);
      expect(checkWritten(text, "x")).toEqual([]);
    }
    const { sha256: _, ...json } = validPack(renderPackJson(one.draft));
    expect(validPack(renderPackYaml(one.draft))).toMatchObject(json);
  });

  it("takes name and date from the source", () => {
    const { draft } = importOf(read(fixture), { name: null });
    expect(draft).toMatchObject({
      name: "new-audit-delivered",
      title: "New Audit, delivered",
      date: "2026-11-20",
      source:
        "Imported from 'New Audit, delivered' {c0000000-0000-4000-8000-000000000006} of corp.example, backup of 2026-11-20T10:00:00",
    });
  });
});

/** GPOs that hold these parts, numbered from 1. */
function sourceOf(...contents: readonly (readonly GptPart[])[]): ImportSource {
  const inputs = readInputs(fsVfs, { paths: [], directoryFiles: [], root: repoPath("") });
  const gpos = contents.map((parts, index): { readonly gpo: Proposal; readonly unjudged: [] } => ({
    gpo: proposalOf(gpt(index + 1, parts), index + 1, { facts: null }),
    unjudged: [],
  }));
  return { gpos, problems: [], inputs };
}

const location = { path: "a", line: 1 };

function set(key: string, value: SettingValue, type: number | null = null, more: Partial<Write> = {}): Write {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the action stays what it is
  return {
    action: "set",
    key,
    value,
    type,
    alternatives: [],
    location,
    quote: "",
    doubt: null,
    ...more,
  } as Write;
}

const reg = "registry-value/machine\\";
const policies = `${reg}software\\policies\\microsoft\\windows\\`;
const sid = "S-1-5-32-544";

function imported(kind: PartKind, ...writes: readonly Write[]) {
  const { draft, leftOut } = importOf(sourceOf([part(kind, writes)]));
  return {
    made: draft.requirements.map((own) => [own.id, own.setting, own.expect] as const),
    left: leftOut.map(({ what, why }) => `${what}: ${why}`),
  };
}

describe("what becomes of a value", () => {
  it("REG_DWORD and text, with names and ids that people can read", () => {
    const { made, left } = imported(
      "registry.pol",
      set(`${policies}a b\\on`, 1, 4),
      set(`${policies}a-b\\on`, 2, 4),
      set(`${reg}software\\x\\`, "Text", 1),
      set(`${reg}software\\${"long\\".repeat(20)}end`, 3, 4),
    );
    expect(left).toEqual([]);
    expect(made).toEqual([
      [
        expect.stringMatching(/^long-.*-end-[0-9a-f]{6}$/),
        expect.any(String),
        { operator: "dword-any-of", values: [3] },
      ],
      [
        "a-b-on",
        "HKLM\\software\\policies\\microsoft\\windows\\a b\\on",
        { operator: "dword-any-of", values: [1] },
      ],
      [
        expect.stringMatching(/^a-b-on-[0-9a-f]{6}$/),
        expect.any(String),
        { operator: "dword-any-of", values: [2] },
      ],
      ["x-default", "HKLM\\software\\x\\", { operator: "text-any-of", values: ["Text"] }],
    ]);
    for (const [id] of made) expect(id.length).toBeLessThanOrEqual(64);
  });

  it("the places of a log size are one requirement", () => {
    const { made } = imported(
      "registry.pol",
      set(`${policies}eventlog\\security\\maxsize`, 196608, 4),
      set(`${reg}system\\currentcontrolset\\services\\eventlog\\security\\maxsize`, 1024 * 1024, 4),
      set(
        `${reg}software\\microsoft\\windows\\currentversion\\winevt\\channels\\a/b\\maxsize`,
        2048 * 1024,
        4,
      ),
    );
    expect(made).toEqual([
      ["a-b-log-size", "A/B log size", { operator: "log-size-at-least", value: 2048 }],
      ["security-log-size", "Security log size", { operator: "log-size-at-least", value: 196608 }],
    ]);
  });

  it("a user right is two requirements, and nobody is one", () => {
    const { made, left } = imported(
      "GptTmpl.inf",
      set("user-right/seservicelogonright", [sid, "LOCAL SERVICE"]),
      set("user-right/sedebugprivilege", []),
      set("user-right/sebackupprivilege", [sid, "CORP\\svc"]),
      set("user-right/semadeupright", [sid]),
    );
    const values = [sid, "S-1-5-19"];
    expect(made).toEqual([
      ["debug-programs-nobody-else", "Debug programs", { operator: "right-only", values: [] }],
      ["log-on-as-a-service", "Log on as a service", { operator: "right-includes", values }],
      ["log-on-as-a-service-nobody-else", "Log on as a service", { operator: "right-only", values }],
    ]);
    expect(left).toEqual([
      "Back up files and directories: the account 'CORP\\svc' has no SID there, and packs ask for SIDs",
      "semadeupright: Windows knows no such user right",
    ]);
  });

  it("what no pack can ask for is told", () => {
    const doubt: Doubt = { code: "x", text: "it is odd" };
    const { made, left } = imported(
      "registry.pol",
      set(`${reg}ok\\v`, 1, 4),
      set(`${reg}a\\binary`, "00ff", 3),
      set(`${reg}a\\doubt`, 1, 4, { doubt }),
      set(`${reg}a\\empty`, "", 1),
      set(`${reg}a\\list`, ["a"], 7),
      set(`${reg}a\\two`, 1, 4, { alternatives: [2] }),
      { action: "delete", key: `${reg}a\\gone`, location, quote: "", doubt: null },
      { action: "delete-values", keyPrefix: `${reg}b\\`, location, quote: "", doubt: null },
    );
    expect(made.map(([id]) => id)).toEqual(["ok-v"]);
    expect(left).toEqual([
      "removal of all registry values below HKLM\\b\\: packs cannot ask for that",
      "HKLM\\a\\binary: packs cannot ask for REG_BINARY",
      expect.stringMatching(/^HKLM\\a\\doubt: its value is not certain: /),
      "HKLM\\a\\empty: packs cannot ask for an empty text",
      "HKLM\\a\\gone: it is removed, and packs cannot ask for that",
      "HKLM\\a\\list: packs cannot ask for REG_MULTI_SZ",
      expect.stringMatching(/^HKLM\\a\\two: its value is not certain: /),
    ]);
  });

  it("legacy categories and unknown subcategories are told", () => {
    const guid = "00000000-69ae-11d9-bed3-505054503030";
    expect(imported("GptTmpl.inf", set("audit-category/auditlogonevents", 3)).left).toEqual([
      "[Event Audit] AuditLogonEvents: it is a legacy audit category, and packs ask for subcategories",
    ]);
    expect(imported("audit.csv", set(`audit-subcategory/${guid}`, 3)).left).toEqual([
      `subcategory ${guid}: no audit subcategory of this GUID is known`,
    ]);
  });

  it("a part with a lost piece makes doubtful what it may have set as well", () => {
    const open = [{ keyPrefix: "registry-value/", doubt: { code: "x", text: "the file is cut" } }];
    const lost = { ...part("registry.pol", [set(`${reg}a\\v`, 1, 4)]), open };
    const { draft, leftOut } = importOf(sourceOf([lost]));
    expect(draft.requirements).toEqual([]);
    expect(leftOut.map(({ what }) => what)).toEqual(["registry values", "HKLM\\a\\v"]);
  });
});

describe("several GPOs", () => {
  const sets = (value: number) => [part("audit.csv", [set(logon, value)])];
  const other = [part("registry.pol", [set(`${reg}a\\v`, 1, 4)])];

  it("are taken together where they agree", () => {
    const { draft, gpos } = importOf(sourceOf(sets(3), sets(3), other));
    expect(draft.requirements.map(({ id }) => id)).toEqual(["logon", "a-v"]);
    expect(gpos).toHaveLength(3);
  });

  it("are refused where they do not, and one can be picked", () => {
    const source = sourceOf(sets(3), sets(1), other);
    expect(importPolicy(source, options)).toEqual({
      ok: false,
      problem: expect.stringMatching(
        /^'Proposal 1' \{.*\} and 'Proposal 2' \{.*\} set 'Logon' differently: pick one/,
      ),
    });
    for (const gpo of [
      "proposal 2",
      source.gpos[1]?.gpo.gpt.guid ?? "",
      `{${source.gpos[1]?.gpo.gpt.guid ?? ""}}`,
    ]) {
      const [logonOnly] = importOf(source, { gpo }).draft.requirements;
      expect(logonOnly?.expect).toEqual({ operator: "audit-exactly", value: 1 });
    }
    expect(importPolicy(source, { ...options, gpo: "x" })).toMatchObject({
      problem: expect.stringMatching(/^there is no GPO 'x'; there are 'Proposal 1'/),
    });
  });

  it.each([
    ["removes the value", { action: "delete", key: `${reg}a\\v` } as const],
    ["removes all values of the key", { action: "delete-values", keyPrefix: `${reg}a\\` } as const],
  ])("do not agree where one sets a value and the other %s", (_, removal) => {
    const removing = part("registry.pol", [{ ...removal, location, quote: "", doubt: null }]);
    expect(importPolicy(sourceOf(other, [removing]), options)).toMatchObject({ ok: false });
  });

  it("leave out what only one of them is certain about", () => {
    const doubtful = set(`${reg}a\\v`, 1, 4, { alternatives: [2] });
    const { draft, leftOut } = importOf(sourceOf(other, [part("registry.pol", [doubtful])]));
    expect(draft.requirements).toEqual([]);
    expect(leftOut).toHaveLength(1);
  });
});

describe("a pack file", () => {
  it("keeps every text as it is, in both forms", () => {
    const texts = [
      "yes",
      "null",
      "1.0",
      "a: b",
      "# x",
      " a ",
      'say "x"',
      "C:\\x",
      "\u0007\u0085\u2028",
      "ä",
      "-",
      "[a]",
    ];
    const requirement = {
      id: "a",
      setting: "HKLM\\a\\b",
      expect: { operator: "text-any-of", values: texts },
      severity: "high",
    } as const;
    const head = { name: "no", version: "1.0.0", date: "2026-01-02", licence: "~" };
    for (const text of texts) {
      const draft: PackDraft = { ...head, title: text, source: text, requirements: [requirement] };
      for (const render of [renderPackJson, renderPackYaml]) {
        const pack = validPack(render(draft));
        expect(pack).toMatchObject({ ...head, title: text, source: text });
        expect(pack.requirements[0]).toMatchObject({ expect: { values: texts } });
      }
    }
  });
});
