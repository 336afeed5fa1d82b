import { describe, expect, it } from "vitest";
import type { GpoLink } from "../../src/model/gpo.ts";
import {
  audit,
  dc,
  dcOu,
  domainDn,
  gpc,
  gpt,
  guidOf,
  link,
  logon,
  part,
  siteDn,
  som,
} from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";

interface Links {
  readonly site?: readonly GpoLink[];
  readonly domain?: readonly GpoLink[];
  readonly ou?: readonly GpoLink[];
  readonly leaf?: readonly GpoLink[];
  readonly blockOu?: boolean;
  readonly blockLeaf?: boolean;
  readonly blockDomain?: boolean;
}

/** GPO n sets Logon to n (1 to 3). DC1 stands in OU=Leaf below OU=Domain Controllers. */
function resolve(links: Links) {
  const leaf = `OU=Leaf,${dcOu}`;
  const numbers = [1, 2, 3];
  return resolveFirst({
    computers: [dc("DC1", leaf)],
    soms: [
      som(siteDn, "site", links.site ?? []),
      som(domainDn, "domain", links.domain ?? [], { blocksInheritance: links.blockDomain ?? false }),
      som(dcOu, "ou", links.ou ?? [], { blocksInheritance: links.blockOu ?? false }),
      som(leaf, "ou", links.leaf ?? [], { blocksInheritance: links.blockLeaf ?? false }),
    ],
    gpcs: numbers.map((number) => gpc(number)),
    gpts: numbers.map((number) => gpt(number, [part("audit.csv", [audit(logon, number)])])),
  });
}

const numberOf = new Map([1, 2, 3].map((number) => [guidOf(number), number]));

/** The link order as GPO numbers, strongest first; an excluded link is negative. */
function order(links: Links): number[] {
  return resolve(links).policy.candidates.map(
    ({ guid, state }) => (numberOf.get(guid) ?? 0) * (state === "excluded" ? -1 : 1),
  );
}

describe("link order", () => {
  const table: readonly [string, Links, readonly number[]][] = [
    ["the rightmost link of a SOM wins", { domain: [link(1), link(2), link(3)] }, [3, 2, 1]],
    ["leaf OU beats OU beats domain", { domain: [link(1)], ou: [link(2)], leaf: [link(3)] }, [3, 2, 1]],
    ["the site is the weakest", { site: [link(1)], domain: [link(2)] }, [2, 1]],
    ["an enforced link beats a plain one further in", { domain: [link(1, 2)], leaf: [link(2)] }, [1, 2]],
    ["case 109: among enforced links the outer one wins", { domain: [link(1, 2)], ou: [link(2, 2)] }, [1, 2]],
    [
      "an enforced site link beats all",
      { site: [link(1, 2)], domain: [link(2, 2)], ou: [link(3, 2)] },
      [1, 2, 3],
    ],
    ["in one SOM the rightmost enforced link wins", { domain: [link(1, 2), link(2, 2), link(3)] }, [2, 1, 3]],
    ["a disabled link stands where it would", { domain: [link(1), link(2, 1), link(3)] }, [3, -2, 1]],
    [
      "options 3 is disabled and stands among the enforced",
      { domain: [link(1), link(2, 3)], ou: [link(3)] },
      [-2, 3, 1],
    ],
    [
      "block inheritance hides domain and site",
      { site: [link(1)], domain: [link(2)], ou: [link(3)], blockOu: true },
      [3, -2, -1],
    ],
    [
      "the block nearest to the computer counts",
      { ou: [link(1)], leaf: [link(2)], blockOu: true, blockLeaf: true },
      [2, -1],
    ],
    [
      "a block on the domain hides the site only",
      { site: [link(1)], domain: [link(2)], blockDomain: true },
      [2, -1],
    ],
    [
      "case 108: an enforced link passes a block",
      { domain: [link(1, 2), link(2)], ou: [link(3)], blockOu: true },
      [1, 3, -2],
    ],
  ];
  for (const [title, links, expected] of table) {
    it(title, () => {
      expect(order(links)).toEqual(expected);
    });
  }

  it("a GPO linked twice stands once a link and counts at its strongest live one", () => {
    const target = resolve({ domain: [link(1, 2)], ou: [link(2)], leaf: [link(1)] });
    expect(
      target.policy.candidates.map(({ guid, som: at }) => [numberOf.get(guid), at.split(",")[0]]),
    ).toEqual([
      [1, "DC=corp"],
      [1, "OU=Leaf"],
      [2, "OU=Domain Controllers"],
    ]);
    expect(target.settings()).toMatchObject([{ key: logon, value: 1, gpo: guidOf(1), losers: [guidOf(2)] }]);
  });

  it("a disabled enforced link does not lift the plain link of the same GPO", () => {
    expect(resolve({ domain: [link(1, 3)], ou: [link(2)], leaf: [link(1)] }).settings()).toMatchObject([
      { value: 1, gpo: guidOf(1), losers: [guidOf(2)] },
    ]);
    expect(resolve({ domain: [link(1, 3), link(1)], ou: [link(2)] }).settings()).toMatchObject([
      { value: 2, gpo: guidOf(2), losers: [guidOf(1)] },
    ]);
  });

  it("link order is GPMC's number: 1 is the rightmost", () => {
    const { candidates } = resolve({ domain: [link(1), link(2), link(3, 2)] }).policy;
    expect(candidates.map(({ guid, linkOrder }) => [numberOf.get(guid), linkOrder])).toEqual([
      [3, 1],
      [2, 2],
      [1, 3],
    ]);
  });
});

describe("values", () => {
  it("the strongest GPO replaces the whole value: success and failure are never OR-ed over GPOs", () => {
    expect(resolve({ domain: [link(3)], ou: [link(2)] }).settings()).toMatchObject([
      { value: 2, certainty: "known", gpo: guidOf(2), losers: [guidOf(3)] },
    ]);
  });
});
