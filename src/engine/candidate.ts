import type { Candidate } from "../model/effective.ts";
import type { Gpc } from "../model/gpo.ts";
import type { PartKind } from "../model/setting.ts";
import type { Admission } from "./admission.ts";
import type { LinkedGpo } from "./gpo-index.ts";
import { extensionOf, mayBeDelivered } from "./participants.ts";
import type { ScopedLink } from "./som-chain.ts";

/** One link in the scope of a target, with what becomes of it: the link's own state comes before that of its GPO. */
export function toCandidate(
  { som, link, linkOrder, blocked }: ScopedLink,
  gpo: LinkedGpo,
  admission: Admission,
): Candidate {
  const own = link.disabled
    ? { state: "excluded" as const, reason: "link-disabled" as const, detail: "the link is disabled" }
    : blocked
      ? {
          state: "excluded" as const,
          reason: "blocked" as const,
          detail: "an OU below blocks inheritance, and the link is not enforced",
        }
      : admission;
  const applied = own.state === "applied";
  return {
    guid: link.guid,
    domain: link.domain,
    som: som.dn,
    somKind: som.kind,
    state: own.state,
    reason: own.reason,
    detail: own.detail,
    displayName: gpo.gpc?.displayName ?? null,
    enforced: link.enforced,
    linkOrder,
    doubt: applied ? admission.doubt : null,
    wmiFilter: gpo.gpc?.wmiFilter?.id ?? null,
    notes: applied || own.state === "unknown" ? listNotes(gpo) : [],
    linkLocation: som.linkLocation,
    gptIni: gpo.gpt?.gptIni?.location ?? null,
    gptPath: gpo.gpt?.path ?? null,
  };
}

/** Things worth knowing that change nothing by themselves. */
function listNotes({ gpc, gpt }: LinkedGpo): string[] {
  if (gpc === null || gpt === null) return [];
  const notes: string[] = [];
  const sysvol = gpt.gptIni?.machineVersion ?? null;
  if (gpc.machineVersion !== null && sysvol !== null && gpc.machineVersion !== sysvol) {
    notes.push(
      `machine version ${gpc.machineVersion} in the directory, ${sysvol} in SYSVOL: replication is behind, or somebody edited files by hand`,
    );
  }
  for (const part of gpt.parts) {
    if (!mayBeDelivered(gpc, part.kind)) notes.push(undelivered(gpc, part.kind));
  }
  return notes;
}

function undelivered(gpc: Gpc, kind: PartKind): string {
  const extension = extensionOf[kind];
  return gpc.extensions.ineffective.includes(extension)
    ? `${kind} is not delivered: its extension ${extension} is listed out of order, and Windows stops reading the list before it`
    : `${kind} is not delivered: its extension ${extension} is not listed in gPCMachineExtensionNames`;
}
