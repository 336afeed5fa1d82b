import type { ReadinessInput, ReadinessOutcome } from "../../model/readiness.ts";
import type { ReadinessRequirement } from "../../model/requirement.ts";
import type { Finding } from "../../model/result.ts";
import { containerAuditing } from "./container-auditing.ts";
import { controllerPlacement } from "./controller-placement.ts";
import { deletedObjectsRead } from "./deleted-objects-read.ts";
import { honeytokenDormant } from "./honeytoken-dormant.ts";
import { honeytokenEnabled } from "./honeytoken-enabled.ts";
import { honeytokenExists } from "./honeytoken-exists.ts";
import { kdsRootKey } from "./kds-root-key.ts";
import { objectAuditing } from "./object-auditing.ts";
import { operatingSystem } from "./operating-system.ts";
import { serviceAccountEncryption } from "./service-account-encryption.ts";
import { serviceAccountExists } from "./service-account-exists.ts";
import { serviceAccountNames } from "./service-account-names.ts";
import { serviceAccountPasswordInterval } from "./service-account-password-interval.ts";
import { serviceAccountPasswordTime } from "./service-account-password-time.ts";
import { serviceAccountRetrieval } from "./service-account-retrieval.ts";

/** Runs the check of one readiness requirement: one finding for every object that it asks about. */
export function evaluateReadiness(
  requirement: ReadinessRequirement,
  input: ReadinessInput,
  hash: (text: string) => string,
): readonly Finding[] {
  return run(requirement, input).map((outcome) => toFinding(requirement, outcome, hash));
}

function run(requirement: ReadinessRequirement, input: ReadinessInput): readonly ReadinessOutcome[] {
  switch (requirement.check) {
    case "kds-root-key":
      return kdsRootKey(input);
    case "service-account-exists":
      return serviceAccountExists(input);
    case "service-account-retrieval":
      return serviceAccountRetrieval(input);
    case "service-account-encryption":
      return serviceAccountEncryption(requirement.parameters, input);
    case "service-account-password-interval":
      return serviceAccountPasswordInterval(requirement.parameters, input);
    case "service-account-names":
      return serviceAccountNames(input);
    case "service-account-password-time":
      return serviceAccountPasswordTime(input);
    case "object-auditing":
      return objectAuditing(requirement.parameters, input);
    case "container-auditing":
      return containerAuditing(requirement.parameters, input);
    case "deleted-objects-read":
      return deletedObjectsRead(input);
    case "controller-placement":
      return controllerPlacement(input);
    case "operating-system":
      return operatingSystem(requirement.parameters, input);
    case "honeytoken-exists":
      return honeytokenExists(input);
    case "honeytoken-enabled":
      return honeytokenEnabled(input);
    case "honeytoken-dormant":
      return honeytokenDormant(requirement.parameters, input);
  }
}

function toFinding(
  requirement: ReadinessRequirement,
  outcome: ReadinessOutcome,
  hash: (text: string) => string,
): Finding {
  const { subject, verdict } = outcome;
  const isKnown = verdict === "pass" || verdict === "fail";
  const notes = requirement.notes === null || verdict === "pass" ? "" : ` ${requirement.notes}`;
  return {
    // Rule, domain, and SID or DN; the setting key of the contract's recipe is empty here.
    fingerprint: hash([requirement.id, subject.domain, subject.identity, ""].join("\n")),
    rule: requirement.id,
    verdict,
    severity: requirement.severity,
    target: subject.dn,
    setting: null,
    expected: requirement.expectText,
    actual: isKnown ? outcome.actual : null,
    actualText: isKnown ? outcome.actual : verdict === "unknown" ? "unknown" : "not applicable",
    gpo: null,
    gpoName: null,
    location: subject.location,
    quote: null,
    assumptions: [],
    chain: [],
    ways: verdict === "unknown" ? [`pass: ${outcome.passes}`, `fail: ${outcome.fails}`] : [],
    message: `${outcome.text}${notes}`.replace(/[{}]/g, ""),
    fix: verdict === "fail" ? requirement.remediation : null,
    before: null,
    baseline: null,
    measured: [],
    loss: null,
    waiver: null,
  };
}
