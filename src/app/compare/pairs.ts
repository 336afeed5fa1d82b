import { dnKey } from "../../model/dn.ts";
import type { Finding } from "../../model/result.ts";

/** One finding in both results. Never null on both sides. */
export type Pair =
  | { readonly key: string; readonly before: Finding | null; readonly after: Finding }
  | { readonly key: string; readonly before: Finding; readonly after: null };

/** Fingerprints that two findings of one result share: two computers of one name, say, and no SID of either. */
export function sharedFingerprints(...results: readonly (readonly Finding[])[]): ReadonlySet<string> {
  const shared = new Set<string>();
  for (const findings of results) {
    const seen = new Set<string>();
    for (const { fingerprint } of findings) (seen.has(fingerprint) ? shared : seen).add(fingerprint);
  }
  return shared;
}

/**
 * Findings by key: the fingerprint. Where several share it the computer too, so that an old failure of one never stands for
 * a new one of the other; and a number, so that none is lost.
 */
export function byKey(
  findings: readonly Finding[],
  shared = sharedFingerprints(findings),
): ReadonlyMap<string, Finding> {
  const keyed = new Map<string, Finding>();
  for (const finding of findings) {
    const { fingerprint, target } = finding;
    const own = shared.has(fingerprint) ? `${fingerprint} ${dnKey(target ?? "")}` : fingerprint;
    let key = own;
    for (let nth = 2; keyed.has(key); nth++) key = `${own} ${nth}`;
    keyed.set(key, finding);
  }
  return keyed;
}

/** Every finding of both, each once: those of the newer result in its order, then what only the older one has. */
export function pairFindings(
  before: ReadonlyMap<string, Finding>,
  after: ReadonlyMap<string, Finding>,
): Pair[] {
  const pairs: Pair[] = [...after].map(([key, finding]) => ({
    key,
    before: before.get(key) ?? null,
    after: finding,
  }));
  for (const [key, finding] of before) {
    if (!after.has(key)) pairs.push({ key, before: finding, after: null });
  }
  return pairs;
}

/** Keys of findings that failed in one result and were met in a later one. */
export function resolvedKeys(results: readonly ReadonlyMap<string, Finding>[]): ReadonlySet<string> {
  const failed = new Set<string>();
  const resolved = new Set<string>();
  for (const result of results) {
    for (const [key, { verdict, baseline }] of result) {
      if (verdict === "fail") failed.add(key);
      // A result that was held against a baseline remembers what that one showed.
      if (verdict === "pass" && (failed.has(key) || baseline === "resolved")) resolved.add(key);
    }
  }
  return resolved;
}
