import type { Finding, FindingLoss } from "../model/result.ts";

/** "events 4728, 4776 (in part); ATT&CK T1098; detections: ...": what a failing requirement costs. */
export function lossText({ events, partly, detections, techniques }: FindingLoss): string {
  const ids = events.map((id) => (partly.includes(id) ? `${id} (in part)` : String(id)));
  const parts = [`${events.length === 1 ? "event" : "events"} ${ids.join(", ")}`];
  if (techniques.length > 0) parts.push(`ATT&CK ${techniques.join(", ")}`);
  if (detections.length > 0) {
    const kind = detections.length === 1 ? "detection" : "detections";
    // What is left of an event may be what a detection needs.
    const how = partly.length === events.length ? `${kind} affected` : kind;
    parts.push(`${how}: ${detections.join("; ")}`);
  }
  return parts.join("; ");
}

/** What stands before it. Where nothing is configured, local policy may still do the work. */
export function lossLabel({ certain }: FindingLoss): string {
  return certain ? "lost" : "lost unless local policy has it";
}

/** The loss of findings that are told as one; null where there is none, or theirs differ. */
export function sharedLoss([first, ...others]: readonly Finding[]): FindingLoss | null {
  const loss = first?.loss ?? null;
  const same = JSON.stringify(loss);
  return others.every((finding) => JSON.stringify(finding.loss) === same) ? loss : null;
}
