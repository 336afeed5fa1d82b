import type { ExtensionList, Gpc, Gpt, SecurityDescriptorFact } from "../model/gpo.ts";
import type { Proposal, ProposedFacts } from "../model/proposal.ts";
import { extensionOf } from "./participants.ts";
import type { KnownGpo } from "./proposal-target.ts";
import type { Keepable } from "./restored.ts";
import { differences, joinWords } from "./restored.ts";

/** Both halves of a GPO as they are when a proposal is deployed. */
export interface Deployed {
  readonly gpc: Gpc;
  readonly gpt: Gpt;
  /** What is undecided about it, or was decided for it; one sentence without a full stop each. */
  readonly notes: readonly string[];
}

type DescribedFacts = Omit<ProposedFacts, "location">;

/** A source that says nothing of the directory half: an undecided extension list, and no descriptor. */
const undescribed: DescribedFacts = {
  extensions: { effective: [], ineffective: [], damaged: true },
  securityDescriptor: { state: "absent" },
  flags: 0,
  machineVersion: 1,
  wmiFilter: null,
};

/** A GPO that the directory data does not know. */
export function deployNew(
  proposal: Proposal,
  dn: string,
  domain: string,
  assumeDelivered: boolean,
): Deployed {
  const { gpt, displayName, facts } = proposal;
  const gpc: Gpc = {
    location: { path: gpt.path, line: 1 },
    ...(facts ?? undescribed),
    dn,
    guid: gpt.guid,
    domain,
    displayName,
    opaque: false,
    functionalityVersion: 2,
    fileSysPath: null,
  };
  return finishSaved({ gpc, gpt: contentOf(proposal, gpc) }, facts !== null, assumeDelivered);
}

/**
 * A GPO that is there. Copying files leaves the directory half as it is; importing and restoring bring extensions and
 * versions. Which of the two it will be nobody says, so what only restoring brings stands beside what is there.
 */
export function deployOver(existing: Gpc, proposal: Proposal, assumeDelivered: boolean): Deployed {
  const { facts, source } = proposal;
  const named = { ...existing, displayName: existing.displayName ?? proposal.displayName };
  const gpt = contentOf(proposal, existing);
  if (facts === null && source === "sysvol") {
    return assumeDelivered ? finish({ gpc: named, gpt }, false, true) : { gpc: named, gpt, notes: [] };
  }
  // A backup or report that says nothing of the directory half is imported all the same: with what, nobody knows.
  const { extensions, machineVersion, flags, securityDescriptor, wmiFilter } = facts ?? undescribed;
  const gpc: Gpc = {
    ...named,
    location: facts?.location ?? existing.location,
    extensions,
    machineVersion,
    restored: {
      flags,
      securityDescriptor,
      // The directory knows the name and the query of a filter that both name.
      wmiFilter:
        wmiFilter !== null && wmiFilter.id === existing.wmiFilter?.id ? existing.wmiFilter : wmiFilter,
    },
  };
  return finishSaved({ gpc, gpt }, facts !== null, assumeDelivered);
}

/** A GPO of whose object nothing is known, as with one that links point to and that the data does not hold. */
export function deployUnseen(target: Omit<KnownGpo, "linked">, proposal: Proposal): Deployed {
  const gpc: Gpc = {
    dn: target.dn,
    guid: proposal.gpt.guid,
    domain: target.domain,
    displayName: target.gpc?.displayName ?? proposal.displayName,
    location: target.gpc?.location ?? { path: proposal.gpt.path, line: 1 },
    opaque: true,
    functionalityVersion: null,
    flags: 0,
    machineVersion: null,
    extensions: undescribed.extensions,
    fileSysPath: null,
    securityDescriptor: { state: "absent" },
    wmiFilter: null,
  };
  return { gpc, gpt: contentOf(proposal, gpc), notes: [] };
}

/** A proposal is what would be there, however old its source is. */
function contentOf({ gpt }: Proposal, { guid, domain }: Gpc): Gpt {
  const { path, empty, unreadable, gptIni, parts } = gpt;
  return { guid, domainLabel: domain, path, empty, unreadable, gptIni, parts };
}

type Halves = Pick<Deployed, "gpc" | "gpt">;

