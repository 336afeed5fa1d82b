import type { Ace } from "../../model/gpo.ts";

/** What an ACE type says about access (MS-DTYP 2.4.4.1). */
export interface AceKind {
  readonly effect: "allow" | "deny";
  readonly conditional: boolean;
  /** Has flags and up to two GUIDs between mask and SID (MS-DTYP 2.4.4.3). */
  readonly object: boolean;
}

/** Audit, alarm, label, attribute and policy entries: they never decide about access, wherever they stand. */
export const silentTypes: ReadonlySet<number> = new Set([
  0x02, 0x03, 0x07, 0x08, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
]);

export const aceKinds: ReadonlyMap<number, AceKind> = new Map([
  [0x00, { effect: "allow", conditional: false, object: false }],
  [0x01, { effect: "deny", conditional: false, object: false }],
  [0x05, { effect: "allow", conditional: false, object: true }],
  [0x06, { effect: "deny", conditional: false, object: true }],
  [0x09, { effect: "allow", conditional: true, object: false }],
  [0x0a, { effect: "deny", conditional: true, object: false }],
  [0x0b, { effect: "allow", conditional: true, object: true }],
  [0x0c, { effect: "deny", conditional: true, object: true }],
]);

/** ACE types by their letters in SDDL (MS-DTYP 2.5.1.1). */
export const sddlAceTypes: ReadonlyMap<string, number> = new Map([
  ["A", 0x00],
  ["D", 0x01],
  ["AU", 0x02],
  ["AL", 0x03],
  ["OA", 0x05],
  ["OD", 0x06],
  ["OU", 0x07],
  ["OL", 0x08],
  ["XA", 0x09],
  ["XD", 0x0a],
  ["ZA", 0x0b],
  ["ZD", 0x0c],
  ["XU", 0x0d],
  ["ML", 0x11],
  ["RA", 0x12],
  ["SP", 0x13],
  ["TL", 0x14],
]);

export const inheritOnlyFlag = 0x08;

/**
 * Stands for an entry of a type that nobody has described (or a compound one, MS-DTYP 2.4.4.1): it may allow or deny
 * anything to anybody, so both are put in its place and neither can be decided.
 */
export function undecidableAces(inheritOnly: boolean): readonly Ace[] {
  const base = { conditional: true, inheritOnly, mask: 0xffffffff, objectType: null, sid: null };
  return [
    { ...base, type: "deny" },
    { ...base, type: "allow" },
  ];
}
