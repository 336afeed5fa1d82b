import type { BackupGpo, ReportGpo } from "../model/backup.ts";
import type { Gpc, Gpt } from "../model/gpo.ts";
import type { Proposal, ProposedFacts } from "../model/proposal.ts";

/** A GPO of a SYSVOL export: its directory half is elsewhere. */
export function sysvolProposal(gpt: Gpt): Proposal {
  // A folder above `Policies` that is no DNS name is only where somebody put the export.
  const domain = gpt.domainLabel?.includes(".") === true ? gpt.domainLabel : null;
  return { source: "sysvol", gpt, displayName: null, domain, facts: null, asOf: null, links: null };
}

export function backupProposal({ gpt, gpc, displayName, domain, backupTime, links }: BackupGpo): Proposal {
  const saved = { by: "backup", machineVersion: gpc?.machineVersion ?? null } as const;
  return {
    source: "backup",
    gpt: { ...gpt, saved },
    displayName,
    domain,
    facts: factsOf(gpc),
    asOf: backupTime,
    links,
  };
}

export function reportProposal({ gpt, gpc, displayName, domain, readTime, links }: ReportGpo): Proposal {
  const saved = { by: "report", machineVersion: gpc?.machineVersion ?? null } as const;
  return {
    source: "report",
    gpt: { ...gpt, saved },
    displayName,
    domain,
    facts: factsOf(gpc),
    asOf: readTime,
    links,
  };
}

function factsOf(gpc: Gpc | null): ProposedFacts | null {
  if (gpc === null) return null;
  const { extensions, securityDescriptor, flags, machineVersion, wmiFilter, location } = gpc;
  return { extensions, securityDescriptor, flags, machineVersion, wmiFilter, location };
}
