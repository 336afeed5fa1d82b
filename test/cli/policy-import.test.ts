import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { utf8 } from "../util/bytes.ts";
import { runCli } from "../util/cli.ts";
import { validPack } from "../util/packs.ts";
import { dword, pregFile, sz } from "../util/preg-writer.ts";
import { repoPath } from "../util/run.ts";
import { utf16Bom } from "../util/utf16.ts";
import { writeZip } from "../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-import-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
const inTemp = { cwd: temp };
const backup = repoPath("test/fixtures/what-if/new-and-delivered");

function file(name: string, content: string | Uint8Array): string {
  const path = join(temp, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return name;
}

const run = (...args: readonly string[]) => runCli(["policy", "import", ...args], inTemp);
const idsOf = (text: string) => validPack(text).requirements.map(({ id }) => id);

describe("policy import", () => {
  it.each(["pack.json", "folder/pack.yaml"])("of a backup into %s, which that backup meets", async (out) => {
    const { code, stdout, stderr } = await run(backup, "--name", "standard", "--out", out);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toBe(
      "gpolint: 'standard' has 1 requirement from 'New Audit, delivered' {c0000000-0000-4000-8000-000000000006}\n",
    );
    expect(await runCli(["policy", "check", out], inTemp)).toMatchObject({ code: 0 });
    const link = ["--as-if-linked", "dc-ou", "--assume", "no-other-gpos"];
    const scan = ["scan", backup, ...link, "--policy"];
    expect(await runCli([...scan, out], inTemp)).toMatchObject({ code: 0, stderr: "" });

    const text = readFileSync(join(temp, out), "utf8");
    const changed = file(`changed-${out.replace("/", "-")}`, text.replace("success and failure", "failure"));
    const { code: failed, stdout: json } = await runCli([...scan, changed, "--format", "json"], inTemp);
    expect(failed).toBe(1);
    expect(JSON.parse(json)).toMatchObject({ findings: [{ verdict: "fail" }] });
  });

  it("prints JSON, the same each time", async () => {
    const [one, other] = [await run(backup), await run(backup)];
    expect(one).toEqual(other);
    expect(JSON.parse(one.stdout)).toMatchObject({
      $schema: expect.stringMatching(/pack\.schema\.json$/),
      name: "new-audit-delivered",
      requirements: [{ severity: "high", expect: { operator: "audit-exactly" } }],
    });
  });

  it("of a SYSVOL folder with several GPOs, one of them", async () => {
    const sysvol = repoPath("examples/corp.example/sysvol");
    const all = await run(sysvol, "--out", "none.json");
    expect(all).toMatchObject({ code: 2, stdout: "" });
    expect(all.stderr).toMatch(
      /^gpolint: cannot import .* differently .*: pick one with --gpo GUID or NAME\n$/,
    );
    expect(() => readFileSync(join(temp, "none.json"))).toThrow("ENOENT");
    const one = await run(sysvol, "--gpo", "{7719D6D6-8C68-41EE-9D8E-30A63F114464}");
    expect(one.code).toBe(0);
    const name = "gpo-7719d6d6-8c68-41ee-9d8e-30a63f114464";
    expect(idsOf(one.stdout)).toEqual([
      `${name}.distribution-group-management`,
      `${name}.lsa-scenoapplylegacyauditpolicy`,
    ]);
    // The folder does not say of when it is.
    expect(validPack(one.stdout).date).toBe("2026-01-02");
  });

  it("tells what it leaves out, a line a reason", async () => {
    const guid = "{AAAAAAAA-0000-4000-8000-000000000009}";
    const template =
      '[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature="$CHICAGO$"\r\nRevision=1\r\n' +
      "[System Access]\r\nLockoutBadCount = 5\r\nMinimumPasswordLength = 14\r\n" +
      "[Registry Values]\r\nMACHINE\\A\\List=7,a,b\r\n[Privilege Rights]\r\nSeDebugPrivilege = CORP\\svc\r\n";
    file(`own/${guid}/GPT.INI`, "[General]\r\nVersion=1\r\n");
    file(`own/${guid}/Machine/Registry.pol`, pregFile(dword("A", "N", 1), sz("A", "E", "")));
    file(`own/${guid}/Machine/Microsoft/Windows NT/SecEdit/GptTmpl.inf`, utf16Bom(template));
    file(`own/${guid}/User/Registry.pol`, pregFile(dword("A", "N", 1)));
    const { code, stdout, stderr } = await run("own");
    expect(code).toBe(3);
    expect(idsOf(stdout)).toEqual(["gpo-aaaaaaaa-0000-4000-8000-000000000009.a-n"]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "gpolint: not imported: no pack asks for such settings: [System Access], 2 rows; settings of users, 1 row",
      expect.stringMatching(
        /^gpolint: not imported: packs cannot ask for an empty text: HKLM\\a\\e \(.*Registry\.pol@\d+\)$/,
      ),
      expect.stringMatching(
        /^gpolint: not imported: packs cannot ask for REG_MULTI_SZ: HKLM\\a\\list \(.*GptTmpl\.inf:10\)$/,
      ),
      expect.stringMatching(
        /^gpolint: not imported: the account 'CORP\\svc' has no SID there.*: Debug programs \(/,
      ),
      expect.stringMatching(
        /^gpolint: 'gpo-aaaaaaaa.*' has 1 requirement from GPO \{aaaaaaaa.*\}; not imported: 5, listed above$/,
      ),
    ]);
  });

  it("says what no computer would get wherever the GPO is linked", async () => {
    const { stderr } = await run(repoPath("test/fixtures/what-if/extension-not-listed"));
    expect(stderr).toMatch(/^gpolint: note: Its audit\.csv is not delivered wherever it is linked: .*\n/m);
  });

  it.each([
    [["no-such-folder"], 2, /cannot read SOURCE 'no-such-folder': no such file or folder/],
    [[backup, "--name", "Not Kebab"], 2, /--name 'Not Kebab' is no name of a pack/],
    [[backup, "--name", "a", "--name", "b"], 2, /--name can be given only once/],
    [[backup, "--gpo", "none"], 2, /there is no GPO 'none'; there are 'New Audit, delivered'/],
    [[repoPath("docs")], 3, /nothing to import: '.*docs' holds no GPO that can be read/],
    [[], 2, /not enough/i],
  ])("%j ends with %i", async (args, code, message) => {
    const found = await run(...args);
    expect(found).toMatchObject({ code, stdout: "" });
    expect(found.stderr).toMatch(message);
  });
});

const row = (name: string, data: string, policy: string) =>
  `<ComputerConfig><Key>Software\\A</Key><Value>${name}</Value><RegType>REG_DWORD</RegType><RegData>${data}</RegData><PolicyName>${policy}</PolicyName></ComputerConfig>`;
const rules = (...rows: readonly string[]) => `<PolicyRules>\n${rows.join("\n")}\n</PolicyRules>\n`;
const audit =
  "<AuditSubcategory><GUID>{0CCE923F-69AE-11D9-BED3-505054503030}</GUID><Name>Credential Validation</Name><Setting>3</Setting><PolicyName>DC</PolicyName></AuditSubcategory>";
const right =
  '<SecurityTemplate Section="Privilege Rights"><LineItem>SeDebugPrivilege = *S-1-5-32-544</LineItem><PolicyName>DC</PolicyName></SecurityTemplate>';
const size =
  '<SecurityTemplate Section="Security Log"><LineItem>MaximumLogSize = 196608</LineItem><PolicyName>DC</PolicyName></SecurityTemplate>';

describe("policy import of Policy Analyzer rules", () => {
  it("makes a requirement of each row, whatever the file is called", async () => {
    file("dc.xml", utf16Bom(rules(row("N", "1", "DC"), audit, right, size)));
    const { code, stdout, stderr } = await run("dc.xml");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^gpolint: 'dc' has 5 requirements from 'DC' /),
    });
    expect(validPack(stdout).requirements).toMatchObject([
      { id: "dc.credential-validation", expect: { operator: "audit-exactly", value: 3 } },
      { id: "dc.security-log-size", expect: { operator: "log-size-at-least", value: 196608 } },
      { id: "dc.a-n", expect: { operator: "dword-any-of", values: [1] } },
      { id: "dc.debug-programs", expect: { operator: "right-includes", values: ["S-1-5-32-544"] } },
      { id: "dc.debug-programs-nobody-else", expect: { operator: "right-only", values: ["S-1-5-32-544"] } },
    ]);
  });

  it("keeps policies apart", async () => {
    file("two.PolicyRules", rules(row("N", "1", "DC"), row("N", "2", "Member")));
    expect(await run("two.PolicyRules")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /'DC' \{.*\} and 'Member' \{.*\} set 'HKLM\\software\\a\\n' differently: pick one/,
      ),
    });
    const { code, stdout } = await run("two.PolicyRules", "--gpo", "member");
    expect(code).toBe(0);
    expect(validPack(stdout).requirements).toMatchObject([{ id: "member.a-n", expect: { values: [2] } }]);
    file("agree.PolicyRules", rules(row("N", "1", "DC"), row("N", "1", "Member"), row("M", "1", "Member")));
    const agree = await run("agree.PolicyRules", "--name", "both");
    expect(agree.code).toBe(0);
    expect(agree.stderr).toMatch(/2 GPOs that agree: 'DC' \{.*\}, 'Member' \{/);
    expect(idsOf(agree.stdout)).toEqual(["both.a-m", "both.a-n"]);
  });

  it("tells rows that it does not understand, with their lines", async () => {
    file("odd.PolicyRules", rules(row("N", "1", "A"), row("M", "x", "A"), "<Odd/>", "<UserConfig/>"));
    const { code, stdout, stderr } = await run("odd.PolicyRules", "--name", "odd");
    expect(code).toBe(3);
    expect(idsOf(stdout)).toEqual(["odd.a-n"]);
    expect(stderr).toMatch(/odd\.PolicyRules:3: row of Policy Analyzer rules that cannot be used: /);
    expect(stderr).toMatch(/odd\.PolicyRules:4: unknown element in Policy Analyzer rules: not imported: Odd/);
    expect(stderr).toMatch(/no pack asks for such settings: <Odd>, 1 row; registry values of users, 1 row/);
    expect(stderr).toMatch(/not imported: its value is not certain: .*HKLM\\software\\a\\m/);
  });

  it.each([
    ["a document type", `<!-- --><PolicyRules><!DOCTYPE x></PolicyRules>`],
    ["a cut file", rules(row("N", "1", "A")).slice(0, -20)],
  ])("reads nothing of %s", async (_, text) => {
    file("bad.PolicyRules", text);
    expect(await run("bad.PolicyRules")).toMatchObject({ code: 3, stdout: "" });
  });

  it("writes nothing that a terminal would obey", async () => {
    file(
      "hostile.PolicyRules",
      rules(row("N", "1", "A&#x202e;&#x9b;"), row("&#x202e;", "x", "A&#x202e;&#x9b;")),
    );
    const { stderr } = await run("hostile.PolicyRules", "--name", "a");
    expect(stderr).toContain("\\u{202E}");
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("policy import of an archive", () => {
  it("is that of what is in it", async () => {
    const guid = "{AAAAAAAA-0000-4000-8000-000000000009}";
    const bytes = writeZip([
      { name: `${guid}/GPT.INI`, data: utf8("[General]\r\nVersion=1\r\n") },
      { name: `${guid}/Machine/Registry.pol`, data: pregFile(dword("A", "N", 1)) },
      { name: `${guid}/User/Registry.pol`, data: pregFile(dword("A", "N", 1)) },
    ]);
    file("gpo.zip", bytes);
    const { code, stdout, stderr } = await run("gpo.zip", "--name", "zipped");
    expect({ code, ids: idsOf(stdout) }).toEqual({ code: 3, ids: ["zipped.a-n"] });
    expect(stderr).toMatch(/settings of users, 1 row\n/);
  });
});
