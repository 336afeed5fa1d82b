import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Comparison } from "../../src/model/comparison.ts";
import { Quarters } from "../util/quarters.ts";

// Real scans of a domain that is edited in between.

const quarters = new Quarters();
beforeAll(async () => void (await quarters.scan("q1")));
beforeEach(() => quarters.reset());
afterAll(() => quarters.remove());

const gpo = (number: number): string =>
  `[LDAP://cn={C0000000-0000-4000-8000-00000000000${number}},cn=policies,cn=system,DC=corp,DC=example;`;

/** `DC1 rule: state: cause | cause`, for what is not as it was. */
async function changes(): Promise<string[]> {
  await quarters.scan("q2");
  const { stdout, stderr } = await quarters.run("compare", "q1.json", "q2.json", "--format", "json");
  if (stdout === "") throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as Comparison;
  return findings
    .filter(({ state }) => state !== "unchanged")
    .map(({ state, rule, targetName, causes }) => {
      const told = causes.map((cause) => cause.replace(/[0-9a-f]{12}\.\./g, "#"));
      return `${targetName ?? ""} ${rule.replace("mdi.", "")}: ${state}: ${told.join(" | ")}`;
    });
}

const auditChanged = "GPO 'Domain Controllers Audit': audit.csv changed (sha256 # -> #)";

describe("the cause of a change", () => {
  it("a file: the GPO whose row changed, and no other", async () => {
    quarters.audit(2, "Success and Failure,,3", "Success,,1");
    expect(await changes()).toEqual([`DC2 user-account-management: new: ${auditChanged}`]);
  });

  it("nothing, where the row says the same", async () => {
    quarters.audit(2, "Audit Security Group Management", "another name for it");
    expect(await changes()).toEqual([]);
  });

  it("a file: a row that is gone", async () => {
    quarters.audit(2, /,System,Audit User Account.*\r?\n/, "");
    expect(await changes()).toEqual([`DC2 user-account-management: new: ${auditChanged}`]);
  });

  it("a link that was added, and what it stands above", async () => {
    quarters.directory(`${gpo(3)}0]`, `${gpo(3)}0]${gpo(4)}0]`);
    const told = await changes();
    expect(told.length).toBeGreaterThan(0);
    for (const line of told)
      expect(line).toMatch(
        /^DC2 .*: changed: a link to GPO 'Munich' at OU=Berlin,OU=Domain Controllers,DC=corp,DC=example was added, above GPO '(Berlin|Domain Controllers Audit)'$/,
      );
  });

  it("a link that was removed", async () => {
    quarters.directory(`gPLink: ${gpo(3)}0]\n`, "");
    expect(await changes()).toEqual(
      ["computer-account-management", "computer-account-management-failure"].map(
        (rule) =>
          `DC2 ${rule}: new: the link to GPO 'Berlin' at OU=Berlin,OU=Domain Controllers,DC=corp,DC=example was removed`,
      ),
    );
  });

  it("a link that is enforced now, or disabled", async () => {
    quarters.directory(`${gpo(2)}0]`, `${gpo(2)}2]`);
    const link = "the link to GPO 'Domain Controllers Audit' at OU=Domain Controllers,DC=corp,DC=example";
    const passed = (name: string): string =>
      `${link} is enforced now | ${link} stands above the link to GPO '${name}' at OU=${name},OU=Domain Controllers,DC=corp,DC=example now`;
    expect(await changes()).toEqual([
      `DC1 user-account-management: changed: ${passed("Munich")}`,
      `DC2 computer-account-management: new: ${passed("Berlin")}`,
      `DC2 computer-account-management-failure: new: ${passed("Berlin")}`,
    ]);
    quarters.reset();
    quarters.directory(`${gpo(2)}0]`, `${gpo(2)}1]`);
    const told = await changes();
    expect(told.length).toBeGreaterThan(0);
    for (const line of told)
      expect(line).toContain(
        "GPO 'Domain Controllers Audit' does not apply now, by its link at OU=Domain Controllers",
      );
  });

  it("a computer that moved", async () => {
    quarters.directory(/CN=DC2,OU=Berlin,/g, "CN=DC2,OU=Munich,");
    const told = await changes();
    expect(told).toHaveLength(3);
    for (const line of told)
      expect(line).toContain(
        "'DC2' is CN=DC2,OU=Munich,OU=Domain Controllers,DC=corp,DC=example now, it was CN=DC2,OU=Berlin,OU=Domain Controllers,DC=corp,DC=example",
      );
  });

  it("something that leaves a GPO in doubt", async () => {
    quarters.directory(/(displayName: Berlin\n.*\n.*\nversionNumber: )3/, "$10");
    const told = await changes();
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toMatch(/^DC2 .*: lost: GPO 'Berlin'.*version/);
  });

  it("a GPO that a filter keeps out", async () => {
    quarters.directory(
      "displayName: Berlin\n",
      "displayName: Berlin\ngPCWQLFilter: [corp.example;{5EEDF00D-1234-4321-8765-0123456789AB};0]\n",
    );
    const told = await changes();
    expect(told.length).toBeGreaterThan(0);
    for (const line of told)
      expect(line).toMatch(/^DC2 .*: lost: GPO 'Berlin' may or may not apply now, by its link at OU=Berlin/);
  });
});

describe("the requirement, a waiver and the rest", () => {
  async function edited(edit: (finding: Record<string, unknown>) => object): Promise<readonly string[]> {
    const result = quarters.result("q1");
    const [first, ...rest] = result.findings;
    if (first === undefined) throw new Error("no finding");
    quarters.write("q2", { ...result, findings: [{ ...first, ...edit({ ...first }) }, ...rest] });
    const { stdout, stderr } = await quarters.run("compare", "q1.json", "q2.json", "--format", "json");
    if (stdout === "") throw new Error(stderr);
    const { findings } = JSON.parse(stdout) as Comparison;
    return findings.find(({ state }) => state !== "unchanged")?.causes ?? [];
  }

  it("another expectation or severity", async () => {
    expect(await edited(({ expected }) => ({ expected: `${String(expected)} or more` }))).toEqual([
      expect.stringMatching(/^the requirement is .* or more now, it was /),
    ]);
  });

  it("nothing to be seen is said too", async () => {
    expect(await edited(() => ({ actualText: "something else" }))).toEqual([
      "nothing in the two results shows why",
    ]);
  });
});
