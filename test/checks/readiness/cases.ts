import type { AuditAce, ReadinessInput } from "../../../src/model/readiness.ts";
import { neverTime } from "../../../src/model/readiness.ts";
import type { Verdict } from "../../../src/model/result.ts";
import {
  account,
  ace,
  answers,
  bait,
  configuration,
  controller,
  day,
  domain,
  everything,
  head,
  hidden,
  hour,
  input,
  mayRead,
  named,
  noKeys,
  now,
  sacl,
  secured,
  sensor,
} from "./input.ts";

/** A rule of the pack, the verdict that it must come to, and on what. */
export type Case = readonly [rule: string, verdict: Verdict, why: string, given: ReadinessInput];

const key = (startTime: number | "malformed" | null, line = 61) => ({
  dn: `CN=k${line},${noKeys.container?.dn ?? ""}`,
  location: { path: "d.ldif", line },
  startTime,
});
const kds = (...keys: readonly ReturnType<typeof key>[]) => ({ kds: { ...noKeys, keys } });
const user = "bf967aba-0de6-11d0-a285-00aa003049e2";
const group = "bf967a9c-0de6-11d0-a285-00aa003049e2";
const audited = (...aces: readonly AuditAce[]) =>
  input({ domains: [domain({ head: secured(head, sacl(...aces)) })] });
const exchange = (...aces: readonly AuditAce[]) =>
  input({ exchange: { state: "found", object: secured(configuration, sacl(...aces)) } });
const adfsDn = `CN=ADFS,CN=Microsoft,CN=Program Data,${head}`;
const adfs = (...aces: readonly AuditAce[]) =>
  input({ domains: [domain({ adfs: { state: "found", object: secured(adfsDn, sacl(...aces)) } })] });
const host = (operatingSystem: string | null, operatingSystemVersion: string | null) =>
  input({}, { controllers: [controller({ operatingSystem, operatingSystemVersion })] });
const oldSchema = (schemaVersion: number | null, ...aces: readonly AuditAce[]) =>
  input({ schemaVersion, domains: [domain({ head: secured(head, sacl(...aces)) })] });
const gone = (kinds: Partial<typeof everything>, more: { readonly mayLackObjects?: boolean } = {}) =>
  input(
    { serviceAccounts: [named("mdi")], exported: new Map([["a.test", { ...everything, ...kinds }]]) },
    more,
  );
const nothingExported = new Map([
  ["a.test", { users: false, managedAccounts: false, servicePrincipalNames: false }],
]);
const soughtInVain = (more: { readonly mayLackObjects?: boolean }) =>
  input({ serviceAccounts: [{ ...named("mdi"), lookedUp: true }], exported: nothingExported }, more);
const goneBait = (kinds: Partial<typeof everything>) =>
  input({ listed: [named("bait")], exported: new Map([["a.test", { ...everything, ...kinds }]]) });
const nobodyNamed = input();
const spn = { servicePrincipalNames: ["HTTP/x"] };
const holders = (...dns: readonly string[]) => new Map([["http/x", dns]]);

