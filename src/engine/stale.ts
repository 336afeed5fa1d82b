import type { Gpc, Gpt } from "../model/gpo.ts";
import type { Doubt, GptPart } from "../model/setting.ts";
import { partKinds } from "../model/setting.ts";
import { mayBeDelivered } from "./participants.ts";

/** Saved content is certain only where the directory still has the version that it was saved with. */
export function findStaleness({ saved }: Gpt, { machineVersion }: Gpc): Doubt | null {
  if (saved === undefined || (saved.machineVersion !== null && saved.machineVersion === machineVersion)) {
    return null;
  }
  const then =
    saved.machineVersion === null ? "that does not tell its version" : `of version ${saved.machineVersion}`;
  const now =
    machineVersion === null
      ? "the version in the directory is not known"
      : `the directory has version ${machineVersion}`;
  return {
    code: "gpo.saved-version",
    text: `its content is from a ${saved.by} ${then}, and ${now}: it may have changed since`,
  };
}

/**
 * What may have changed since may set anything, also what the saved content does not speak of: otherwise a weaker GPO
 * would count as certain. Only what the directory does not list an extension for stays without effect.
 */
export function openStale(gpt: Gpt, gpc: Gpc): Gpt {
  const doubt = findStaleness(gpt, gpc);
  if (doubt === null) return gpt;
  const parts = partKinds.flatMap((kind): GptPart[] => {
    const part = gpt.parts.find((own) => own.kind === kind);
    if (!mayBeDelivered(gpc, kind)) return part === undefined ? [] : [part];
    const known = part ?? { kind, paths: [gpt.path], writes: [], open: [], unreadable: false };
    return [{ ...known, open: [...known.open, { keyPrefix: "", doubt }] }];
  });
  return { ...gpt, parts };
}
