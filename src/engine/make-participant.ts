import type { Candidate } from "../model/effective.ts";
import type { Gpc, Gpt } from "../model/gpo.ts";
import type { PartKind } from "../model/setting.ts";
import type { Choice } from "./choices.ts";
import type { LinkedGpo } from "./gpo-index.ts";
import type { DeliveredPart, Participant, PartIndex } from "./participants.ts";
import { extensionOf, indexPart, mayBeDelivered } from "./participants.ts";

/** What a GPO that applies, or may, brings to a target. */
export function toParticipant({ gpc, gpt }: LinkedGpo, candidate: Candidate): Participant {
  const opaque = gpc === null || gpc.opaque || gpt === null || gpt.empty || gpt.unreadable !== null;
  return {
    guid: candidate.guid,
    domain: candidate.domain,
    displayName: candidate.displayName,
    state: candidate.state === "applied" ? "applied" : "unknown",
    gate: makeGate(candidate),
    opaque,
    doubt: candidate.doubt,
    parts: opaque ? new Map() : deliveredParts(gpc, gpt),
    undelivered: opaque ? new Map() : undeliveredParts(gpc, gpt),
  };
}

function makeGate({ state, doubt, guid, displayName, detail }: Candidate): Choice | null {
  const name = displayName === null ? `GPO ${guid}` : `GPO '${displayName}'`;
  if (state === "applied") {
    if (doubt === null) return null;
    return {
      options: [
        `${name} takes effect although ${doubt.text}`,
        `${name} does not take effect because ${doubt.text}`,
      ],
    };
  }
  const why = detail === null ? "" : ` (${detail})`;
  return { options: [`${name} does not apply${why}`, `${name} applies${why}`] };
}

function deliveredParts(gpc: Gpc, gpt: Gpt): Map<PartKind, DeliveredPart> {
  const parts = new Map<PartKind, DeliveredPart>();
  for (const part of gpt.parts) {
    const listed = gpc.extensions.effective.includes(extensionOf[part.kind]);
    if (!mayBeDelivered(gpc, part.kind)) continue;
    const gate: Choice | null = listed
      ? null
      : {
          options: [
            `the damaged extension list names ${part.kind}`,
            `the damaged extension list does not name ${part.kind}`,
          ],
        };
    parts.set(part.kind, { part, gate, index: indexPart(part) });
  }
  return parts;
}

function undeliveredParts(gpc: Gpc, gpt: Gpt): Map<PartKind, PartIndex> {
  const parts = gpt.parts.filter(({ kind }) => !mayBeDelivered(gpc, kind));
  return new Map(parts.map((part) => [part.kind, indexPart(part)]));
}
