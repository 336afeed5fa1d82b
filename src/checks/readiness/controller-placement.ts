import { dnKey } from "../../model/dn.ts";
import type { ControllerFacts, ReadinessInput, ReadinessOutcome } from "../../model/readiness.ts";
import { parentDn } from "../../model/dn.ts";
import type { Check } from "./outcome.ts";
import { controllerSubject, fail, nobody, notApplicable, pass, unknown } from "./outcome.ts";

/** A domain controller outside its OU escapes the policy that is linked there. */
export const controllerPlacement: Check = (input) =>
  perController(input, (controller) => {
    const subject = controllerSubject(controller);
    const domain = input.facts.domains.find(({ name }) => name === controller.domain);
    if (domain === undefined) {
      return unknown(
        subject,
        `The head of ${controller.domain} is not in the directory data, which names the OU of the domain controllers.`,
        "the domain controller stands in that OU",
        "it stands elsewhere",
      );
    }
    const place = parentDn(controller.dn);
    return dnKey(controller.dn).endsWith(`,${dnKey(domain.controllersOu)}`)
      ? pass(subject, place, `'${controller.name}' stands in ${domain.controllersOu}.`)
      : fail(subject, place, `'${controller.name}' stands in ${place}, not in ${domain.controllersOu}.`);
  });

/** One outcome for every domain controller; objects that no computer stands behind are not judged. */
export function perController(
  { controllers }: ReadinessInput,
  judge: (controller: ControllerFacts) => ReadinessOutcome,
): readonly ReadinessOutcome[] {
  if (controllers.length === 0) {
    const text = "The directory data holds no domain controller.";
    return [unknown(nobody("domain controllers"), text, "each is as it should be", "one is not")];
  }
  return controllers.map((controller) =>
    controller.hostless === null
      ? judge(controller)
      : notApplicable(controllerSubject(controller), `${capital(controller.hostless)}.`),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
