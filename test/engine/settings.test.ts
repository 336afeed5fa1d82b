import { describe, expect, it } from "vitest";
import type { Gpc, GpoLink } from "../../src/model/gpo.ts";
import type { GptPart, Write } from "../../src/model/setting.ts";
import { registryValueKey, registryValuePrefix } from "../../src/model/setting.ts";
import {
  audit,
  auditExtension,
  credentialValidation,
  dcOu,
  domainDn,
  gpc,
  gpt,
  guidOf,
  link,
  logon,
  part,
  registry,
  siteDn,
  som,
} from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";

const key = registryValueKey("Software\\A", "X");
const where = { path: "f", line: 1 };
const doubt = { code: "test", text: "it is a test" };
const wmi = { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } };

interface Own {
  readonly parts: readonly GptPart[];
  readonly gpc?: Partial<Gpc>;
  readonly options?: number;
}

/** GPO 1 is the strongest. */
function resolve(...gpos: readonly Own[]) {
  const links: GpoLink[] = gpos.map(({ options }, index) => link(index + 1, options ?? 0)).reverse();
  return resolveFirst({
    soms: [som(siteDn, "site", []), som(domainDn, "domain", []), som(dcOu, "ou", links)],
    gpcs: gpos.map((own, index) => gpc(index + 1, own.gpc ?? {})),
    gpts: gpos.map((own, index) => gpt(index + 1, own.parts)),
  });
}

const pol = (...writes: Write[]): GptPart => part("registry.pol", writes);
const inf = (...writes: Write[]): GptPart => part("GptTmpl.inf", writes);
const gpp = (...writes: Write[]): GptPart => part("GPP Registry.xml", writes);
const csv = (...writes: Write[]): GptPart => part("audit.csv", writes);
const remove: Write = { action: "delete", key, location: where, quote: "", doubt: null };
const soft: Write = {
  action: "set-if-absent",
  key,
  value: 5,
  type: 4,
  alternatives: [],
  location: where,
  quote: "",
  doubt: null,
};
const clear = (keyPrefix: string, action: "delete-values" | "delete-keys" = "delete-values"): Write => ({
  action,
  keyPrefix,
  location: where,
  quote: "",
  doubt: null,
});
const below = `${registryValuePrefix}machine\\software\\a\\`;
const openPol: GptPart = part("registry.pol", [], { open: [{ keyPrefix: registryValuePrefix, doubt }] });

