import type { Writer } from "../model/effective.ts";
import type { Doubt, PartKind, Write } from "../model/setting.ts";
import type { Participant } from "./participants.ts";
import type { Op } from "./replay.ts";
import type { Stage } from "./stages.ts";
import { readAt } from "./stages.ts";

/** A writer together with the GPO it belongs to. */
export interface OwnedWriter {
  readonly participant: Participant;
  readonly writer: Writer;
  /** Doubt about the row itself, leaving aside the GPO as a whole. */
  readonly rowDoubt: Doubt | null;
}

/**
 * Everything that writes a setting, strongest first: the extension that runs last before the others, then by GPO. Within
 * one file the last record counts. GPOs that cannot be seen are not listed: nobody knows whether they write it.
 */
export function listWriters(strongestFirst: readonly Participant[], stages: readonly Stage[]): OwnedWriter[] {
  const writers: OwnedWriter[] = [];
  for (const stage of stages.toReversed()) {
    for (const participant of strongestFirst) {
      const write = participant.parts.get(stage.kind)?.index.writesTo(stage.key).at(-1);
      if (write === undefined) continue;
      const writer = toWriter(participant, stage.kind, readAt(stage, write));
      writers.push({ participant, writer, rowDoubt: write.doubt });
    }
  }
  return writers;
}

/** Rows for a setting in files that no listed extension reads, strongest GPO first. */
export function listUndelivered(strongestFirst: readonly Participant[], stages: readonly Stage[]): Writer[] {
  return stages.toReversed().flatMap((stage) =>
    strongestFirst.flatMap((participant) => {
      const write = participant.undelivered.get(stage.kind)?.writesTo(stage.key).at(-1);
      return write === undefined ? [] : [toWriter(participant, stage.kind, readAt(stage, write))];
    }),
  );
}

/** Whether it writes a value, rather than removing one or saying nothing usable. */
export function writesValue({ writer }: OwnedWriter): boolean {
  return writer.action === "set" || writer.action === "set-if-absent";
}

/** The writer behind an operation that can be seen. */
export function writerOf({ participant, kind, write }: Op): Writer | null {
  return write === null ? null : toWriter(participant, kind, write);
}

function toWriter(participant: Participant, kind: PartKind, write: Write): Writer {
  const isValue = write.action === "set" || write.action === "set-if-absent";
  return {
    guid: participant.guid,
    domain: participant.domain,
    displayName: participant.displayName,
    state: participant.state,
    value: isValue ? write.value : null,
    action: write.action === "delete-values" || write.action === "delete-keys" ? "delete" : write.action,
    kind,
    location: write.location,
    quote: write.quote,
    doubt: write.doubt ?? participant.doubt,
  };
}
