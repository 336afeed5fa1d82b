import { evaluateReadiness } from "../checks/readiness/evaluate-readiness.ts";
import type { Engine } from "../engine/engine.ts";
import { accessCheck } from "../engine/security-filter.ts";
import type { Token } from "../engine/token.ts";
import { buildToken } from "../engine/token.ts";
import { dnKey, domainOfDn, rdnValue } from "../model/dn.ts";
import type { TargetPolicy } from "../model/effective.ts";
import type { Ace, Computer, Directory, SecurityDescriptorFact } from "../model/gpo.ts";
import type { AccessAnswer, AccountFacts, ReadinessFacts, ReadinessInput } from "../model/readiness.ts";
import type { ReadinessRequirement } from "../model/requirement.ts";
import type { Finding } from "../model/result.ts";
import { sha256 } from "../sources/file-reader.ts";
import type { Inputs } from "../sources/read-inputs.ts";

export interface ReadinessRequest {
  readonly requirements: readonly ReadinessRequirement[];
  /** Computers of the report. */
  readonly targets: readonly TargetPolicy[];
  /** Null without directory data. */
  readonly engine: Engine | null;
  /** ISO 8601; null where the run has no clock. */
  readonly now: string | null;
}

/** Judges what a pack asks of the directory itself. Who may do what is worked out here, so that checks get plain data. */
export function judgeReadiness(inputs: Inputs, request: ReadinessRequest): readonly Finding[] {
  if (request.requirements.length === 0) return [];
  const input = prepare(inputs, request);
  return request.requirements.flatMap((requirement) => evaluateReadiness(requirement, input, sha256));
}

const nothing: ReadinessFacts = {
  domains: [],
  exported: new Map(),
  schemaVersion: null,
  kds: { keys: [], container: null, readByAdministrator: false },
  exchange: { state: "unknown" },
  serviceAccounts: [],
  listed: null,
  nameHolders: new Map(),
  systems: new Map(),
  lookedUpNames: new Set(),
};

function prepare(inputs: Inputs, { targets, engine, now }: ReadinessRequest): ReadinessInput {
  const { directory } = inputs.inventory;
  const facts = inputs.readiness?.facts ?? nothing;
  const damaged = [...inputs.damagedDirectoryFiles, ...inputs.uselessDirectoryFiles];
  return {
    facts,
    controllers: targets
      .filter(({ role }) => role !== "member")
      .map((target) => ({ ...target, operatingSystemVersion: facts.systems.get(dnKey(target.dn)) ?? null })),
    retrieval: directory === null || engine === null ? new Map() : retrievals(facts, directory, engine),
    deletedObjects: directory === null ? new Map() : deletedObjectsAccess(facts, directory),
    now: now === null ? null : Date.parse(now),
    mayLackObjects: damaged.length > 0 || directory?.mayHideObjects === true,
    listGiven: inputs.readiness?.listGiven === true,
  };
}

/** RIGHT_DS_READ_PROPERTY and RIGHT_DS_LIST_CONTENTS (MS-ADTS 5.1.3.2), and the generic rights that hold them. */
const readProperty = 0x10;
const listContents = 0x4;
const genericAllOrRead = 0x90000000;

/** Each group managed account against the token of every domain controller in the data, whichever are in the report. */
function retrievals(
  facts: ReadinessFacts,
  directory: Directory,
  engine: Engine,
): ReadinessInput["retrieval"] {
  const accounts = facts.serviceAccounts.flatMap(({ accounts: own }) => own);
  const managed = accounts.filter(({ kind }) => kind === "gmsa");
  if (managed.length === 0) return new Map();
  const hosts = directory.computers.filter(
    (computer) => computer.role !== "member" && engine.resolve(computer).policy.hostless === null,
  );
  const tokens = hosts.map((computer) => ({ name: computer.name, token: buildToken(computer, directory) }));
  const unseen = unseenControllers(directory);
  return new Map(
    managed.map(({ dn, retrieval }) => [
      dn,
      [
        ...tokens.map(({ name, token }) =>
          access(name, retrieval, "msDS-GroupMSAMembership", token, [readProperty]),
        ),
        ...unseen,
      ],
    ]),
  );
}

