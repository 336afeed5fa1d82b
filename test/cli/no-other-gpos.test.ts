import { describe, expect, it } from "vitest";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";

const proposed = repoPath("test/fixtures/what-if/new-and-delivered");
const assume = ["--assume", "no-other-gpos"];

describe("--assume no-other-gpos", () => {
  it("judges GPOs on a stand-in, and says so", async () => {
    const run = await runCli(["scan", proposed, "--as-if-linked", "dc-ou", ...assume, "--format", "json"]);
    const result: unknown = JSON.parse(run.stdout);
    expect(result).toMatchObject({
      run: { assumptions: ["no-other-gpos"] },
      targets: [{ name: "any domain controller", domain: "corp.example", site: null, gaps: [] }],
      coverage: {
        limits: expect.arrayContaining([expect.stringContaining("as assumed by hand, no others")]),
      },
      summary: { counts: { unknown: 0 } },
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: "mdi.distribution-group-management", verdict: "pass" }),
      ]),
    });
    expect(run.code).toBe(1);
  });

  it.each([
    [[proposed, ...assume], "say where they are linked"],
    [
      [proposed, ...assume, "--as-if-linked", "CN=HQ,CN=Sites,CN=Configuration,DC=corp,DC=example"],
      "not a site",
    ],
    [
      [proposed, ...assume, "--as-if-linked", "dc-ou", "--directory", "examples/corp.example/directory.ldif"],
      "leave it out where directory data shows",
    ],
    [[proposed, ...assume, "--as-if-linked", "dc-ou", "--overlay", proposed], "not as --overlay"],
  ])("%j is refused", async (args, text) => {
    const run = await runCli(["scan", ...args]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(text);
  });

  it("an OU named by its DN", async () => {
    const som = "OU=Berlin,OU=Domain Controllers,DC=other,DC=example";
    const run = await runCli(["effective", proposed, "--as-if-linked", som, ...assume, "--format", "json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({
      targets: [
        { dn: `CN=any domain controller,${som}`, gpos: [{ state: "applied", domain: "other.example", som }] },
      ],
    });
    expect(run.code).toBe(0);
  });
});
