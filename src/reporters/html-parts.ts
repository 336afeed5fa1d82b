import type { Location } from "../model/location.ts";
import { isByteLocation } from "../model/location.ts";

/** A GPO as the report names it: the name for people, the GUID for certainty. */
export interface GpoView {
  readonly name: string;
  readonly guid: string;
  readonly domain: string;
}

export function gpoView(gpo: {
  readonly guid: string;
  readonly domain: string | null;
  readonly displayName: string | null;
}): GpoView {
  return {
    name: gpo.displayName === null || gpo.displayName === "" ? "GPO without a known name" : gpo.displayName,
    guid: gpo.guid,
    domain: gpo.domain ?? "",
  };
}

/** A path or DN in pieces between which a line may break. */
export type Breakable = readonly string[];

export function breakable(text: string): Breakable {
  return text === "" ? [] : text.split(/(?<=[,/\\])/);
}

/** "path, line 3" or "path, bytes 8 to 221". */
export function placeOf(location: Location | null): Breakable {
  if (location === null) return [];
  if (!isByteLocation(location)) return breakable(`${location.path}, line ${location.line}`);
  const last = location.byteOffset + Math.max(location.byteLength, 1) - 1;
  return breakable(`${location.path}, bytes ${location.byteOffset} to ${last}`);
}

/** Anchor of a finding: the same in every report on the same requirement and target. */
export function findingAnchor(fingerprint: string): string {
  return `f-${fingerprint.slice(0, 16)}`;
}

/** Anchor from a rule id; ids are unique, and so are these: what a URL would escape is written as its code. */
export function ruleAnchor(id: string): string {
  return `r-${id.replace(/[^A-Za-z0-9.-]/g, (char) => `_${(char.codePointAt(0) ?? 0).toString(16)}`)}`;
}