describe("settings", () => {
  const table: readonly [string, readonly Own[], object | null][] = [
    [
      "the strongest GPO",
      [{ parts: [inf(registry(key, 1))] }, { parts: [inf(registry(key, 2))] }],
      { value: 1, certainty: "known", losers: [guidOf(2)] },
    ],
    [
      "a later extension beats a stronger GPO, and the difference is a doubt",
      [{ parts: [pol(registry(key, 1))] }, { parts: [inf(registry(key, 2))] }],
      { value: 2, certainty: "unknown", gpo: guidOf(2), losers: [guidOf(1)] },
    ],
    [
      "two extensions that agree leave no doubt",
      [{ parts: [pol(registry(key, 2))] }, { parts: [inf(registry(key, 2))] }],
      { value: 2, certainty: "known", gpo: guidOf(2), losers: [guidOf(1)] },
    ],
    [
      "Registry.xml runs after GptTmpl.inf",
      [{ parts: [inf(registry(key, 2))] }, { parts: [gpp(registry(key, 3))] }],
      { value: 3, certainty: "unknown", gpo: guidOf(2), losers: [guidOf(1)] },
    ],
    [
      "writers of later extensions stand first among the losers",
      [
        { parts: [pol(registry(key, 9))] },
        { parts: [inf(registry(key, 9))] },
        { parts: [gpp(registry(key, 9))] },
      ],
      { gpo: guidOf(3), losers: [guidOf(2), guidOf(1)] },
    ],
    [
      "case 21: deleted and set again in one file",
      [{ parts: [pol(remove, registry(key, 1))] }],
      { value: 1, certainty: "known" },
    ],
    ["set and deleted again in one file", [{ parts: [pol(registry(key, 1), remove)] }], null],
    ["a stronger GPO deletes it", [{ parts: [pol(remove)] }, { parts: [pol(registry(key, 1))] }], null],
    [
      "a weaker GPO deletes it",
      [{ parts: [pol(registry(key, 1))] }, { parts: [pol(remove)] }],
      { value: 1, certainty: "known", losers: [] },
    ],
    [
      "a stronger GPO empties the key",
      [{ parts: [pol(clear(below))] }, { parts: [pol(registry(key, 1))] }],
      null,
    ],
    [
      "emptying a key leaves its subkeys",
      [
        { parts: [pol(clear(`${registryValuePrefix}machine\\software\\`))] },
        { parts: [pol(registry(key, 1))] },
      ],
      { value: 1, certainty: "known" },
    ],
    [
      "deleting a key takes its subkeys",
      [
        { parts: [pol(clear(`${registryValuePrefix}machine\\software\\`, "delete-keys"))] },
        { parts: [pol(registry(key, 1))] },
      ],
      null,
    ],
    [
      "case 23: set-if-absent alone depends on what is there",
      [{ parts: [pol(soft)] }],
      { value: 5, certainty: "unknown" },
    ],
    [
      "case 23b: set-if-absent gives way to another writer",
      [{ parts: [pol(soft)] }, { parts: [pol(registry(key, 1))] }],
      { value: 1, certainty: "known", gpo: guidOf(2), losers: [guidOf(1)] },
    ],
    [
      "an undecided stronger GPO with another value",
      [{ parts: [inf(registry(key, 1))], gpc: wmi }, { parts: [inf(registry(key, 2))] }],
      { value: 2, certainty: "unknown", gpo: guidOf(2), losers: [] },
    ],
    [
      "an undecided stronger GPO with the same value",
      [{ parts: [inf(registry(key, 2))], gpc: wmi }, { parts: [inf(registry(key, 2))] }],
      { value: 2, certainty: "known", gpo: guidOf(2), losers: [] },
    ],
    [
      "an undecided weaker GPO does not matter",
      [{ parts: [inf(registry(key, 2))] }, { parts: [inf(registry(key, 1))], gpc: wmi }],
      { value: 2, certainty: "known" },
    ],
    ["only an undecided GPO sets it", [{ parts: [inf(registry(key, 1))], gpc: wmi }], null],
    [
      "a stronger GPO that cannot be seen may set it",
      [{ parts: [], gpc: { opaque: true } }, { parts: [inf(registry(key, 2))] }],
      { value: 2, certainty: "unknown" },
    ],
    [
      "a weaker GPO that cannot be seen does not matter for one extension",
      [{ parts: [csv(audit(logon, 2))] }, { parts: [], gpc: { opaque: true } }],
      { value: 2, certainty: "known" },
    ],
    [
      "a doubtful row decides",
      [{ parts: [csv(audit(logon, 3, { doubt }))] }, { parts: [csv(audit(logon, 3))] }],
      { value: 3, certainty: "unknown", gpo: guidOf(1) },
    ],
    [
      "a doubtful row that loses",
      [{ parts: [csv(audit(logon, 3))] }, { parts: [csv(audit(logon, 1, { doubt }))] }],
      { value: 3, certainty: "known" },
    ],
    [
      "contradicting rows",
      [{ parts: [csv(audit(logon, 3, { alternatives: [1] }))] }],
      { value: 3, certainty: "unknown" },
    ],
    [
      "one version half 0",
      [{ parts: [csv(audit(logon, 3))], gpc: { machineVersion: 0 } }, { parts: [csv(audit(logon, 1))] }],
      { value: 3, certainty: "unknown", gpo: guidOf(1), losers: [guidOf(2)] },
    ],
    [
      "a stronger file with a lost part",
      [{ parts: [openPol] }, { parts: [pol(registry(key, 1))] }],
      { value: 1, certainty: "unknown", gpo: guidOf(2) },
    ],
    [
      "a weaker file with a lost part",
      [{ parts: [pol(registry(key, 1))] }, { parts: [openPol] }],
      { value: 1, certainty: "known" },
    ],
    [
      "an unreadable registry.pol puts every registry value in doubt",
      [{ parts: [inf(registry(key, 1))] }, { parts: [part("registry.pol", [], { unreadable: true })] }],
      { value: 1, certainty: "unknown" },
    ],
    [
      "a file whose extension is not listed does nothing",
      [
        {
          parts: [inf(registry(key, 1))],
          gpc: { extensions: { effective: [auditExtension], ineffective: [], damaged: false } },
        },
        { parts: [inf(registry(key, 2))] },
      ],
      { value: 2, certainty: "known", gpo: guidOf(2), losers: [] },
    ],
    [
      "case 95b: an extension listed out of order does nothing",
      [
        {
          parts: [csv(audit(logon, 1))],
          gpc: { extensions: { effective: ["a"], ineffective: [auditExtension], damaged: false } },
        },
        { parts: [csv(audit(logon, 2))] },
      ],
      { value: 2, certainty: "known", gpo: guidOf(2) },
    ],
    [
      "a damaged extension list may name it",
      [
        {
          parts: [csv(audit(logon, 1))],
          gpc: { extensions: { effective: ["a"], ineffective: [], damaged: true } },
        },
        { parts: [csv(audit(logon, 2))] },
      ],
      { certainty: "unknown" },
    ],
  ];
  for (const [title, gpos, expected] of table) {
    it(title, () => {
      const settings = resolve(...gpos).settings();
      if (expected === null) expect(settings).toEqual([]);
      else expect(settings).toMatchObject([expected]);
    });
  }

  it("an unusable row leaves a weaker value standing, in doubt", () => {
    const unusable: Write = { action: "unusable", key: logon, location: where, quote: "7", doubt: null };
    expect(resolve({ parts: [csv(unusable)] }, { parts: [csv(audit(logon, 3))] }).settings()).toMatchObject([
      { value: 3, certainty: "unknown", gpo: guidOf(2), losers: [] },
    ]);
    expect(resolve({ parts: [csv(unusable)] }).settings()).toEqual([]);
  });

  it("different subcategories of several GPOs stand side by side", () => {
    const target = resolve(
      { parts: [csv(audit(logon, 1))] },
      { parts: [csv(audit(credentialValidation, 3))] },
    );
    expect(target.settings().map(({ key: own, value }) => [own, value])).toEqual([
      [logon, 1],
      [credentialValidation, 3],
    ]);
  });

  it("more undecided GPOs than can be tried one by one leave the value unknown", () => {
    const undecided = Array.from({ length: 14 }, (_, index): Own => ({
      parts: [csv(audit(logon, index % 2 === 0 ? 1 : 3))],
      gpc: wmi,
    }));
    expect(resolve(...undecided, { parts: [csv(audit(logon, 3))] }).settings()).toMatchObject([
      { value: 3, certainty: "unknown" },
    ]);
  });
});
