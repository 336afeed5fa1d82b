import { describe, expect, it } from "vitest";
import type { ProposeOptions } from "../../src/engine/propose.ts";
import { propose } from "../../src/engine/propose.ts";
import { dnKey } from "../../src/model/dn.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { DomainSpec } from "../util/domain.ts";
import { dcOu, domainDn, gpc, guidOf, link, logon, makeDomain, siteDn, som } from "../util/domain.ts";
import { atDcOu, factsOf, nowhere, proposal, resolveProposed, sets } from "../util/proposals.ts";

/** GPO 1 stands at the Domain Controllers OU and sets Logon to 1, GPO 2 is enforced at the domain and sets what is given. */
function base(enforced: number | null): DomainSpec {
  return {
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", enforced === null ? [] : [link(2, 2)]),
      som(dcOu, "ou", [link(1)]),
    ],
    gpcs: [gpc(1), gpc(2)],
    gpts: [sets(1, 1), sets(2, enforced ?? 0)],
  };
}

function outcome(spec: DomainSpec, proposals: readonly Proposal[], options: ProposeOptions) {
  const { target, placements } = resolveProposed(spec, proposals, options);
  const setting = target.setting(logon);
  return {
    value: setting?.value ?? null,
    certainty: setting?.certainty ?? null,
    gpo: setting?.gpo ?? null,
    links: target.policy.candidates.map(({ guid, state }) => `${guid.slice(-2)} ${state}`),
    states: placements.map(({ state }) => state),
    orders: placements.map((own) => own.link?.linkOrder ?? null),
    notes: placements.flatMap(({ notes }) => notes),
  };
}

