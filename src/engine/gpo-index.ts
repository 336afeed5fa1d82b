import { dnKey } from "../model/dn.ts";
import type { Directory, Gpc, GpoLink, Gpt, Guid, Inventory } from "../model/gpo.ts";
import { openOtherContent } from "./other-content.ts";

/** A GPO as the engine meets it: either half may be missing. */
export interface LinkedGpo {
  /** Identity of the GPO: two links with the same key are links to one GPO. */
  readonly key: string;
  readonly gpc: Gpc | null;
  readonly gpt: Gpt | null;
  /** More than one folder fits, so that none of them can be said to count. */
  readonly severalGpts: boolean;
  /** False where the data shows that no such GPO exists: its domain was exported, and neither half is there. */
  readonly mayExist: boolean;
}

/** Finds both halves of the GPO behind a link, and keeps one object per GPO. */
export class GpoIndex {
  readonly #directory: Directory;
  readonly #gpts = new Map<Guid, Gpt[]>();
  readonly #domainsWithGpcs = new Set<string>();
  readonly #domainsOfGuid = new Map<Guid, Set<string>>();
  readonly #gpos = new Map<string, LinkedGpo>();

  constructor(inventory: Inventory, directory: Directory) {
    this.#directory = directory;
    for (const gpt of inventory.gpts) {
      const list = this.#gpts.get(gpt.guid);
      if (list === undefined) this.#gpts.set(gpt.guid, [gpt]);
      else list.push(gpt);
    }
    for (const gpc of directory.gpcs.values()) {
      this.#domainsWithGpcs.add(gpc.domain);
      const domains = this.#domainsOfGuid.get(gpc.guid);
      if (domains === undefined) this.#domainsOfGuid.set(gpc.guid, new Set([gpc.domain]));
      else domains.add(gpc.domain);
    }
  }

  find(link: GpoLink): LinkedGpo {
    const key = dnKey(link.gpoDn);
    let gpo = this.#gpos.get(key);
    if (gpo === undefined) {
      const gpc = this.#directory.gpcs.get(key) ?? null;
      const [gpt = null, ...others] = this.#gptsOf(link.guid, link.domain);
      const severalGpts = others.length > 0;
      gpo = {
        key,
        gpc,
        gpt: severalGpts ? null : gpt === null || gpc === null ? gpt : openOtherContent(gpt, gpc),
        severalGpts,
        mayExist: gpc !== null || gpt !== null || !this.#isExported(link.domain),
      };
      this.#gpos.set(key, gpo);
    }
    return gpo;
  }

  /** GPTs that fit a GPO: the default GUIDs repeat in every domain, so the domain folder counts where there is one. */
  #gptsOf(guid: Guid, domain: string): readonly Gpt[] {
    const gpts = this.#gpts.get(guid) ?? [];
    const own = gpts.filter((gpt) => gpt.domainLabel === domain);
    const unnamed = gpts.filter(
      ({ domainLabel }) => domainLabel !== domain && (domainLabel === null || !this.#isForeign(domainLabel)),
    );
    if (own.length > 0) {
      // The folder of a DC holds SYSVOL twice, once without the domain: one that names it is enough. But what was saved is
      // another witness than SYSVOL, and a name does not say which of them counts.
      const isSaved = own.some(({ saved }) => saved !== undefined);
      return [...own, ...unnamed.filter(({ saved }) => isSaved || saved !== undefined)];
    }
    // A folder that names no domain serves where only one domain has this GUID.
    const domains = this.#domainsOfGuid.get(guid);
    return domains !== undefined && domains.size > 1 ? [] : unnamed;
  }

  /** The folder above `Policies` names another domain: one that is known, or one that looks like a DNS name. */
  #isForeign(label: string): boolean {
    return this.#directory.domains.has(label) || label.includes(".");
  }

  /**
   * A domain whose head came without a single GPC was not exported with its policies container; and where objects may be
   * invisible, a missing one proves nothing.
   */
  #isExported(domain: string): boolean {
    if (this.#directory.mayHideObjects) return false;
    return this.#directory.domains.has(domain) && this.#domainsWithGpcs.has(domain);
  }
}
