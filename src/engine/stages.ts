import type { LogSizePlace } from "../model/event-logs.ts";
import { asLogSize, logSizePlaces } from "../model/event-logs.ts";
import type { PartKind, SettingKey, Write } from "../model/setting.ts";
import {
  auditCategoryPrefix,
  auditSubcategoryPrefix,
  eventLogPrefix,
  eventLogSizePrefix,
  partKinds,
  userRightPrefix,
} from "../model/setting.ts";

/** One file kind that can write a setting, and the key that it has there. */
export interface Stage {
  readonly kind: PartKind;
  readonly key: SettingKey;
  /** What a row says of the setting; null where it says just what stands there. */
  readonly place: LogSizePlace | null;
}

/** Part kinds that write registry values, in the order in which their extensions run (MS-GPOL 3.2.1.24). */
const registryKinds = partKinds.filter((kind) => kind !== "audit.csv");

/** What the rows of one stage say, in the terms of the setting that is asked for. */
export function readAt({ place }: Stage, write: Write): Write {
  return place === null ? write : asLogSize(place, write);
}

/** Everything that can write a setting; within one place the extension that runs last stands last. */
export function stagesOf(key: SettingKey): readonly Stage[] {
  if (key.startsWith(eventLogSizePrefix)) {
    const { service, policy } = logSizeStages(key);
    return [...service, ...policy];
  }
  if (key.startsWith(auditSubcategoryPrefix)) return [{ kind: "audit.csv", key, place: null }];
  return isTemplateOnly(key) ? [templateStage(key)] : registryStages(key, null);
}

/** The two places of the size of a log: the policy, and below it what the service keeps. */
export function logSizeStages(key: SettingKey): {
  readonly policy: readonly Stage[];
  readonly service: readonly Stage[];
} {
  const { policy, service, template } = logSizePlaces(key);
  const kept = registryStages(service.key, service);
  const section: Stage[] =
    template === null ? [] : [{ kind: "GptTmpl.inf", key: template.key, place: template }];
  return {
    policy: policy === null ? [] : registryStages(policy.key, policy),
    // The section of the log is written by the extension that also writes the registry values of the template.
    service: kept.flatMap((stage) => (stage.kind === "GptTmpl.inf" ? [stage, ...section] : [stage])),
  };
}

export function templateStage(key: SettingKey): Stage {
  return { kind: "GptTmpl.inf", key, place: null };
}

export function registryStages(key: SettingKey, place: LogSizePlace | null): readonly Stage[] {
  return registryKinds.map((kind) => ({ kind, key, place }));
}

function isTemplateOnly(key: SettingKey): boolean {
  return [auditCategoryPrefix, userRightPrefix, eventLogPrefix].some((prefix) => key.startsWith(prefix));
}
