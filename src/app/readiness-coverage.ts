import type { Coverage, CoverageGap, Finding } from "../model/result.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { auditEntriesLimit } from "./coverage.ts";
import { readinessCommands } from "./remedies.ts";

/** What only the portal or the host shows, with the place to look. */
const outOfSight = [
  "Audit entries are read at the top of the directory: an object below that does not inherit them is not seen.",
  "The directory does not tell Server Core from a full installation, nor what else the sensor needs of its host: .NET, Npcap, memory, ports.",
  "Exclusions of single users from auditing are not in the directory: auditpol /list /user on each domain controller.",
  "Honeytoken and sensitive tags are not in the directory: Microsoft Defender portal, Settings > Identities > Entity tags.",
  "Exclusions from detection are not in the directory: Microsoft Defender portal, Settings > Identities > Excluded entities.",
  "Notifications about alerts and health issues are not in the directory: Microsoft Defender portal, Settings > Identities > Notifications.",
  "Whether sensors of version 3 configure auditing by themselves is not in the directory: Microsoft Defender portal, Settings > Identities > Advanced features.",
];

/** Adds to the coverage what the readiness pack saw and did not see. */
export function coverReadiness(base: Coverage, inputs: Inputs, findings: readonly Finding[]): Coverage {
  const objects = new Set(findings.flatMap(({ target }) => target ?? []));
  return {
    examined: [
      ...base.examined,
      `${findings.length} readiness questions about ${objects.size} objects of the directory`,
    ],
    gaps: [...base.gaps, ...gaps(inputs, findings)],
    limits: [...base.limits.filter((limit) => limit !== auditEntriesLimit), ...outOfSight],
  };
}

function gaps(inputs: Inputs, findings: readonly Finding[]): CoverageGap[] {
  const open = findings.filter(({ verdict }) => verdict === "unknown");
  const list: CoverageGap[] = [];
  if (open.length > 0) {
    const count = `${open.length} readiness ${open.length === 1 ? "verdict stays" : "verdicts stay"}`;
    list.push({
      code: "readiness-undecided",
      text: `${count} open: the directory data lacks something, or the account that read it lacks the right`,
      remedy: readinessCommands(inputs.readiness?.facts.domains[0]?.name ?? domainOf(inputs)),
      targets: [],
    });
  }
  if ((inputs.readiness?.facts.serviceAccounts.length ?? 0) === 0) {
    list.push({
      code: "no-service-account",
      text: "no service account of the sensor was named, so none was examined",
      remedy: "Where sensors sign in with one, name it: --service-account NAME",
      targets: [],
    });
  }
  if (inputs.readiness?.listGiven !== true) {
    list.push({
      code: "no-honeytokens",
      text: "no list of honeytoken or sensitive accounts was given, so none was examined",
      remedy: "Write their names into a file, one a line: --honeytokens FILE",
      targets: [],
    });
  }
  return list;
}

function domainOf({ inventory: { gpts, directory } }: Inputs): string | null {
  const label = gpts.find(({ domainLabel }) => domainLabel?.includes("."))?.domainLabel;
  return directory?.computers[0]?.domain ?? label ?? null;
}
