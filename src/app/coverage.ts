import { dnKey, domainOfDn, rdnValue } from "../model/dn.ts";
import type { Candidate, TargetPolicy } from "../model/effective.ts";
import type { Directory } from "../model/gpo.ts";
import type { Coverage, CoverageGap } from "../model/result.ts";
import { gpoText } from "../model/words.ts";
import { directoryCommands } from "./remedies.ts";
import type { UnmatchedEvidence } from "./source-coverage.ts";
import { sourceGapCodes, sourceGaps } from "./source-coverage.ts";
import type { Placement } from "../model/proposal.ts";
import type { Inputs } from "../sources/read-inputs.ts";

/** Replaced where a pack asks about those entries. */
export const auditEntriesLimit =
  "Events 4662 and 5136 also need audit entries on directory objects, which are not examined.";

/** What a run cannot see, whatever it is given. */
const limitsOfFiles = [
  "Local policy and what auditpol or a sensor sets by itself are not visible from Group Policy.",
  auditEntriesLimit,
];

const limitOfSysvol =
  "SYSVOL is one domain controller's replica: another one may hold other files until replication catches up.";
const limitOfBackups =
  "A backup or a report shows a GPO as it was when it was made, not as it is in SYSVOL now.";

export interface CoverageRequest {
  readonly targets: readonly TargetPolicy[];
  /** True where no computer was named: then every domain controller must be there. */
  readonly selectedAll: boolean;
  readonly placements: readonly Placement[];
  readonly unmatched: readonly UnmatchedEvidence[];
  /** Where two of the selected policies cannot both be met: one sentence each. */
  readonly conflicts: readonly string[];
}

/** What was examined, what was not and why, and what to do about it. */
export function buildCoverage(inputs: Inputs, request: CoverageRequest): Coverage {
  const { targets, selectedAll, placements, unmatched } = request;
  const { inventory } = inputs;
  const examined = [
    ...describeGpos(inputs),
    `${count(targets.length, "computer")}${targets.length === 0 ? "" : `: ${targets.map(({ name }) => name).join(", ")}`}`,
  ];
  const gaps = [
    ...inputGaps(inputs),
    ...sourceGaps(inputs, placements, unmatched),
    ...(inventory.directory === null ? [] : computerGaps(inventory.directory, targets, selectedAll)),
    ...targetGaps(targets),
    ...gpoGaps(targets),
  ];
  return { examined, gaps, limits: [...request.conflicts, ...listLimits(inputs), ...inputs.directoryNotes] };
}

const sourceNouns = { sysvol: "GPO folder", backup: "GPO backup", report: "GPO" } as const;

function describeGpos({ given, overlay, inventory }: Inputs): string[] {
  const parts = (["sysvol", "backup", "report"] as const).flatMap((source) => {
    const own = given.filter((gpo) => gpo.source === source);
    if (own.length === 0) return [];
    const names = own.map(({ gpt, domain }) => gpt.domainLabel ?? domain ?? "(no domain folder)");
    const what = `${count(own.length, sourceNouns[source])}${source === "report" ? " in reports" : ""}`;
    return [`${what} of ${[...new Set(names)].sort().join(", ")}`];
  });
  if (inventory.gpts.length === 0 && overlay.length === 0) parts.push("0 GPO folders");
  if (overlay.length > 0) parts.push(count(overlay.length, "proposed GPO"));
  return parts;
}

function listLimits({ given, overlay }: Inputs): string[] {
  const gpos = [...given, ...overlay];
  const isSysvol = gpos.length === 0 || gpos.some(({ source }) => source === "sysvol");
  return [
    ...(isSysvol ? [limitOfSysvol] : []),
    ...(given.some(({ source }) => source !== "sysvol") ? [limitOfBackups] : []),
    ...limitsOfFiles,
  ];
}

/** Gaps that leave the run incomplete by themselves, whatever the verdicts say. */
export const blockingGaps: ReadonlySet<string> = new Set([
  "no-directory",
  "no-gpos",
  "no-computers",
  "computer-missing",
  "directory-unreadable",
  ...sourceGapCodes,
]);

function inputGaps(inputs: Inputs): CoverageGap[] {
  const { gpts, directory } = inputs.inventory;
  const nothing = gpts.length === 0 && inputs.overlay.length === 0;
  const gaps: CoverageGap[] = [];
  for (const path of inputs.uselessDirectoryFiles) {
    gaps.push(
      gap(
        "directory-unreadable",
        `${path} holds no directory data that can be read`,
        "Export it again as LDIF, and check that it is not cut.",
      ),
    );
  }
  if (nothing) {
    gaps.push(
      gap(
        "no-gpos",
        "no GPO was found at or below the given paths",
        "Point at a SYSVOL export (a folder that holds Policies or GPO folders, up to 3 levels down), at GPO backups or at a GPO report.",
      ),
    );
  }
  if (directory === null) {
    const domain = gpts.find(({ domainLabel }) => domainLabel?.includes("."))?.domainLabel ?? null;
    gaps.push(
      gap(
        "no-directory",
        "without directory data nobody can know which GPO applies to which domain controller",
        directoryCommands(domain),
      ),
    );
  }
  return gaps;
}

