import type { DomainFacts, NumberFact, ReadinessOutcome } from "../../model/readiness.ts";
import type { ObjectAuditing } from "../../model/requirement.ts";
import { judgeSacl, reachesDescendants } from "./audit-coverage.ts";
import type { CheckWith } from "./outcome.ts";
import { nobody, notApplicable, objectSubject, unknown } from "./outcome.ts";

/** Events 4662 and 5136 need audit entries that objects of a class inherit from the head of the domain. */
export const objectAuditing: CheckWith<"object-auditing"> = (parameters, { facts }) => {
  if (facts.domains.length > 0)
    return facts.domains.map((domain) => judge(domain, parameters, facts.schemaVersion));
  const text = "No domain head is in the directory data.";
  return [unknown(nobody("domain"), text, "its audit entries suffice", "they do not")];
};

function judge(
  { head }: DomainFacts,
  { className, classGuid, mask, minimumSchema = 0 }: ObjectAuditing,
  schema: NumberFact,
): ReadinessOutcome {
  const subject = objectSubject(head);
  if (typeof schema === "number" && schema < minimumSchema) {
    const text = `The schema has version ${schema}, and the class ${className} comes with version ${minimumSchema}.`;
    return notApplicable(subject, text);
  }
  const outcome = judgeSacl(subject, head.sacl, [
    {
      name: `success on descendant ${className} objects`,
      mask,
      applies: (ace) => ace.success && reachesDescendants(ace, classGuid),
    },
  ]);
  if (outcome.verdict !== "fail" || minimumSchema === 0 || typeof schema === "number") return outcome;
  return unknown(
    subject,
    `${outcome.text} The version of the schema is not in the directory data, so the class may not exist.`,
    `the schema is older than ${minimumSchema}, so that there is nothing to audit`,
    "the class exists",
  );
}
