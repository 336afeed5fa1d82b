import type { AuditAce, ReadinessOutcome, SaclFact, Subject } from "../../model/readiness.ts";
import { fail, pass, unknown } from "./outcome.ts";

const everyone = "S-1-1-0";

/** Generic rights as the directory maps them (MS-ADTS 5.1.3.2). */
const genericRights: readonly (readonly [number, number])[] = [
  [0x10000000, 0x000f01ff],
  [0x80000000, 0x00020094],
  [0x40000000, 0x00020028],
  [0x20000000, 0x00020004],
];

const rightNames: readonly (readonly [number, string])[] = [
  [0x1, "create child"],
  [0x2, "delete child"],
  [0x8, "validated write"],
  [0x10, "read property"],
  [0x20, "write property"],
  [0x40, "delete tree"],
  [0x100, "extended right"],
  [0x10000, "delete"],
  [0x40000, "change permissions"],
  [0x80000, "change owner"],
];

/** One demand on a SACL: these rights, audited by entries that this is true of. */
export interface Demand {
  /** For people: "success on descendant user objects". */
  readonly name: string;
  readonly mask: number;
  applies(ace: AuditAce): boolean;
}

/**
 * Holds a SACL against demands. Entries add up: several narrow ones are as good as a wide one, and one that stands twice
 * counts once. Only entries for Everyone and for the object as a whole cover what everybody does.
 */
export function judgeSacl(subject: Subject, sacl: SaclFact, demands: readonly Demand[]): ReadinessOutcome {
  const passes = "the audit entries stand there";
  const fails = "they do not";
  if (sacl.state !== "read") {
    const why =
      sacl.state === "absent"
        ? `The audit entries of ${subject.name} are not in the directory data; reading them takes the right 'Manage auditing and security log'`
        : `The audit entries of ${subject.name} cannot be read: ${sacl.detail}`;
    return unknown(subject, `${why}.`, passes, fails);
  }
  const whole = sacl.aces.filter(({ sid, objectType }) => sid === everyone && objectType === null);
  const missing = demands.map((demand) => ({
    name: demand.name,
    known: demand.mask & ~rightsOf(whole.filter((ace) => !ace.conditional && demand.applies(ace))),
    atBest: demand.mask & ~rightsOf(whole.filter((ace) => demand.applies(ace))),
  }));
  const lost = missing.filter(({ atBest }) => atBest !== 0);
  if (lost.length > 0) {
    const what = lost.map(({ name, atBest }) => `${rightsText(atBest)} for ${name}`).join("; ");
    return fail(subject, `not audited: ${what}`, `The audit entries of ${subject.name} lack ${what}.`);
  }
  if (missing.some(({ known }) => known !== 0)) {
    const text = `The audit entries of ${subject.name} suffice only if a conditional one counts, which only Windows can tell.`;
    return unknown(subject, text, "its condition holds for everybody", "it does not");
  }
  return pass(subject, "audited", `The audit entries of ${subject.name} cover what is asked.`);
}

/** True where a descendant of any depth and of that class inherits the entry; null asks for every class. */
export function reachesDescendants(ace: AuditAce, classGuid: string | null): boolean {
  if (!ace.containerInherit || ace.noPropagate) return false;
  return ace.inheritedObjectType === null || ace.inheritedObjectType === classGuid;
}

function rightsOf(aces: readonly AuditAce[]): number {
  let rights = 0;
  for (const { mask } of aces) {
    rights |= mask;
    for (const [generic, specific] of genericRights) if ((mask & generic) !== 0) rights |= specific;
  }
  return rights;
}

function rightsText(mask: number): string {
  const names = rightNames.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name);
  const rest = mask & ~rightNames.reduce((sum, [bit]) => sum | bit, 0);
  return [...names, ...(rest === 0 ? [] : [`0x${(rest >>> 0).toString(16)}`])].join(", ");
}
