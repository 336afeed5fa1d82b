import { describe, expect, it } from "vitest";
import { Engine } from "../../src/engine/engine.ts";
import type { ProposeOptions } from "../../src/engine/propose.ts";
import { propose } from "../../src/engine/propose.ts";
import type { Gpt } from "../../src/model/gpo.ts";
import type { Proposal, ProposedFacts } from "../../src/model/proposal.ts";
import type { DomainSpec } from "../util/domain.ts";
import {
  audit,
  dcOu,
  domainDn,
  gpc,
  gpt,
  guidOf,
  link,
  logon,
  makeDomain,
  part,
  siteDn,
  som,
} from "../util/domain.ts";
import { noAssumptions } from "../util/engine.ts";

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

function sets(number: number, value: number): Gpt {
  return gpt(number, [part("audit.csv", [audit(logon, value)])]);
}

function factsOf(number: number): ProposedFacts {
  const { extensions, securityDescriptor, flags, machineVersion, wmiFilter, location } = gpc(number);
  return { extensions, securityDescriptor, flags, machineVersion, wmiFilter, location };
}

const proposal = (number: number, value: number, more: Partial<Proposal> = {}): Proposal => ({
  gpt: { ...sets(number, value), domainLabel: null },
  displayName: `Proposal ${number}`,
  domain: null,
  facts: factsOf(number),
  ...more,
});

const atDcOu: ProposeOptions = {
  link: { som: "dc-ou", linkOrder: 1, enforced: false },
  assumeDelivered: false,
};
const nowhere: ProposeOptions = { link: null, assumeDelivered: false };

function outcome(spec: DomainSpec, proposals: readonly Proposal[], options: ProposeOptions) {
  const { directory } = makeDomain(spec);
  const { inventory, unplaced } = propose({ gpts: spec.gpts, directory }, proposals, options);
  const after = inventory.directory ?? directory;
  const [computer] = after.computers;
  if (computer === undefined) throw new Error("no computer");
  const target = new Engine(inventory, after, noAssumptions).resolve(computer);
  const setting = target.setting(logon);
  return {
    value: setting?.value ?? null,
    certainty: setting?.certainty ?? null,
    gpo: setting?.gpo ?? null,
    unplaced: unplaced.length,
    links: target.policy.candidates.map(({ guid, state }) => `${guid.slice(-2)} ${state}`),
  };
}

describe("proposals", () => {
  it("one with a known GUID takes the place of that GPO, where it is linked", () => {
    expect(outcome(base(null), [proposal(1, 3)], nowhere)).toMatchObject({
      value: 3,
      gpo: guidOf(1),
      unplaced: 0,
      links: ["01 applied"],
    });
  });

  it("an edit that an enforced GPO beats has no effect", () => {
    expect(outcome(base(2), [proposal(1, 3)], nowhere)).toMatchObject({ value: 2, gpo: guidOf(2) });
  });

  it("a new one without a link changes nothing, and is told", () => {
    expect(outcome(base(null), [proposal(7, 3)], nowhere)).toMatchObject({
      value: 1,
      gpo: guidOf(1),
      unplaced: 1,
    });
  });

  it("a new one is linked as told: order 1 is the strongest", () => {
    expect(outcome(base(null), [proposal(7, 3)], atDcOu)).toMatchObject({
      value: 3,
      links: ["07 applied", "01 applied"],
    });
    const second = { ...atDcOu, link: { som: dcOu, linkOrder: 2, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3)], second)).toMatchObject({
      value: 1,
      links: ["01 applied", "07 applied"],
    });
    const far = { ...atDcOu, link: { som: dcOu, linkOrder: 99, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3)], far)).toMatchObject({ links: ["01 applied", "07 applied"] });
  });

  it("enforced at the domain it beats the OU", () => {
    const options = { ...atDcOu, link: { som: domainDn, linkOrder: 1, enforced: true } };
    expect(outcome(base(null), [proposal(7, 3)], options)).toMatchObject({ value: 3, gpo: guidOf(7) });
  });

  it("a place that does not exist leaves it unplaced", () => {
    const options = { ...atDcOu, link: { som: `OU=Nowhere,${domainDn}`, linkOrder: 1, enforced: false } };
    expect(outcome(base(null), [proposal(7, 3)], options)).toMatchObject({ value: 1, unplaced: 1 });
  });

  it("a folder says nothing of its directory half: undecided until the user vouches for it", () => {
    const folder = proposal(7, 3, { facts: null });
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
    expect(outcome(base(null), [proposal(1, 3, { facts: null })], nowhere)).toMatchObject({
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
    const { inventory } = propose(both, [proposal(7, 3)], options);
    expect([...(inventory.directory?.gpcs.values() ?? [])].at(-1)).toMatchObject({
      guid: guidOf(7),
      domain: "child.corp.example",
    });
    expect(propose(both, [proposal(7, 3)], atDcOu).unplaced).toHaveLength(1);
  });
});