/** Domain controllers that the configuration names and the exported domain does not hold. */
function unseenControllers(directory: Directory): AccessAnswer[] {
  const known = new Set(directory.computers.map(({ dn }) => dnKey(dn)));
  return [...directory.servers]
    .filter(([key]) => !known.has(key) && directory.domains.has(domainOfDn(key)))
    .map(([key, servers]): AccessAnswer => ({
      name: rdnValue(servers[0]?.serverDn ?? key),
      answer: "unknown",
      detail: `the account ${key} is not in the directory data`,
    }));
}

function deletedObjectsAccess(facts: ReadinessFacts, directory: Directory): ReadinessInput["deletedObjects"] {
  const answers = new Map<string, AccessAnswer>();
  for (const { accounts } of facts.serviceAccounts) {
    for (const account of accounts) {
      const token = accountToken(account, directory);
      for (const { deletedObjects } of facts.domains) {
        if (deletedObjects.state !== "found") continue;
        const { dn, dacl } = deletedObjects.object;
        const answer = access(account.name, dacl, "the descriptor", token, [listContents, readProperty]);
        answers.set(`${dn}\n${account.dn}`, answer);
      }
    }
  }
  return answers;
}

/** Whether a token gets all of some rights on an object as a whole. */
function access(
  name: string,
  fact: SecurityDescriptorFact,
  what: string,
  token: Token,
  rights: readonly number[],
): AccessAnswer {
  if (fact.state === "absent")
    return { name, answer: "unknown", detail: `${what} is not in the directory data` };
  if (fact.state === "malformed")
    return { name, answer: "unknown", detail: `${what} cannot be read: ${fact.detail}` };
  const { dacl } = fact.descriptor;
  if (dacl === null) return { name, answer: "allowed", detail: "there is no DACL" };
  const checks = rights.map((right) =>
    accessCheck(
      dacl,
      token,
      ({ mask, objectType }: Ace) => objectType === null && (mask & (right | genericAllOrRead)) !== 0,
    ),
  );
  const worst =
    checks.find(({ answer }) => answer === "denied") ?? checks.find(({ answer }) => answer === "unknown");
  if (worst === undefined) return { name, answer: "allowed", detail: "it is granted" };
  return { name, answer: worst.answer, detail: reason(worst) };
}

function reason({ answer, sid, conditional }: ReturnType<typeof accessCheck>): string {
  if (answer === "denied") return sid === null ? "no entry grants it" : `an entry for ${sid} denies it`;
  if (conditional) return "a conditional entry decides, which only Windows can evaluate";
  return `it depends on membership in ${sid ?? "a group whose SID is not known"}, which the directory data does not show`;
}

/**
 * The token of an account that is no domain controller. What the engine assumes of computers does not hold for it: it is
 * in Domain Computers only if its primary group says so, and it may be in any group that the data does not hold.
 */
function accountToken(account: AccountFacts, directory: Directory): Token {
  const computer: Computer = {
    ...account,
    dnsHostName: null,
    operatingSystem: null,
    role: "member",
    serverReferenceBl: null,
  };
  const base = buildToken(computer, directory);
  const groups = new Set([...directory.groups.values()].map(({ sid }) => sid));
  return {
    has(sid) {
      const answer = base.has(sid);
      if (sid === null || account.tokenGroups?.includes(sid) === true) return answer;
      if (answer === "yes" && sid.endsWith("-515") && account.primaryGroupId !== 515) return "unknown";
      const isGroup =
        (sid.startsWith("S-1-5-21-") || sid.startsWith("S-1-5-32-")) && !directory.nonGroupSids.has(sid);
      return answer === "no" && isGroup && !groups.has(sid) && account.tokenGroups === null
        ? "unknown"
        : answer;
    },
  };
}
