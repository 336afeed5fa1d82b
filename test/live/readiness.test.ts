import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { domainAuditList, gmsa, gmsaHosts, rootKey } from "./dc/extra-objects.ts";
import { addition, replacement } from "./dc/ldif-records.ts";
import { load, onDatabase } from "./dc/run-tool.ts";
import type { Account } from "./dc/settings.ts";
import { administrator, domain, reader } from "./dc/settings.ts";
import { exportWholeSysvol } from "./util/exports.ts";
import { gpolint, live } from "./util/program.ts";

/** By rule: every verdict that some target got. */
type Verdicts = Readonly<Record<string, string>>;

let sysvol = "";
const verdicts = { administrator: {} as Verdicts, reader: {} as Verdicts };

beforeAll(async () => {
  sysvol = exportWholeSysvol(administrator).path;
  verdicts.administrator = await judge(administrator);
  verdicts.reader = await judge(reader);
});

async function judge(account: Account): Promise<Verdicts> {
  const list = join(mkdtempSync(join(tmpdir(), "gpolint-bait-")), "honeytokens.txt");
  writeFileSync(list, `${reader.name}\nno-such-account\n`);
  const asked = ["--service-account", gmsa.name, "--honeytokens", list];
  const pack = ["--policy", "mdi-readiness", ...asked, "--format", "json"];
  const run = await gpolint(["scan", sysvol, ...live(account), ...pack], { password: account.password });
  if (run.stdout === "") throw new Error(run.stderr);
  const { findings } = JSON.parse(run.stdout) as ScanResult;
  const byRule = new Map<string, Set<string>>();
  for (const { rule, verdict } of findings) {
    const name = rule.replace("mdi-readiness.", "");
    byRule.set(name, (byRule.get(name) ?? new Set()).add(verdict));
  }
  return Object.fromEntries([...byRule].map(([rule, found]) => [rule, [...found].sort().join(", ")]));
}

const auditedClasses = [
  "user",
  "group",
  "computer",
  "managed-service-account",
  "group-managed-service-account",
];

/** The same verdict for the audit entries of every class. */
function auditing(verdict: string): Verdicts {
  return Object.fromEntries(auditedClasses.map((name) => [`object-auditing-${name}`, verdict]));
}

describe("readiness of the live domain", () => {
  it("as the administrator sees it", () => {
    expect(verdicts.administrator).toMatchObject({
      "kds-root-key": "pass",
      "service-account-exists": "pass",
      // HAM-DC01 is a member of the group, LIS-DC02 one of a group in it, the other two are not.
      "service-account-retrieval": "fail",
      "service-account-aes": "pass",
      "service-account-password-interval": "pass",
      ...auditing("pass"),
      // Samba's schema is older than the class.
      "object-auditing-delegated-managed-service-account": "not-applicable",
      // Samba's domain has neither AD FS nor Exchange, and an administrator would see them.
      "adfs-auditing": "not-applicable",
      "exchange-auditing": "not-applicable",
      "controller-placement": "fail, not-applicable, pass",
      // One of the two names is that of nobody, and the server was asked for it.
      "honeytoken-exists": "fail, pass",
      "service-account-names": "pass",
      "operating-system": "not-applicable, pass",
    });
  });

  it("as a plain user sees it: what is hidden is unknown, and all else the same", () => {
    const hidden = ["kds-root-key", "adfs-auditing", "exchange-auditing"].map((rule) => [rule, "unknown"]);
    expect(verdicts.reader).toEqual({
      ...verdicts.administrator,
      ...Object.fromEntries(hidden),
      // The account has no name, or one that may not be read.
      "service-account-names": "unknown",
      // The account that is not there may only be hidden from it.
      "honeytoken-exists": "pass, unknown",
      "honeytoken-enabled": "pass, unknown",
      "honeytoken-dormant": "fail, unknown",
      ...auditing("unknown"),
    });
  });
});

describe("audit entries that are taken away", () => {
  const sacl = (lines: readonly string[]): void => {
    load("ldbmodify", [replacement({ dn: domain.base, lines })], "--controls=sd_flags:1:8");
  };
  afterAll(() => sacl(domainAuditList.lines));

  it("fail for the administrator, and stay unknown for a plain user", async () => {
    sacl(["nTSecurityDescriptor: S:AI"]);
    expect(await judge(administrator)).toMatchObject(auditing("fail"));
    expect(await judge(reader)).toMatchObject(auditing("unknown"));
  });
});

describe("a root key that is taken away", () => {
  afterAll(() => load("ldbadd", [addition(rootKey)], "--controls=relax:0"));

  it("fails for the administrator, and stays unknown for a plain user", async () => {
    onDatabase("ldbdel", [rootKey.dn]);
    expect(await judge(administrator)).toMatchObject({ "kds-root-key": "fail" });
    expect(await judge(reader)).toMatchObject({ "kds-root-key": "unknown" });
  });
});

describe("the password of the service account", () => {
  const groups = ["Domain Controllers", "Read-only Domain Controllers"];
  const change = (action: "add" | "delete"): void => {
    const members = groups.map((name) => `member: CN=${name},CN=Users,${domain.base}\n`).join("");
    load("ldbmodify", [`dn: ${gmsaHosts.dn}\nchangetype: modify\n${action}: member\n${members}\n`]);
  };
  afterAll(() => change("delete"));

  it("is for every domain controller once their primary groups are in the group", async () => {
    change("add");
    expect(await judge(administrator)).toMatchObject({ "service-account-retrieval": "pass" });
    expect(await judge(reader)).toMatchObject({ "service-account-retrieval": "pass" });
  });
});
