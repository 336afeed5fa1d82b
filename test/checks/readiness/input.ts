import type {
  AccessAnswer,
  AccountFacts,
  AuditAce,
  ControllerFacts,
  DomainFacts,
  ExportedKinds,
  KdsFacts,
  NamedAccount,
  ReadinessFacts,
  ReadinessInput,
  SaclFact,
  SecuredObject,
} from "../../../src/model/readiness.ts";

/** 2026-06-01, the moment that the tests judge by. */
export const now = Date.UTC(2026, 5, 1);
export const hour = 3_600_000;
export const day = 24 * hour;

const at = (line: number) => ({ path: "d.ldif", line });
export const head = "DC=a,DC=test";
export const configuration = "CN=Configuration,DC=a,DC=test";

/** An entry for Everyone, success and failure, on the object and everything below. */
export function ace(changes: Partial<AuditAce> = {}): AuditAce {
  return {
    success: true,
    failure: true,
    conditional: false,
    inheritOnly: false,
    containerInherit: true,
    noPropagate: false,
    mask: 0xf01ff,
    objectType: null,
    inheritedObjectType: null,
    sid: "S-1-1-0",
    ...changes,
  };
}

export function sacl(...aces: readonly AuditAce[]): SaclFact {
  return { state: "read", aces };
}

export function secured(dn: string, fact: SaclFact = { state: "absent" }): SecuredObject {
  return { dn, location: at(1), sacl: fact, dacl: { state: "absent" } };
}

export function domain(changes: Partial<DomainFacts> = {}): DomainFacts {
  return {
    name: "a.test",
    sid: "S-1-5-21-1-2-3",
    head: secured(head),
    adfs: { state: "unknown" },
    deletedObjects: { state: "found", object: secured(`CN=Deleted Objects,${head}`) },
    controllersOu: `OU=Domain Controllers,${head}`,
    ...changes,
  };
}

export function account(changes: Partial<AccountFacts> = {}): AccountFacts {
  return {
    dn: `CN=mdi,CN=Managed Service Accounts,${head}`,
    name: "mdi",
    domain: "a.test",
    sid: "S-1-5-21-1-2-3-1601",
    kind: "gmsa",
    location: at(40),
    userAccountControl: 0x1000,
    primaryGroupId: 515,
    memberOf: [],
    tokenGroups: null,
    retrieval: { state: "absent" },
    encryptionTypes: 0x18,
    passwordInterval: 30,
    passwordSet: now - day,
    lastLogon: null,
    logonsExported: true,
    servicePrincipalNames: [],
    namesExported: true,
    ...changes,
  };
}

export function named(name: string, ...accounts: readonly AccountFacts[]): NamedAccount {
  return { name, location: null, accounts, lookedUp: false, domainKnown: true };
}

export function controller(changes: Partial<ControllerFacts> = {}): ControllerFacts {
  return {
    dn: `CN=DC1,OU=Domain Controllers,${head}`,
    name: "DC1",
    domain: "a.test",
    sid: "S-1-5-21-1-2-3-1000",
    location: at(20),
    operatingSystem: "Windows Server 2022 Standard",
    operatingSystemVersion: "10.0 (20348)",
    hostless: null,
    ...changes,
  };
}

export const noKeys: KdsFacts = {
  keys: [],
  container: {
    dn: `CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services,${configuration}`,
    location: at(60),
  },
  readByAdministrator: true,
};

/** The same container, seen by somebody who may not be an administrator. */
export const hidden: KdsFacts = { ...noKeys, readByAdministrator: false };

export const everything: ExportedKinds = { users: true, managedAccounts: true, servicePrincipalNames: true };

function facts(changes: Partial<ReadinessFacts> = {}): ReadinessFacts {
  return {
    domains: [domain()],
    exported: new Map([["a.test", everything]]),
    schemaVersion: 91,
    kds: noKeys,
    exchange: { state: "unknown" },
    serviceAccounts: [],
    lookedUpNames: new Set(),
    listed: null,
    nameHolders: new Map(),
    systems: new Map(),
    ...changes,
  };
}

export function input(
  changes: Partial<ReadinessFacts> = {},
  more: Partial<Omit<ReadinessInput, "facts">> = {},
): ReadinessInput {
  return {
    facts: facts(changes),
    controllers: [controller()],
    retrieval: new Map(),
    deletedObjects: new Map(),
    now,
    mayLackObjects: false,
    listGiven: changes.listed !== undefined && changes.listed !== null,
    ...more,
  };
}

/** The sensor's account as the only one that was named. */
export function sensor(
  changes: Partial<AccountFacts> = {},
  more: Partial<Omit<ReadinessInput, "facts">> = {},
) {
  return input({ serviceAccounts: [named("mdi", account(changes))] }, more);
}

/** One listed user. */
export function bait(changes: Partial<AccountFacts> = {}, more: Partial<Omit<ReadinessInput, "facts">> = {}) {
  const user = account({ dn: `CN=bait,${head}`, name: "bait", kind: "user", ...changes });
  return input({ listed: [named("bait", user)] }, { ...more, listGiven: true });
}

export function answers(
  ...given: readonly AccessAnswer["answer"][]
): ReadonlyMap<string, readonly AccessAnswer[]> {
  const list = given.map((answer, i) => ({ name: `DC${i + 1}`, answer, detail: "for this reason" }));
  return new Map([[account().dn, list]]);
}

export function mayRead(answer: AccessAnswer["answer"]): ReadonlyMap<string, AccessAnswer> {
  const key = `CN=Deleted Objects,${head}\n${account().dn}`;
  return new Map([[key, { name: "mdi", answer, detail: "for this reason" }]]);
}
