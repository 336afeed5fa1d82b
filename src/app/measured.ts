import { dnKey } from "../model/dn.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Computer, Directory } from "../model/gpo.ts";
import type { HostName } from "../sources/host-name.ts";
import { isSameName, parseHostName } from "../sources/host-name.ts";
import type { UnmatchedEvidence } from "./source-coverage.ts";

export interface MatchedEvidence {
  /** By the DN of the target, as the target has it. */
  readonly byTarget: ReadonlyMap<string, readonly Evidence[]>;
  /** What is evidence of no computer for certain. */
  readonly unmatched: readonly UnmatchedEvidence[];
}

/** Whose each piece of evidence is. That of a computer that is no target is left out: nobody asked for it. */
export function matchEvidence(
  evidence: readonly Evidence[],
  directory: Directory | null,
  targets: readonly Pick<Computer, "dn">[],
): MatchedEvidence {
  const dns = new Map(targets.map(({ dn }) => [dnKey(dn), dn]));
  const byTarget = new Map<string, Evidence[]>();
  const unmatched: UnmatchedEvidence[] = [];
  for (const item of evidence) {
    const found = ownerOf(item, directory);
    if ("why" in found) unmatched.push({ path: item.file.path, host: item.host, why: found.why });
    else {
      const dn = dns.get(dnKey(found.dn));
      if (dn !== undefined) byTarget.set(dn, [...(byTarget.get(dn) ?? []), item]);
    }
  }
  return { byTarget, unmatched };
}

function ownerOf(
  { host }: Evidence,
  directory: Directory | null,
): { readonly why: string } | Pick<Computer, "dn"> {
  if (host === null || parseHostName(host).name === "")
    return { why: "nothing says which computer it is of" };
  if (directory === null) return { why: "there is no directory data to find the computer in" };
  const fitting = findComputers(directory.computers, parseHostName(host));
  const [owner, ...others] = fitting;
  if (owner === undefined) return { why: "the directory data has no computer of that name" };
  if (others.length === 0) return owner;
  return {
    why: `${fitting.length} computers of the directory data have that name, so its DNS name is needed`,
  };
}

/** An exact name goes before one that Windows may have cut. */
function findComputers(computers: readonly Computer[], host: HostName): readonly Computer[] {
  if (host.dn !== null) return computers.filter(({ dn }) => dnKey(dn) === host.dn);
  const exact = computers.filter((computer) => isNamed(computer, host, (own) => own === host.name));
  if (exact.length > 0) return exact;
  return computers.filter((computer) => isNamed(computer, host, (own) => isSameName(own, host.name)));
}

/** The suffix of a DNS name may be that of the domain, or one that the computer has for itself. */
function isNamed(computer: Computer, { domain }: HostName, isName: (own: string) => boolean): boolean {
  const own = parseHostName(computer.dnsHostName ?? "");
  const inDomain = domain === null || domain === computer.domain;
  return (
    (inDomain && (isName(computer.name.toLowerCase()) || isName(own.name))) ||
    (domain !== null && domain === own.domain && isName(own.name))
  );
}