/** Where both sides of the version are 0 and there are files to deliver. */
function isEmptyByVersion({ gpc, gpt }: Halves): boolean {
  const mayHoldFiles = gpt.parts.length > 0 || gpt.empty || gpt.unreadable !== null;
  return gpc.machineVersion === 0 && gpt.gptIni?.machineVersion === 0 && mayHoldFiles;
}

function withVersion(gpt: Gpt, machineVersion: number | null): Gpt {
  const ini = gpt.gptIni ?? { path: gpt.path, location: { path: gpt.path, line: 1 } };
  return { ...gpt, gptIni: { ...ini, machineVersion } };
}

/**
 * What a backup or report brings. Version 0 on both sides counts as empty, and a weaker GPO would win for certain. But an
 * import raises the version of the GPO that it goes into, and then the files count; what a restore does is not
 * documented. So the version is undecided. Without any file nothing hangs on it, and the exclusion stays.
 */
function finishSaved(halves: Halves, isDescribed: boolean, assumeDelivered: boolean): Deployed {
  const isEmpty = isEmptyByVersion(halves);
  const { gpc, gpt } = isEmpty
    ? { gpc: { ...halves.gpc, machineVersion: null }, gpt: withVersion(halves.gpt, null) }
    : halves;
  const { notes, ...finished } = finish({ gpc, gpt }, isDescribed, assumeDelivered);
  if (!isEmpty || assumeDelivered) return { ...finished, notes };
  const note =
    "its version is 0 on both sides, which counts as empty: an import raises it, and whether a restore does is not documented";
  return { ...finished, notes: [...notes, note] };
}

function finish(halves: Halves, isDescribed: boolean, assumeDelivered: boolean): Deployed {
  const { gpc, gpt } = assumeDelivered ? settle(halves, isDescribed) : halves;
  const notes: string[] = [];
  const { restored, ...kept } = gpc;
  const differing = restored === undefined ? [] : differences(kept, restored);
  if (differing.length > 0) {
    notes.push(
      `an import keeps its ${joinWords(differing)}, a restore brings ${differing.length > 1 ? "those" : "that"} of the backup: where that matters it is undecided`,
    );
  }
  if (!isDescribed && !assumeDelivered) {
    notes.push(
      "its source does not show its extensions, security filtering and status, so its delivery is undecided: --assume delivered vouches for it",
    );
  }
  return { gpc: differing.length === 0 ? kept : gpc, gpt, notes };
}

/**
 * The user vouches for delivery. That settles what no source says, and overrules none that says something: an extension
 * that a whole list does not name stays undelivered, a descriptor that denies goes on denying.
 */
function settle({ gpc, gpt }: Halves, isDescribed: boolean): Halves {
  // Versions that nobody described are vouched for as a whole, else only those that cannot be read.
  const good = (version: number | null): number =>
    version === null || (version === 0 && !isDescribed) ? 1 : version;
  const machineVersion = good(gpc.machineVersion);
  const sysvol = gpt.gptIni?.machineVersion ?? null;
  return {
    gpc: {
      ...gpc,
      ...settleKeepable(gpc),
      opaque: false,
      functionalityVersion: gpc.opaque ? 2 : gpc.functionalityVersion,
      machineVersion,
      extensions: !isDescribed || gpc.extensions.damaged ? withParts(gpc.extensions, gpt) : gpc.extensions,
      ...(gpc.restored === undefined ? {} : { restored: settleKeepable(gpc.restored) }),
    },
    gpt: withVersion(gpt, sysvol === null ? Math.max(1, machineVersion) : good(sysvol)),
  };
}

const everybody: SecurityDescriptorFact = { state: "read", descriptor: { dacl: null } };

function settleKeepable({ flags, securityDescriptor, wmiFilter }: Keepable): Keepable {
  return {
    flags: flags === "malformed" ? 0 : flags,
    securityDescriptor: securityDescriptor.state === "absent" ? everybody : securityDescriptor,
    wmiFilter,
  };
}

function withParts(list: ExtensionList, { parts, empty, unreadable }: Gpt): ExtensionList {
  // A folder that nobody could look into may hold any of them.
  if (empty || unreadable !== null) return list;
  const { effective, ineffective } = list;
  const delivered = new Set([...effective, ...parts.map(({ kind }) => extensionOf[kind])]);
  return {
    effective: [...delivered],
    ineffective: ineffective.filter((extension) => !delivered.has(extension)),
    damaged: false,
  };
}
