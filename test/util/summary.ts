import type { PolicyDocument } from "../../src/formats/policy-document.ts";
import type { Write } from "../../src/model/setting.ts";

export interface Summary {
  readonly codes: readonly string[];
  readonly writes: readonly string[];
  readonly open: readonly string[];
}

/** What a document says, short enough for a table: codes of diagnostics, writes, and what is open and why. */
export function summarize(document: Pick<PolicyDocument, "diagnostics" | "writes" | "open">): Summary {
  return {
    codes: [...new Set(document.diagnostics.map(({ code }) => code))],
    writes: document.writes.map(summarizeWrite),
    open: document.open.map(({ keyPrefix, doubt }) => `${keyPrefix} ${doubt.code}`),
  };
}

/** `set a\b = 7`, then `or 8` for alternatives and `? code` for a doubt. Machine keys without what all share. */
function summarizeWrite(write: Write): string {
  const place = ("keyPrefix" in write ? write.keyPrefix : write.key)
    .replace("registry-value/machine\\", "")
    .replace("audit-subcategory/0cce92", "")
    .replace("-69ae-11d9-bed3-505054503030", "")
    .replace("audit-category/", "");
  const value = "value" in write ? ` = ${JSON.stringify(write.value)}` : "";
  const others =
    "alternatives" in write ? write.alternatives.map((other) => ` or ${JSON.stringify(other)}`) : [];
  const doubt = write.doubt === null ? "" : ` ? ${write.doubt.code}`;
  return `${write.action} ${place}${value}${others.join("")}${doubt}`;
}
