import { looksLikePolicyRules, parsePolicyRules } from "../formats/policy-rules/parse-policy-rules.ts";
import type { RulesPolicy } from "../formats/policy-rules/rules-reader.ts";
import type { Guid } from "../model/gpo.ts";
import type { Proposal } from "../model/proposal.ts";
import type { UnjudgedRows } from "../model/unjudged-rows.ts";
import type { FileReader } from "./file-reader.ts";
import { sha256 } from "./file-reader.ts";
import { chunksOf } from "./report-chunks.ts";
import { ReadError } from "./vfs.ts";

/** One policy of a file of rules as the GPO that it was, and what it says besides. */
export interface RulesGpo {
  readonly gpo: Proposal;
  readonly unjudged: readonly UnjudgedRows[];
}

/** Whether a path is a file of Policy Analyzer, by its content. */
export function isPolicyRules(reader: FileReader, path: string): boolean {
  try {
    if (reader.vfs.kindOf(path) !== "file") return false;
    for (const head of chunksOf(reader.vfs, path)) return looksLikePolicyRules(head.subarray(0, headLength));
    return false;
  } catch (error) {
    // Whoever reads it next says why it cannot be read.
    if (error instanceof ReadError) return false;
    throw error;
  }
}

const headLength = 4096;

/** The policies of a file of rules; null where it cannot be read (reported). */
export function readPolicyRules(reader: FileReader, path: string): readonly RulesGpo[] | null {
  const read = reader.read(path, "Policy Analyzer rules", parsePolicyRules);
  if (read === null || !read.parsed.readable) return null;
  return read.parsed.policies.map((policy) => ({
    gpo: toProposal(policy, read.file.path),
    unjudged: policy.unjudged,
  }));
}

/** The file does not say which GPO a policy was: its name stands for the GUID. */
function toProposal({ name, parts }: RulesPolicy, path: string): Proposal {
  const location = { path, line: 1 };
  const gpt = {
    guid: guidOf(name ?? ""),
    domainLabel: null,
    path,
    empty: false,
    unreadable: null,
    gptIni: { path, location, machineVersion: 1 },
    parts,
  };
  return { source: "sysvol", gpt, displayName: name, domain: null, facts: null, asOf: null, links: null };
}

function guidOf(name: string): Guid {
  const hex = sha256(name);
  const ends = [0, 8, 12, 16, 20, 32];
  return ends
    .slice(1)
    .map((end, index) => hex.slice(ends[index], end))
    .join("-");
}
