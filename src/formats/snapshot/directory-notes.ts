import type { SnapshotHeader } from "./snapshot-header.ts";

/** What every report must say about a directory that was read like this; one sentence each. */
export function directoryNotes(path: string, { collected }: SnapshotHeader): readonly string[] {
  const notes: string[] = [];
  if (collected.transport === "plaintext") {
    notes.push(`${path} was read without encryption: whoever sits between could have changed it.`);
  } else if (collected.certificate === "not-verified") {
    notes.push(
      `${path} was read without verifying the server's certificate: whoever answered could have made it up.`,
    );
  }
  if (collected.account === "limited") {
    notes.push(
      `${path} was read by an account that is not known to be an administrator: objects may have been hidden from it.`,
    );
  }
  return notes;
}
