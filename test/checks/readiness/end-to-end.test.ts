import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../../src/model/result.ts";
import { loadReporter } from "../../../src/reporters/registry.ts";
import { runCli } from "../../util/cli.ts";
import { expectHtml } from "../../util/html-rules.ts";
import { repoPath } from "../../util/run.ts";
import { expectSarif } from "../../util/sarif-rules.ts";

const own = [
  "scan",
  "examples/corp.example/sysvol",
  "--directory",
  "examples/corp.example/directory.ldif",
  "--policy",
  "mdi-readiness",
];
const whole = [
  ...own,
  "--directory",
  "test/fixtures/readiness/directory.ldif",
  "--honeytokens",
  "test/fixtures/readiness/honeytokens.txt",
  "--service-account",
  "mdiSvc01",
  "--service-account",
  "mdiSvc02$",
  "--as-of",
  "2026-01-02",
];

async function scanJson(argv: readonly string[]): Promise<ScanResult> {
  const { code, stdout, stderr } = await runCli([...argv, "--format", "json"]);
  expect(stderr).not.toContain("internal error");
  const result: ScanResult = JSON.parse(stdout);
  expect(code).toBe(result.summary.exitCode);
  return result;
}

let result: ScanResult;
beforeAll(async () => {
  result = await scanJson(whole);
});

function about(rule: string): readonly (readonly [object: string, verdict: string, actual: string])[] {
  return result.findings
    .filter((finding) => finding.rule === `mdi-readiness.${rule}`)
    .map(({ target, verdict, actualText }) => [target?.split(",")[0] ?? "", verdict, actualText]);
}

describe("the readiness of the example", () => {
  it.each([
    ["kds-root-key", [["CN=Master Root Keys", "pass", "in force"]]],
    [
      "service-account-exists",
      [
        ["CN=mdiSvc01", "pass", "enabled"],
        ["CN=mdiSvc02", "pass", "enabled"],
      ],
    ],
    [
      // The read-only domain controller is in no group of mdiSvc01.
      "service-account-retrieval",
      [
        ["CN=mdiSvc01", "fail", "not by OPO-RODC1"],
        ["CN=mdiSvc02", "pass", "by every domain controller"],
      ],
    ],
    [
      "service-account-weak-ciphers",
      [
        ["CN=mdiSvc01", "fail", "RC4, AES128, AES256"],
        ["CN=mdiSvc02", "pass", "AES128, AES256"],
      ],
    ],
    [
      "service-account-names",
      [
        ["CN=mdiSvc01", "fail", "HTTP/file01.corp.example stands twice"],
        ["CN=mdiSvc02", "pass", "no name"],
      ],
    ],
    [
      "service-account-password-time",
      [
        ["CN=mdiSvc01", "pass", "in the past"],
        ["CN=mdiSvc02", "fail", "2041-06-22 15:06 UTC"],
      ],
    ],
    ["object-auditing-user", [["DC=corp", "pass", "audited"]]],
    ["object-auditing-group", [["DC=corp", "pass", "audited"]]],
    ["object-auditing-group-managed-service-account", [["DC=corp", "pass", "audited"]]],
    // Its entry is missing: that users have theirs twice does not hide it.
    [
      "object-auditing-managed-service-account",
      [
        [
          "DC=corp",
          "fail",
          "not audited: create child, delete child, validated write, write property, delete tree, extended right, delete, change permissions, change owner for success on descendant msDS-ManagedServiceAccount objects",
        ],
      ],
    ],
    ["object-auditing-delegated-managed-service-account", [["DC=corp", "not-applicable", "not applicable"]]],
    ["adfs-auditing", [["", "not-applicable", "not applicable"]]],
    ["exchange-auditing", [["CN=Configuration", "pass", "audited"]]],
    [
      "deleted-objects-read",
      [
        ["CN=Deleted Objects", "pass", "readable by mdiSvc01"],
        // Whether it is in BUILTIN\Administrators, which the data does not hold.
        ["CN=Deleted Objects", "unknown", "unknown"],
      ],
    ],
    [
      "honeytoken-exists",
      [
        ["CN=backup-admin", "pass", "exists"],
        ["CN=old-sql", "pass", "exists"],
        ["", "fail", "no such account"],
      ],
    ],
    [
      "honeytoken-enabled",
      [
        ["CN=backup-admin", "pass", "enabled"],
        ["CN=old-sql", "fail", "disabled"],
        ["", "not-applicable", "not applicable"],
      ],
    ],
    [
      "honeytoken-dormant",
      [
        ["CN=backup-admin", "pass", "never used"],
        ["CN=old-sql", "fail", "2025-12-23 21:46 UTC"],
        ["", "not-applicable", "not applicable"],
      ],
    ],
    [
      "controller-placement",
      [
        ["CN=AzureADKerberos", "not-applicable", "not applicable"],
        ["CN=HAM-DC01", "pass", "OU=Domain Controllers,DC=corp,DC=example"],
        ["CN=HAM-DC04", "fail", "OU=Legacy,OU=Servers,DC=corp,DC=example"],
        ["CN=LIS-DC02", "pass", "OU=Domain Controllers,DC=corp,DC=example"],
        ["CN=OPO-RODC1", "pass", "OU=Read-Only,OU=Domain Controllers,DC=corp,DC=example"],
      ],
    ],
  ])("%s", (rule, expected) => {
    const byText = (a: readonly string[], b: readonly string[]): number => (a.join() < b.join() ? -1 : 1);
    expect(about(rule).toSorted(byText)).toEqual(expected.toSorted(byText));
  });
});

