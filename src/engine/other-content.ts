import type { Gpc, Gpt } from "../model/gpo.ts";
import type { Doubt, GptPart } from "../model/setting.ts";
import { partKinds } from "../model/setting.ts";
import { mayBeDelivered } from "./participants.ts";

/** Why Windows may read something else than these files; null: it reads them. */
export function findOtherContent(gpt: Gpt, gpc: Gpc): Doubt | null {
  return findRedirection(gpc) ?? findStaleness(gpt, gpc);
}

function findRedirection({ fileSysPath, guid, domain }: Gpc): Doubt | null {
  if (pathIsOwn(fileSysPath, guid, domain)) return null;
  return {
    code: "gpo.redirected",
    text: `its gPCFileSysPath is '${fileSysPath ?? ""}', so Windows reads it from there and not from this folder`,
  };
}

/** Saved content is certain only where the directory still has the version that it was saved with. */
function findStaleness({ saved }: Gpt, { machineVersion }: Gpc): Doubt | null {
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
 * What is read from elsewhere, or may have changed since, may set anything, also what these files do not speak of: otherwise
 * a weaker GPO would count as certain. Only what the directory does not list an extension for stays without effect.
 */
export function openOtherContent(gpt: Gpt, gpc: Gpc): Gpt {
  const doubt = findOtherContent(gpt, gpc);
  if (doubt === null) return gpt;
  const parts = partKinds.flatMap((kind): GptPart[] => {
    const part = gpt.parts.find((own) => own.kind === kind);
    if (!mayBeDelivered(gpc, kind)) return part === undefined ? [] : [part];
    const known = part ?? { kind, paths: [gpt.path], writes: [], open: [], unreadable: false };
    return [{ ...known, open: [...known.open, { keyPrefix: "", doubt }] }];
  });
  return { ...gpt, parts };
}

/** `\\\\host\\sysvol\\domain\\Policies\\{GUID}`; the host may be a DC, and the attribute may not have been exported. */
function pathIsOwn(path: string | null, guid: string, domain: string): boolean {
  if (path === null) return true;
  const parts = path
    .toLowerCase()
    .replace(/[\\/]+$/, "")
    .split(/[\\/]+/)
    .filter((part) => part !== "");
  const [, share, folder, policies, last] = parts;
  return (
    parts.length === 5 &&
    share === "sysvol" &&
    folder === domain &&
    policies === "policies" &&
    last === `{${guid}}`
  );
}