export const cases: readonly Case[] = [
  ["kds-root-key", "pass", "a key in force", input(kds(key(now - day)))],
  ["kds-root-key", "pass", "one of two keys in force", input(kds(key(now + day, 61), key(now - day, 62)))],
  ["kds-root-key", "pass", "ten hours old", input(kds(key(now - 10 * hour)))],
  ["kds-root-key", "unknown", "younger than ten hours", input(kds(key(now - 10 * hour + 1)))],
  ["kds-root-key", "fail", "only a future key", input(kds(key(now + 1)))],
  [
    "kds-root-key",
    "unknown",
    "a future key, and one that cannot be read",
    input(kds(key(now + 1), key("malformed", 62))),
  ],
  [
    "kds-root-key",
    "unknown",
    "a future key in data that may lack others",
    input(kds(key(now + 1)), { mayLackObjects: true }),
  ],
  ["kds-root-key", "unknown", "a key without a start time", input(kds(key(null)))],
  ["kds-root-key", "unknown", "no clock", input(kds(key(now - day)), { now: null })],
  ["kds-root-key", "fail", "an administrator saw an empty container", input()],
  ["kds-root-key", "unknown", "somebody else saw an empty container", input({ kds: hidden })],
  [
    "kds-root-key",
    "unknown",
    "an empty container in data that may lack objects",
    input({}, { mayLackObjects: true }),
  ],
  ["kds-root-key", "unknown", "no container", input({ kds: { ...noKeys, container: null } })],

  ["service-account-exists", "pass", "enabled", sensor()],
  ["service-account-exists", "fail", "disabled", sensor({ userAccountControl: 0x1002 })],
  ["service-account-exists", "unknown", "no account bits", sensor({ userAccountControl: null })],
  ["service-account-exists", "fail", "not among all accounts", gone({})],
  ["service-account-exists", "unknown", "users were not exported", gone({ users: false })],
  ["service-account-exists", "fail", "looked up in vain", soughtInVain({})],
  [
    "service-account-exists",
    "unknown",
    "looked up by somebody limited",
    soughtInVain({ mayLackObjects: true }),
  ],
  [
    "service-account-exists",
    "unknown",
    "managed accounts were not exported",
    gone({ managedAccounts: false }),
  ],
  ["service-account-exists", "unknown", "objects may be hidden", gone({}, { mayLackObjects: true })],
  ["service-account-exists", "not-applicable", "nobody named", nobodyNamed],

  ["service-account-retrieval", "pass", "all may", sensor({}, { retrieval: answers("allowed", "allowed") })],
  [
    "service-account-retrieval",
    "fail",
    "one may not",
    sensor({}, { retrieval: answers("allowed", "denied", "unknown") }),
  ],
  [
    "service-account-retrieval",
    "unknown",
    "one may or may not",
    sensor({}, { retrieval: answers("allowed", "unknown") }),
  ],
  ["service-account-retrieval", "unknown", "no domain controller", sensor({}, { retrieval: answers() })],
  ["service-account-retrieval", "not-applicable", "an ordinary user", sensor({ kind: "user" })],
  ["service-account-retrieval", "not-applicable", "there is no such account", gone({})],
  ["service-account-retrieval", "unknown", "the account is out of sight", gone({ users: false })],

  ["service-account-aes", "pass", "AES only", sensor({ encryptionTypes: 0x18 })],
  ["service-account-aes", "pass", "AES256 and RC4", sensor({ encryptionTypes: 0x14 })],
  ["service-account-aes", "fail", "RC4 only", sensor({ encryptionTypes: 4 })],
  ["service-account-aes", "unknown", "the default decides", sensor({ encryptionTypes: 0 })],
  ["service-account-aes", "unknown", "no attribute", sensor({ encryptionTypes: null })],
  ["service-account-weak-ciphers", "pass", "AES only", sensor({ encryptionTypes: 0x18 })],
  ["service-account-weak-ciphers", "fail", "RC4 too", sensor({ encryptionTypes: 0x1c })],
  ["service-account-weak-ciphers", "unknown", "unreadable", sensor({ encryptionTypes: "malformed" })],

  ["service-account-password-interval", "pass", "30 days", sensor({ passwordInterval: 30 })],
  ["service-account-password-interval", "fail", "31 days", sensor({ passwordInterval: 31 })],
  ["service-account-password-interval", "unknown", "no attribute", sensor({ passwordInterval: null })],
  ["service-account-password-interval", "not-applicable", "a user", sensor({ kind: "user" })],

  ["service-account-names", "pass", "no name", sensor()],
  [
    "service-account-names",
    "pass",
    "unique",
    input({ serviceAccounts: [named("mdi", account(spn))], nameHolders: holders(account().dn) }),
  ],
  [
    "service-account-names",
    "fail",
    "twice",
    input({
      serviceAccounts: [named("mdi", account(spn))],
      nameHolders: holders(account().dn, "CN=x,DC=a,DC=test"),
    }),
  ],
  [
    "service-account-names",
    "pass",
    "every holder was asked for",
    input({
      serviceAccounts: [named("mdi", account(spn))],
      nameHolders: holders(account().dn),
      exported: new Map([["a.test", { ...everything, servicePrincipalNames: false }]]),
      lookedUpNames: new Set(["http/x"]),
    }),
  ],
  ["service-account-names", "unknown", "not exported", sensor({ namesExported: false })],
  [
    "service-account-names",
    "unknown",
    "not all accounts exported",
    input({
      serviceAccounts: [named("mdi", account(spn))],
      nameHolders: holders(account().dn),
      exported: new Map([["a.test", { ...everything, servicePrincipalNames: false }]]),
    }),
  ],

  ["service-account-password-time", "pass", "yesterday", sensor({ passwordSet: now - day })],
  ["service-account-password-time", "pass", "at this moment", sensor({ passwordSet: now })],
  ["service-account-password-time", "fail", "a moment ahead", sensor({ passwordSet: now + 1 })],
  ["service-account-password-time", "unknown", "no attribute", sensor({ passwordSet: null })],
  ["service-account-password-time", "unknown", "no clock", sensor({}, { now: null })],

  [
    "object-auditing-user",
    "pass",
    "exactly what is asked",
    audited(ace({ mask: 0xd016b, failure: false, inheritOnly: true, inheritedObjectType: user })),
  ],
  ["object-auditing-user", "pass", "every class, all rights, success and failure", audited(ace())],
  ["object-auditing-user", "pass", "generic all", audited(ace({ mask: 0x10000000 }))],
  [
    "object-auditing-user",
    "pass",
    "two entries add up",
    audited(ace({ mask: 0xd0000 }), ace({ mask: 0x16b })),
  ],
  ["object-auditing-user", "fail", "one right short", audited(ace({ mask: 0xd006b }))],
  [
    "object-auditing-user",
    "fail",
    "other classes, however often",
    audited(...[group, group, group].map((inheritedObjectType) => ace({ inheritedObjectType }))),
  ],
  ["object-auditing-user", "fail", "failure only", audited(ace({ success: false }))],
  ["object-auditing-user", "fail", "a narrower trustee", audited(ace({ sid: "S-1-5-11" }))],
  ["object-auditing-user", "fail", "a single property", audited(ace({ objectType: group }))],
  ["object-auditing-user", "fail", "the head alone", audited(ace({ containerInherit: false }))],
  ["object-auditing-user", "fail", "direct children alone", audited(ace({ noPropagate: true }))],
  ["object-auditing-user", "fail", "no entry", audited()],
  ["object-auditing-user", "unknown", "conditional", audited(ace({ conditional: true }))],
  [
    "object-auditing-user",
    "fail",
    "conditional, and not enough at best",
    audited(ace({ conditional: true, mask: 1 })),
  ],
  ["object-auditing-user", "unknown", "not to be seen", input()],
  ["object-auditing-user", "unknown", "no domain head", input({ domains: [] })],
  [
    "object-auditing-user",
    "unknown",
    "damaged",
    input({ domains: [domain({ head: secured(head, { state: "malformed", detail: "cut" }) })] }),
  ],
  [
    "object-auditing-group-managed-service-account",
    "pass",
    "without extended right",
    audited(ace({ mask: 0xd006b })),
  ],
  ["object-auditing-delegated-managed-service-account", "not-applicable", "schema of 2022", oldSchema(88)],
  ["object-auditing-delegated-managed-service-account", "fail", "schema of 2025", oldSchema(91)],
  ["object-auditing-delegated-managed-service-account", "unknown", "schema not exported", oldSchema(null)],
  [
    "object-auditing-delegated-managed-service-account",
    "pass",
    "schema not exported, audited all the same",
    oldSchema(null, ace()),
  ],

  ["adfs-auditing", "pass", "as asked", adfs(ace({ mask: 0x30 }))],
  [
    "adfs-auditing",
    "pass",
    "in two entries",
    adfs(ace({ mask: 0x30, failure: false }), ace({ mask: 0x30, success: false })),
  ],
  ["adfs-auditing", "fail", "success only", adfs(ace({ failure: false }))],
  ["adfs-auditing", "fail", "not on the container itself", adfs(ace({ inheritOnly: true }))],
  ["adfs-auditing", "fail", "one class below only", adfs(ace({ inheritedObjectType: user }))],
  ["adfs-auditing", "fail", "nothing below", adfs(ace({ containerInherit: false }))],
  [
    "adfs-auditing",
    "not-applicable",
    "no AD FS",
    input({ domains: [domain({ adfs: { state: "missing" } })] }),
  ],
  [
    "adfs-auditing",
    "unknown",
    "no AD FS in sight",
    input({ domains: [domain({ adfs: { state: "missing" } })] }, { mayLackObjects: true }),
  ],
  ["adfs-auditing", "unknown", "not exported", input()],
  ["adfs-auditing", "unknown", "no domain", input({ domains: [] })],
  ["exchange-auditing", "pass", "as asked", exchange(ace({ mask: 0x20 }))],
  ["exchange-auditing", "fail", "reads instead of writes", exchange(ace({ mask: 0x10 }))],
  ["exchange-auditing", "unknown", "not exported", input()],
  ["exchange-auditing", "not-applicable", "no Exchange", input({ exchange: { state: "missing" } })],

  ["deleted-objects-read", "pass", "granted", sensor({}, { deletedObjects: mayRead("allowed") })],
  ["deleted-objects-read", "fail", "not granted", sensor({}, { deletedObjects: mayRead("denied") })],
  [
    "deleted-objects-read",
    "unknown",
    "depends on a group",
    sensor({}, { deletedObjects: mayRead("unknown") }),
  ],
  ["deleted-objects-read", "not-applicable", "nobody named", nobodyNamed],
  [
    "deleted-objects-read",
    "unknown",
    "container not exported",
    input({
      serviceAccounts: [named("mdi", account())],
      domains: [domain({ deletedObjects: { state: "unknown" } })],
    }),
  ],

  ["controller-placement", "pass", "in the OU", input()],
  [
    "controller-placement",
    "pass",
    "below the OU, in other letters",
    input({}, { controllers: [controller({ dn: "cn=DC1,ou=x,ou=DOMAIN Controllers,dc=A,dc=test" })] }),
  ],
  [
    "controller-placement",
    "fail",
    "elsewhere",
    input({}, { controllers: [controller({ dn: `CN=DC1,OU=Servers,${head}` })] }),
  ],
  ["controller-placement", "unknown", "domain not exported", input({ domains: [] })],
  ["controller-placement", "unknown", "no domain controller", input({}, { controllers: [] })],
  [
    "controller-placement",
    "not-applicable",
    "no host",
    input({}, { controllers: [controller({ hostless: "nothing stands behind it" })] }),
  ],

  ["operating-system", "pass", "2016", host("Windows Server 2016 Standard", "10.0 (14393)")],
  ["operating-system", "pass", "no year, by build", host("Windows Server Datacenter", "10.0 (17134)")],
  ["operating-system", "pass", "no version, by year", host("Windows Server 2025 Datacenter", null)],
  ["operating-system", "fail", "2012 R2", host("Windows Server 2012 R2 Standard", "6.3 (9600)")],
  ["operating-system", "fail", "old spelling", host("Windows Server\u00ae 2008 Standard", "6.0 (6003)")],
  ["operating-system", "fail", "Nano", host("Windows Nano Server 2016", "10.0 (14393)")],
  ["operating-system", "fail", "not Windows", host("Samba", "4.17.12")],
  ["operating-system", "unknown", "no year, no version", host("Windows Server Standard", null)],
  ["operating-system", "unknown", "year against version", host("Windows Server 2012 R2", "10.0 (14393)")],
  ["operating-system", "unknown", "nothing", host(null, null)],
  ["operating-system-v3", "fail", "2016", host("Windows Server 2016 Standard", "10.0 (14393)")],
  ["operating-system-v3", "pass", "2019", host("Windows Server 2019 Standard", "10.0 (17763)")],
  ["operating-system-v3", "unknown", "nothing", host(null, "10")],

  ["honeytoken-exists", "pass", "there", bait()],
  ["honeytoken-exists", "fail", "not among all users", goneBait({ managedAccounts: false })],
  ["honeytoken-exists", "unknown", "users not exported", goneBait({ users: false })],
  ["honeytoken-exists", "unknown", "the name of a computer", input({ listed: [named("PC1$")] })],
  [
    "honeytoken-exists",
    "fail",
    "looked up in vain",
    input({ listed: [{ ...named("PC1$"), lookedUp: true }], exported: nothingExported }),
  ],
  [
    "honeytoken-exists",
    "unknown",
    "in a domain that nobody knows",
    input({ listed: [{ ...named("X\\bait"), domainKnown: false }] }),
  ],
  ["honeytoken-exists", "unknown", "list unreadable", input({ listed: null }, { listGiven: true })],
  ["honeytoken-exists", "not-applicable", "no list", input()],
  ["honeytoken-exists", "not-applicable", "an empty list", input({ listed: [] })],
  ["honeytoken-enabled", "pass", "enabled", bait({ userAccountControl: 0x200 })],
  ["honeytoken-enabled", "fail", "disabled", bait({ userAccountControl: 0x202 })],
  ["honeytoken-enabled", "unknown", "no bits", bait({ userAccountControl: null })],
  ["honeytoken-dormant", "pass", "never used", bait()],
  ["honeytoken-dormant", "pass", "written as 0", bait({ lastLogon: neverTime, logonsExported: false })],
  ["honeytoken-dormant", "pass", "more than 44 days", bait({ lastLogon: now - 44 * day - 1 })],
  ["honeytoken-dormant", "unknown", "44 days, which may be 30", bait({ lastLogon: now - 44 * day })],
  ["honeytoken-dormant", "unknown", "just over 30 days", bait({ lastLogon: now - 30 * day - 1 })],
  ["honeytoken-dormant", "fail", "30 days", bait({ lastLogon: now - 30 * day })],
  ["honeytoken-dormant", "fail", "in the future", bait({ lastLogon: now + day })],
  ["honeytoken-dormant", "unknown", "attribute not exported", bait({ logonsExported: false })],
  ["honeytoken-dormant", "unknown", "no clock", bait({ lastLogon: now - day }, { now: null })],
];