describe("every readiness result", () => {
  it("is counted, told apart, and points at a line", () => {
    const { counts } = result.summary;
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(result.findings.length);
    const fingerprints = result.findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    const bare = result.findings.filter(({ target, location }) => target !== null && location === null);
    expect(bare).toEqual([]);
  });

  it("fits the schema, also beside the pack mdi and without any directory data", async () => {
    const schema: unknown = JSON.parse(readFileSync(repoPath("policies/schema/result.schema.json"), "utf8"));
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(Object(schema));
    const both = await scanJson([...whole, "--policy", "mdi"]);
    const none = await scanJson([own[0] ?? "", own[1] ?? "", "--policy", "mdi-readiness"]);
    for (const some of [result, both, none]) {
      expect(validate(some), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
      expectSarif((await loadReporter("sarif")).render(some, { color: false }), some);
      expectHtml((await loadReporter("html")).render(some, { color: false }));
    }
    expect(none.findings.every(({ verdict }) => verdict === "unknown" || verdict === "not-applicable")).toBe(
      true,
    );
    expect(none.summary.exitCode).toBe(3);
  });

  it("stays open, with the commands, where only the export for the pack mdi is there", async () => {
    const poor = await scanJson(own);
    expect(poor.summary.exitCode).toBe(3);
    const gap = poor.coverage.gaps.find(({ code }) => code === "readiness-undecided");
    for (const word of ["msKds-ProvRootKey", "Deleted Objects", "MAMCAQ8=", "ADFS"])
      expect(gap?.remedy).toContain(word);
    expect(gap?.remedy).toContain("DC=corp,DC=example");
    expect(poor.coverage.gaps.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["no-service-account", "no-honeytokens"]),
    );
  });

  it("lists what only the portal shows", () => {
    const limits = result.coverage.limits.join("\n");
    for (const word of ["tags", "Exclusions", "Notifications"]) expect(limits).toContain(word);
  });

  it("is the same without a clock, but for what hangs on time", async () => {
    const timed = whole.filter((argument) => argument !== "--as-of" && argument !== "2026-01-02");
    const still = await scanJson([...timed, "--deterministic"]);
    const differing = still.findings.flatMap(({ rule, verdict }, index) =>
      verdict === result.findings[index]?.verdict ? [] : [rule],
    );
    expect([...new Set(differing)].toSorted()).toEqual([
      "mdi-readiness.honeytoken-dormant",
      "mdi-readiness.kds-root-key",
      "mdi-readiness.service-account-password-time",
    ]);
  });
});

describe("the command line", () => {
  it.each([
    [["--as-of", "2026-02-30"], "is no date"],
    [["--as-of", "yesterday"], "is no date"],
    [["--honeytokens", "no-such-file"], "no such file"],
  ])("refuses %j", async (argv, text) => {
    const { code, stderr } = await runCli([...own, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });

  it("refuses to name accounts that no pack asks about", async () => {
    const { code, stderr } = await runCli([...own.slice(0, 4), "--service-account", "x"]);
    expect(code).toBe(2);
    expect(stderr).toContain("mdi-readiness");
  });
});
