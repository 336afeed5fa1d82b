import type { OptionalObject, ReadinessInput, ReadinessOutcome, Subject } from "../../model/readiness.ts";
import type { ContainerAuditing } from "../../model/requirement.ts";
import type { Demand } from "./audit-coverage.ts";
import { judgeSacl, reachesDescendants } from "./audit-coverage.ts";
import type { CheckWith } from "./outcome.ts";
import { nobody, notApplicable, objectSubject, unknown } from "./outcome.ts";

/** Success and failure are audited on a container and on everything below, if the container exists. */
export const containerAuditing: CheckWith<"container-auditing"> = (parameters, input) => {
  if (parameters.container === "exchange-configuration")
    return [judge(input.facts.exchange, nobody("configuration partition"), "Exchange", parameters, input)];
  const { domains } = input.facts;
  if (domains.length === 0)
    return [judge({ state: "unknown" }, nobody("AD FS container"), "AD FS", parameters, input)];
  return domains.map(({ name, adfs, head }) => {
    const subject = { ...nobody(`AD FS container of ${name}`, head.location), domain: name };
    return judge(adfs, subject, "AD FS", parameters, input);
  });
};

function judge(
  container: OptionalObject,
  absent: Subject,
  product: string,
  { mask }: ContainerAuditing,
  { mayLackObjects }: ReadinessInput,
): ReadinessOutcome {
  if (container.state === "found")
    return judgeSacl(objectSubject(container.object), container.object.sacl, demands(mask));
  if (container.state === "missing" && !mayLackObjects)
    return notApplicable(absent, `${product} keeps nothing in this directory.`);
  return unknown(
    absent,
    `The directory data does not show whether ${product} keeps anything in this directory.`,
    "it does, and the audit entries suffice",
    "it does, and they do not suffice",
  );
}

function demands(mask: number): readonly Demand[] {
  return (["success", "failure"] as const).flatMap((kind): readonly Demand[] => [
    {
      name: `${kind} on the container itself`,
      mask,
      applies: (ace) => ace[kind] && !ace.inheritOnly,
    },
    {
      name: `${kind} on everything below`,
      mask,
      applies: (ace) => ace[kind] && reachesDescendants(ace, null),
    },
  ]);
}