describe("proposals", () => {
  it("one with a known GUID takes the place of that GPO, where it is linked", () => {
    expect(outcome(base(null), [proposal(1, 3)], nowhere)).toMatchObject({
      value: 3,
      gpo: guidOf(1),
      states: ["replaces"],
      notes: [],
      links: ["01 applied"],
    });
  });

  it("an edit that an enforced GPO beats has no effect", () => {
    expect(outcome(base(2), [proposal(1, 3)], nowhere)).toMatchObject({ value: 2, gpo: guidOf(2) });
  });

  it("one of a domain that is not known is imported into the GPO that has its GUID, and that is told", () => {
    expect(outcome(base(null), [proposal(1, 3, { domain: "lab.example" })], nowhere)).toMatchObject({
      value: 3,
      states: ["replaces"],
      notes: ["it is of lab.example: judged as imported into the GPO of corp.example that has its GUID"],
    });
  });

  it("a new one without a link changes nothing, and is told", () => {
    expect(outcome(base(null), [proposal(7, 3)], nowhere)).toMatchObject({
      value: 1,
      gpo: guidOf(1),
      states: ["unplaced"],
      notes: ["no link is given: --as-if-linked DN or dc-ou"],
    });
  });

  it("a new one is linked as told: order 1 is the strongest", () => {
    expect(outcome(base(null), [proposal(7, 3)], atDcOu)).toMatchObject({
      value: 3,
      links: ["07 applied", "01 applied"],
      states: ["linked"],
      orders: [1],
    });
    const second = { ...atDcOu, link: { som: dcOu, linkOrder: 2, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3)], second)).toMatchObject({
      value: 1,
      links: ["01 applied", "07 applied"],
    });
    const far = { ...atDcOu, link: { som: dcOu, linkOrder: 99, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3)], far)).toMatchObject({
      links: ["01 applied", "07 applied"],
      orders: [2],
    });
  });

  it("enforced at the domain it beats the OU", () => {
    const options = { ...atDcOu, link: { som: domainDn, linkOrder: 1, enforced: true } };
    expect(outcome(base(null), [proposal(7, 3)], options)).toMatchObject({ value: 3, gpo: guidOf(7) });
  });

  it("a place that does not exist leaves it unplaced", () => {
    const options = { ...atDcOu, link: { som: `OU=Nowhere,${domainDn}`, linkOrder: 1, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3)], options)).toMatchObject({
      value: 1,
      states: ["unplaced"],
      notes: [`'OU=Nowhere,${domainDn}' is not in the directory data`],
    });
  });

  it("a folder says nothing of its directory half: undecided until the user vouches for it", () => {
    const folder = proposal(7, 3, { source: "sysvol", facts: null });
    expect(outcome(base(null), [folder], atDcOu)).toMatchObject({
      value: 1,
      certainty: "unknown",
      links: ["07 unknown", "01 applied"],
    });
    expect(outcome(base(null), [folder], { ...atDcOu, assumeDelivered: true })).toMatchObject({
      value: 3,
      certainty: "known",
    });
  });

  it("a folder for a known GPO keeps that GPO's own directory half", () => {
    expect(outcome(base(null), [proposal(1, 3, { source: "sysvol", facts: null })], nowhere)).toMatchObject({
      value: 3,
      certainty: "known",
    });
  });

  it("a backup whose extension list lacks the audit extension delivers nothing", () => {
    const facts = {
      ...factsOf(7),
      extensions: { effective: ["827d319e-6eac-11d2-a4ea-00c04f79f83a"], ineffective: [], damaged: false },
    };
    expect(outcome(base(null), [proposal(7, 3, { facts })], atDcOu)).toMatchObject({
      value: 1,
      gpo: guidOf(1),
    });
  });

  it("of several domains the one that holds the place takes it, and dc-ou names none of them", () => {
    const childDn = `DC=child,${domainDn}`;
    const spec = base(null);
    const childOu = `OU=Servers,${childDn}`;
    const { directory } = makeDomain({
      ...spec,
      soms: [...spec.soms, som(childDn, "domain", []), som(childOu, "ou", [])],
    });
    const domains = new Map([...directory.domains, ["child.corp.example", { dn: childDn, sid: null }]]);
    const both = { gpts: spec.gpts, directory: { ...directory, domains } };
    const options = { ...atDcOu, link: { som: childOu, linkOrder: 1, enforced: false } };
    expect(propose(both, [proposal(7, 3)], options).placements).toMatchObject([
      {
        state: "linked",
        gpc: { guid: guidOf(7), domain: "child.corp.example" },
        link: { som: childOu, linkOrder: 1 },
      },
    ]);
    expect(propose(both, [proposal(7, 3)], atDcOu).placements).toMatchObject([
      { state: "unplaced", gpc: null, notes: ["dc-ou fits several domains: name the OU by its DN"] },
    ]);
    const atSite = { ...atDcOu, link: { som: siteDn, linkOrder: 1, enforced: false } };
    expect(propose(both, [proposal(7, 3)], atSite).placements).toMatchObject([
      {
        state: "unplaced",
        notes: [`'${siteDn}' is a site, which fits several domains: name the OU by its DN`],
      },
    ]);
  });

  it("a known GPO without any link is linked as told, one that has a link keeps it, even a disabled one", () => {
    expect(outcome(base(null), [proposal(2, 3)], atDcOu)).toMatchObject({
      value: 3,
      gpo: guidOf(2),
      states: ["linked"],
      links: ["02 applied", "01 applied"],
    });
    expect(outcome(base(null), [proposal(2, 3)], nowhere)).toMatchObject({
      value: 1,
      states: ["replaces"],
      notes: [
        "no link in the directory data points to it, so it changes nothing",
        "no link is given: --as-if-linked DN or dc-ou",
      ],
    });
    const disabled = { ...base(null), soms: [...base(null).soms.slice(0, 2), som(dcOu, "ou", [link(1, 1)])] };
    expect(outcome(disabled, [proposal(1, 3)], atDcOu)).toMatchObject({
      value: null,
      states: ["replaces"],
      links: ["01 excluded"],
      notes: ["it keeps its own links: --as-if-linked is not used for it"],
    });
  });

  it("a GPO that only links tell of keeps them and stays undecided, until the user vouches for it", () => {
    const hidden = { ...base(null), gpcs: [gpc(2)], gpts: [sets(2, 0)] };
    expect(outcome(hidden, [], nowhere)).toMatchObject({ links: ["01 excluded"] });
    expect(outcome(hidden, [proposal(1, 3)], atDcOu)).toMatchObject({
      states: ["replaces"],
      links: ["01 unknown"],
    });
    expect(outcome(hidden, [proposal(1, 3)], { ...atDcOu, assumeDelivered: true })).toMatchObject({
      value: 3,
      certainty: "known",
      links: ["01 applied"],
    });
  });

  it("a GUID of another known domain is another GPO, and a GUID of several domains is none in particular", () => {
    const spec = base(null);
    const { directory } = makeDomain(spec);
    const childDn = `DC=child,${domainDn}`;
    const domains = new Map([...directory.domains, ["child.corp.example", { dn: childDn, sid: null }]]);
    const forest = { ...directory, domains };
    const ofChild = proposal(1, 3, { domain: "child.corp.example" });
    const [first] = propose({ gpts: spec.gpts, directory: forest }, [ofChild], nowhere).placements;
    expect(first?.state).toBe("unplaced");
    const options = { ...atDcOu, link: { som: dcOu, linkOrder: 1, enforced: false } };
    const [taken] = propose({ gpts: spec.gpts, directory: forest }, [ofChild], options).placements;
    expect(taken).toMatchObject({
      state: "unplaced",
      notes: ["it is of another domain, and corp.example has a GPO of its own with this GUID"],
    });
    const twin = gpc(1, {
      dn: `CN={${guidOf(1)}},CN=Policies,CN=System,${childDn}`,
      domain: "child.corp.example",
    });
    const gpcs = new Map([...directory.gpcs, [dnKey(twin.dn), twin]]);
    const both = { gpts: spec.gpts, directory: { ...forest, gpcs } };
    expect(propose(both, [proposal(1, 3)], options).placements).toMatchObject([{ state: "unplaced" }]);
    expect(propose(both, [ofChild], nowhere).placements).toMatchObject([
      { state: "replaces", gpc: { domain: "child.corp.example" } },
    ]);
  });

  it("proposed twice neither counts, linked or replaced", () => {
    for (const number of [1, 7]) {
      const result = outcome(base(null), [proposal(number, 3), proposal(number, 3)], atDcOu);
      expect(result.certainty).not.toBe("known");
      expect(result.links.filter((text) => text.startsWith(`0${number}`))).toEqual([`0${number} unknown`]);
      expect(result.notes).toContain(
        "its GUID is proposed more than once, and nobody says which one counts: propose it once",
      );
    }
  });

  it("several at one place follow each other in the order given", () => {
    const second = { ...atDcOu, link: { som: dcOu, linkOrder: 2, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3), proposal(8, 3), proposal(2, 3)], second)).toMatchObject({
      links: ["01 applied", "07 applied", "08 applied", "02 applied"],
      orders: [2, 3, 4],
      states: ["linked", "linked", "linked"],
    });
  });

  it("what was saved is no longer dated once it is proposed", () => {
    const saved = { ...sets(1, 3), saved: { by: "backup" as const, machineVersion: 9 } };
    const linked = { ...saved, guid: guidOf(7) };
    const { directory } = makeDomain(base(null));
    const { inventory } = propose(
      { gpts: base(null).gpts, directory },
      [proposal(1, 3, { gpt: saved }), proposal(7, 3, { gpt: linked })],
      atDcOu,
    );
    expect(inventory.gpts.map(({ guid }) => guid)).toContain(guidOf(7));
    expect(inventory.gpts.filter((own) => own.saved !== undefined)).toEqual([]);
  });
});
