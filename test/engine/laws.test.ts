import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResolvedTarget } from "../../src/engine/engine.ts";
import type { GpoLink } from "../../src/model/gpo.ts";
import {
  audit,
  credentialValidation,
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

/** A random scope: links on site, domain and two OUs, blocks, and GPOs that set two subcategories. */
interface Scope {
  readonly site: readonly GpoLink[];
  readonly domain: readonly GpoLink[];
  readonly ou: readonly GpoLink[];
  readonly leaf: readonly GpoLink[];
  readonly blocks: readonly [boolean, boolean, boolean];
  readonly gpos: readonly {
    readonly logon: number | null;
    readonly credential: number | null;
    readonly undecided: boolean;
  }[];
}

const gpoCount = 6;
const anyValue = fc.option(fc.integer({ min: 0, max: 3 }));
const anyGpo = fc.record({ logon: anyValue, credential: anyValue, undecided: fc.boolean() });
const anyLink = fc
  .tuple(fc.integer({ min: 1, max: gpoCount }), fc.integer({ min: 0, max: 3 }))
  .map(([gpo, options]) => link(gpo, options));
const anyLinks = fc.array(anyLink, { maxLength: 4 });
const anyScope: fc.Arbitrary<Scope> = fc.record({
  site: anyLinks,
  domain: anyLinks,
  ou: anyLinks,
  leaf: anyLinks,
  blocks: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  gpos: fc.array(anyGpo, { minLength: gpoCount, maxLength: gpoCount }),
});

function resolve(scope: Scope): ResolvedTarget {
  const leaf = `OU=Leaf,${dcOu}`;
  const [blockDomain, blockOu, blockLeaf] = scope.blocks;
  return resolveFirst({
    computers: [dc("DC1", leaf)],
    soms: [
      som(siteDn, "site", scope.site),
      som(domainDn, "domain", scope.domain, { blocksInheritance: blockDomain }),
      som(dcOu, "ou", scope.ou, { blocksInheritance: blockOu }),
      som(leaf, "ou", scope.leaf, { blocksInheritance: blockLeaf }),
    ],
    gpcs: scope.gpos.map(({ undecided }, index) =>
      gpc(index + 1, undecided ? { wmiFilter: { id: "b0", name: null, query: null, found: true } } : {}),
    ),
    gpts: scope.gpos.map((own, index) =>
      gpt(index + 1, [
        part("audit.csv", [
          ...(own.logon === null ? [] : [audit(logon, own.logon)]),
          ...(own.credential === null ? [] : [audit(credentialValidation, own.credential)]),
        ]),
      ]),
    ),
  });
}

const seen = (target: ResolvedTarget) => ({
  gpos: target.policy.candidates.map(({ guid, som: at, state, reason }) => ({ guid, at, state, reason })),
  settings: target
    .settings()
    .map(({ key, value, certainty, gpo, losers }) => ({ key, value, certainty, gpo, losers })),
});

describe("laws of the engine", () => {
  it("every link stands exactly once, enforced before plain", () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        const { candidates } = resolve(scope).policy;
        expect(candidates).toHaveLength(
          scope.site.length + scope.domain.length + scope.ou.length + scope.leaf.length,
        );
        expect(candidates.findLastIndex(({ enforced }) => enforced)).toBe(
          candidates.filter(({ enforced }) => enforced).length - 1,
        );
      }),
    );
  });

  it("block inheritance never excludes an enforced link", () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        for (const { enforced, reason } of resolve(scope).policy.candidates)
          if (enforced) expect(reason).not.toBe("blocked");
      }),
    );
  });

  it("a disabled link changes no setting", () => {
    fc.assert(
      fc.property(
        anyScope,
        fc.integer({ min: 1, max: gpoCount }),
        fc.constantFrom(1, 3),
        (scope, gpo, options) => {
          const more = { ...scope, domain: [...scope.domain, link(gpo, options)] };
          expect(resolve(more).settings()).toEqual(resolve(scope).settings());
        },
      ),
    );
  });

  it("a new strongest GPO that says nothing about a setting changes nothing of it", () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        const gpos = scope.gpos.map((own, index) =>
          index === 0 ? { logon: null, credential: null, undecided: own.undecided } : own,
        );
        const base = { ...scope, gpos };
        expect(seen(resolve({ ...base, site: [...base.site, link(1, 2)] })).settings).toEqual(
          seen(resolve(base)).settings,
        );
      }),
    );
  });

  it("an applied enforced site link decides, whatever else there is", () => {
    fc.assert(
      fc.property(anyScope, fc.integer({ min: 0, max: 3 }), (scope, value) => {
        const gpos = scope.gpos.map((own, index) =>
          index === 0 ? { logon: value, credential: null, undecided: false } : own,
        );
        const target = resolve({ ...scope, gpos, site: [...scope.site, link(1, 2)] });
        expect(target.setting(logon)).toMatchObject({ value, certainty: "known", gpo: guidOf(1) });
      }),
    );
  });

  it("settling every undecided GPO gives one of the announced outcomes, and a known value never changes", () => {
    fc.assert(
      fc.property(
        anyScope,
        fc.array(fc.boolean(), { minLength: gpoCount, maxLength: gpoCount }),
        (scope, answers) => {
          const open = resolve(scope);
          const gpos = scope.gpos.map((own, index) => {
            if (!own.undecided) return own;
            return answers[index] === true
              ? { ...own, undecided: false }
              : { logon: null, credential: null, undecided: false };
          });
          const settled = resolve({ ...scope, gpos });
          for (const key of [logon, credentialValidation]) {
            const before = open.setting(key);
            const after = settled.setting(key);
            if (before?.certainty === "known") expect(after?.value).toBe(before.value);
          }
        },
      ),
    );
  });

  it("what explain tells replays to the same winner: the first writer among the applied", () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        const target = resolve(scope);
        for (const { gpo, writers } of target.settings()) {
          expect(writers.find(({ state }) => state === "applied")?.guid).toBe(gpo);
        }
      }),
    );
  });

  it("the same input gives the same result", () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        expect(seen(resolve(scope))).toEqual(seen(resolve(scope)));
      }),
    );
  });
});
