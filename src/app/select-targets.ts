import { dnKey } from "../model/dn.ts";
import type { Computer, Directory } from "../model/gpo.ts";

export type TargetSelection =
  | { readonly ok: true; readonly computers: readonly Computer[] }
  /** Names that fit no computer, and the names that there are. */
  | { readonly ok: false; readonly unmatched: readonly string[]; readonly known: readonly string[] };

/** The computers to work out policy for: those named, else every domain controller; by DN. */
export function selectTargets(directory: Directory, names: readonly string[]): TargetSelection {
  const controllers = directory.computers.filter((computer) => computer.role !== "member");
  if (names.length === 0) return { ok: true, computers: sortByDn(controllers) };
  const chosen = new Set<Computer>();
  const unmatched: string[] = [];
  for (const name of names) {
    const matches = directory.computers.filter((computer) => isNamed(computer, name));
    if (matches.length === 0) unmatched.push(name);
    for (const computer of matches) chosen.add(computer);
  }
  if (unmatched.length > 0)
    return { ok: false, unmatched, known: sortByDn(controllers).map(({ name }) => name) };
  return { ok: true, computers: sortByDn([...chosen]) };
}

function isNamed(computer: Computer, name: string): boolean {
  const wanted = name.trim().toLowerCase().replace(/\$$/, "");
  if (computer.name.toLowerCase() === wanted || computer.dnsHostName?.toLowerCase() === wanted) return true;
  return name.includes("=") && dnKey(computer.dn) === dnKey(name);
}

function sortByDn(computers: readonly Computer[]): Computer[] {
  return computers.toSorted((a, b) => (dnKey(a.dn) < dnKey(b.dn) ? -1 : 1));
}