function computerGaps(
  directory: Directory,
  targets: readonly TargetPolicy[],
  selectedAll: boolean,
): CoverageGap[] {
  const gaps: CoverageGap[] = [];
  if (targets.length === 0) {
    gaps.push(gap("no-computers", "the directory data holds no domain controller", directoryCommands(null)));
  }
  if (directory.servers.size === 0 && targets.some(({ role }) => role !== "member") && directory.hasSites) {
    // By the directory's own word such a DC stands in no site; but more likely the export left out server objects.
    const text =
      "the directory data holds sites but no server object: which site links a domain controller gets is not shown";
    gaps.push(gap("no-servers", text, directoryCommands(null)));
  }
  if (!selectedAll) return gaps;
  const known = new Set(directory.computers.map(({ dn }) => dnKey(dn)));
  for (const [key, servers] of directory.servers) {
    const server = servers[0]?.serverDn;
    if (known.has(key) || server === undefined) continue;
    // The configuration partition names the DCs of the whole forest; of a domain that was not exported none is expected.
    const code = directory.domains.has(domainOfDn(key)) ? "computer-missing" : "domain-not-exported";
    gaps.push(
      gap(
        code,
        `domain controller ${rdnValue(server)} was not examined: ${key} is not in the directory data`,
        "Export the domain partition in full, with every domain controller.",
      ),
    );
  }
  return gaps.sort((a, b) => (a.text < b.text ? -1 : 1));
}

function targetGaps(targets: readonly TargetPolicy[]): CoverageGap[] {
  const gaps = new Map<
    string,
    { readonly code: string; readonly text: string; readonly targets: string[] }
  >();
  for (const target of targets) {
    for (const { code, text } of target.gaps) {
      const own = gaps.get(text);
      if (own === undefined) gaps.set(text, { code, text, targets: [target.dn] });
      else own.targets.push(target.dn);
    }
  }
  return [...gaps.values()].map((own) => ({ ...own, remedy: gapRemedy(own.code, targets) }));
}

function gapRemedy(code: string, targets: readonly TargetPolicy[]): string {
  const domain = targets[0]?.domain ?? null;
  if (code === "no-sites") {
    return `${directoryCommands(domain)}\nOr, where no GPO is linked to any site: --assume no-site-links`;
  }
  return directoryCommands(domain);
}

/** GPOs that may or may not apply, each with the targets it leaves open. */
function gpoGaps(targets: readonly TargetPolicy[]): CoverageGap[] {
  const gaps = new Map<string, { readonly candidate: Candidate; readonly targets: string[] }>();
  for (const target of targets) {
    for (const candidate of target.candidates) {
      if (candidate.state !== "unknown" && candidate.doubt === null) continue;
      const id = `${candidate.guid} ${candidate.domain} ${candidate.detail ?? candidate.doubt?.text ?? ""}`;
      const own = gaps.get(id);
      if (own === undefined) gaps.set(id, { candidate, targets: [target.dn] });
      else if (own.targets.at(-1) !== target.dn) own.targets.push(target.dn);
    }
  }
  return [...gaps.values()].map(({ candidate, targets: touched }) => ({
    code: candidate.reason ?? candidate.doubt?.code ?? "undecided",
    text: `GPO ${gpoText(candidate)} of ${candidate.domain}: ${candidate.detail ?? candidate.doubt?.text ?? "undecided"}`,
    remedy: gpoRemedy(candidate),
    targets: touched,
  }));
}

function gpoRemedy(candidate: Candidate): string | null {
  switch (candidate.reason) {
    case "missing":
      return "Copy its folder and export its object with an account that may read both.";
    case "wmi-filter":
      return candidate.wmiFilter === null
        ? null
        : `Decide the filter by hand: --assume wmi:${candidate.wmiFilter}=true, or --assume wmi:${candidate.wmiFilter}=false`;
    case "security-filtering":
      return "Export nTSecurityDescriptor and group memberships with the commands in the documentation.";
    default:
      return null;
  }
}

function gap(code: string, text: string, remedy: string): CoverageGap {
  return { code, text, remedy, targets: [] };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
