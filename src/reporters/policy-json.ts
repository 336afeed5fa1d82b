import type { PolicyPack, Requirement } from "../model/requirement.ts";

/** A policy pack with everything inherited and worked out, as a pack file that says the same. */
export function renderPolicyJson({ requirements, ...pack }: PolicyPack): string {
  const { name, title, version, date, source, licence } = pack;
  const rules = requirements.map((requirement) => toFileRequirement(requirement, name));
  const file = { name, title, version, date, source, licence, requirements: rules };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function toFileRequirement({ notes, ...requirement }: Requirement, pack: string) {
  const id = requirement.id.slice(pack.length + 1);
  return { ...requirement, id, ...(notes === null ? {} : { notes }) };
}
