import type { Candidate } from "../../model/effective.ts";
import { dnKey } from "../../model/dn.ts";
import type { ResultTarget } from "../../model/result.ts";
import { gpoText } from "../../model/words.ts";
import { gpoKey } from "./gpo-index.ts";

/** What differs between the links in scope of a target in two results. */
export class LinkDifference {
  readonly #stayed: readonly Stayed[];
  readonly #changes: readonly { readonly gpo: string; readonly text: string }[];

  constructor(before: ResultTarget, after: ResultTarget) {
    const [old, now] = [byLink(before.gpos), byLink(after.gpos)];
    const ranks = new Map([...old.keys()].map((key, index) => [key, index]));
    this.#stayed = [...now].flatMap(([key, link]) => {
      const rank = ranks.get(key);
      return rank === undefined ? [] : [{ link, rank }];
    });
    this.#changes = changesOf(old, now);
  }

  /** Sentences; `gpos`: only what is about these; null: about any. */
  causes(gpos: ReadonlySet<string> | null): string[] {
    const changes = this.#changes.filter(({ gpo }) => gpos === null || gpos.has(gpo));
    return [...changes.map(({ text }) => text), ...this.#order(gpos)];
  }

  /** Links that passed each other. Only neighbours: the rest follows from them. */
  #order(gpos: ReadonlySet<string> | null): string[] {
    const stayed = this.#stayed.filter(({ link }) => gpos === null || gpos.has(gpoKey(link)));
    return stayed.flatMap(({ link, rank }, index) => {
      const next = stayed[index + 1];
      if (next === undefined || next.rank > rank) return [];
      return [`${linkText(link)} stands above ${linkText(next.link)} now`];
    });
  }
}

interface Stayed {
  readonly link: Candidate;
  /** Its place before. */
  readonly rank: number;
}

function changesOf(old: Links, now: Links): { readonly gpo: string; readonly text: string }[] {
  const changes: { readonly gpo: string; readonly text: string }[] = [];
  const candidates = [...now.values()];
  const known = new Set([...old.values()].map(gpoKey));
  for (const [key, link] of now) {
    const was = old.get(key);
    const texts =
      was === undefined
        ? [addedText(link, candidates.slice(candidates.indexOf(link) + 1), known)]
        : changedTexts(was, link);
    for (const text of texts) changes.push({ gpo: gpoKey(link), text });
  }
  for (const [key, link] of old)
    if (!now.has(key)) changes.push({ gpo: gpoKey(link), text: `${linkText(link)} was removed` });
  return changes;
}

function linkText(link: Candidate): string {
  return `the link to GPO ${gpoText(link)} at ${link.som}`;
}

type Links = ReadonlyMap<string, Candidate>;

/** One GPO may be linked to several SOMs, and, by mistake, twice to one. */
function byLink(candidates: readonly Candidate[]): Links {
  const links = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const place = `${gpoKey(candidate)} ${dnKey(candidate.som)}`;
    let key = place;
    for (let nth = 2; links.has(key); nth++) key = `${place} ${nth}`;
    links.set(key, candidate);
  }
  return links;
}

/** The strongest of the GPOs below it that were there before says how far up it came. */
function addedText(link: Candidate, below: readonly Candidate[], known: ReadonlySet<string>): string {
  const beaten = below.find((other) => known.has(gpoKey(other)));
  const place = beaten === undefined ? "" : `, above GPO ${gpoText(beaten)}`;
  return `a link to GPO ${gpoText(link)} at ${link.som} was added${link.enforced ? ", enforced" : ""}${place}`;
}

const stateTexts = {
  applied: "applies",
  excluded: "does not apply",
  unknown: "may or may not apply",
} as const satisfies Record<Candidate["state"], string>;

function changedTexts(was: Candidate, is: Candidate): string[] {
  const texts: string[] = [];
  if (was.enforced !== is.enforced)
    texts.push(`${linkText(is)} is ${is.enforced ? "enforced now" : "not enforced any more"}`);
  if (was.state !== is.state) {
    const why = is.detail ?? is.reason;
    const before = was.detail ?? was.reason;
    const reasons = [...(why === null ? [] : [why]), ...(before === null ? [] : [`before: ${before}`])];
    const because = reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
    texts.push(`GPO ${gpoText(is)} ${stateTexts[is.state]} now, by its link at ${is.som}${because}`);
  } else if (was.reason !== is.reason) {
    texts.push(
      `GPO ${gpoText(is)} ${stateTexts[is.state]} for another reason: ${is.detail ?? is.reason ?? "none"}`,
    );
  }
  if (is.doubt !== null && was.doubt?.text !== is.doubt.text)
    texts.push(`GPO ${gpoText(is)}: ${is.doubt.text}`);
  if (is.doubt === null && was.doubt !== null)
    texts.push(`GPO ${gpoText(is)}: not in doubt any more (${was.doubt.text})`);
  for (const note of is.notes) {
    if (!was.notes.includes(note) && note !== is.doubt?.text) texts.push(`GPO ${gpoText(is)}: ${note}`);
  }
  return texts;
}
