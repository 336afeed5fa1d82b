import type { AttributeValue, DirectoryRecord } from "../directory/record.ts";
import type { AttributeLine } from "./attribute-line.ts";
import { parseAttributeLine } from "./attribute-line.ts";
import type { LdifReport } from "./ldif-report.ts";
import type { LogicalLine } from "./logical-lines.ts";

/** One `add:` or `replace:` block of a record with `changetype: modify` (RFC 2849). */
interface Change {
  readonly action: "add" | "replace";
  readonly line: number;
  readonly key: string;
  readonly wanted: boolean;
  readonly values: AttributeValue[];
}

/**
 * Applies a `changetype: modify` record to what is known of the object so far (null: nothing). Only `add` and
 * `replace` can be: taking values away needs the values, and they may not be in the file.
 */
export function applyModify(
  base: DirectoryRecord | null,
  dn: string,
  location: DirectoryRecord["location"],
  lines: readonly LogicalLine[],
  readValue: (line: AttributeLine) => AttributeValue,
  report: LdifReport,
): DirectoryRecord {
  const attributes = new Map(base?.attributes ?? []);
  const partial = new Set(base?.partial ?? []);
  for (const change of readChanges(lines, readValue, report)) {
    if (!change.wanted) continue;
    const before = attributes.get(change.key) ?? [];
    if (change.action === "add") {
      attributes.set(change.key, [...before, ...change.values]);
      if (base === null) partial.add(change.key);
    } else if (change.values.length > 0) {
      attributes.set(change.key, change.values);
      partial.delete(change.key);
    } else if (base === null) {
      report.lost(
        "ldif.change-not-applied",
        change.line,
        `removes ${change.key} of an object that is not in the file`,
      );
    } else {
      attributes.delete(change.key);
    }
  }
  return { dn, location: base?.location ?? location, attributes, partial };
}

function readChanges(
  lines: readonly LogicalLine[],
  readValue: (line: AttributeLine) => AttributeValue,
  report: LdifReport,
): Change[] {
  const changes: Change[] = [];
  let current: Change | "skipped" | null = null;
  for (const line of lines) {
    if (line.text.trim() === "-") {
      current = null;
      continue;
    }
    const parsed = parseAttributeLine(line);
    if (parsed === null) {
      report.lost("ldif.bad-line", line.number, line.text);
    } else if (current === null) {
      current = startChange(parsed, line);
      if (current === "skipped") report.lost("ldif.change-not-applied", line.number, line.text);
      else changes.push(current);
    } else if (current !== "skipped") {
      if (parsed.name.key !== current.key) report.lost("ldif.bad-line", line.number, line.text);
      else if (current.wanted) current.values.push(readValue(parsed));
    }
  }
  return changes;
}

function startChange(parsed: AttributeLine, line: LogicalLine): Change | "skipped" {
  const action = parsed.name.key;
  const target = parseAttributeLine({ ...line, text: `${parsed.value.trim()}:` });
  if (target === null || (action !== "add" && action !== "replace")) return "skipped";
  return { action, line: line.number, key: target.name.key, wanted: target.name.wanted, values: [] };
}
