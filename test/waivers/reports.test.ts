import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import { loadReporter } from "../../src/reporters/registry.ts";
import type { ReporterId } from "../../src/reporters/registry.ts";
import { expectHtml } from "../util/html-rules.ts";
import { waivedResult } from "../util/waivers.ts";

const result = waivedResult();
beforeAll(() => void generateTemplates());

async function render(format: ReporterId, of: ScanResult = result): Promise<string> {
  return (await loadReporter(format)).render(of, { color: false });
}

describe("a result with waivers", () => {
  it("is valid against the published schema", async () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL("../../policies/schema/result.schema.json", import.meta.url), "utf8"),
    );
    const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const validate = ajv.compile(Object(schema));
    expect(validate(JSON.parse(await render("json"))), JSON.stringify(validate.errors)).toBe(true);
  });

  it("shows in the terminal what is waived, by whose word, and what counts again", async () => {
    const text = await render("pretty");
    const section = (title: string): string =>
      new RegExp(`\\n\\n${title}\\n([^]*?)\\n\\n`).exec(text)?.[1]?.replaceAll(/\s+/g, " ") ?? "";
    expect(section("Waived")).toContain(
      "'Credential Validation' is Success on 'DC1', expected Success and Failure",
    );
    expect(section("Waived")).toContain(
      "~ Waiver W-USED (approved by ciso@corp.example, ends 2026-12-10, RISK-7)",
    );
    expect(section("Failures")).toContain("~ Waiver W-EXPIRED does not hold: it expired on 2026-06-30");
    expect(section("Waivers")).toMatch(
      /^ 4 waivers: 1 in force, 1 unused, 1 does not hold, 1 expired; judged as of 2026-11-25 ! waiver W-EXPIRED/,
    );
    expect(text).toMatch(/, 1 waived,/);
  });

  it("shows in the page the register, what somebody must see to, and where it was read from", async () => {
    const page = await render("html");
    expectHtml(page);
    const text = page.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
    for (const words of [
      "error waiver W-EXPIRED (mdi.credential-validation) expired on 2026-06-30: 1 failure counts again",
      "W-USED compensating-control, ticket RISK-7, owner &lt;b&gt;team&lt;/b&gt; mdi.credential-validation target DC1",
      "In force 1 failure waived 2026-12-10 15 days left ciso@corp.example, 2026-11-01",
      "Expired 1 failure not accepted 2026-06-30 ended 148 days ago",
      "git revision origin/main (4b825dc642cb6eb9a060e54bf8d69288fbee4904)",
      "Waiver Waiver W-EXPIRED does not hold",
    ])
      expect(text).toContain(words);
    expect(page).toContain('href="#waivers"');
  });

  it("has no section of waivers where no register was given", async () => {
    const bare = { ...result, waivers: null, run: { ...result.run, waivers: [] } };
    expect(await render("html", bare)).not.toContain('id="waivers"');
    expect(await render("pretty", bare)).not.toContain("\nWaivers\n");
  });

  it.each(["pretty", "html", "sarif", "junit", "markdown", "csv", "gitlab"] as const)(
    "a hostile justification does nothing in %s",
    async (format) => {
      const text = await render(format);
      expect(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(text.replace(/^\uFEFF/, "").replaceAll(/[\r\n\t]/g, "")),
      ).toBeNull();
      if (format === "html" || format === "junit") expect(text).not.toContain("<script>");
    },
  );

  it("is in SARIF for GitHub no result where it is waived, and a notification where it counts again", async () => {
    const { runs } = JSON.parse(await render("sarif")) as {
      runs: {
        results: { ruleId: string; message: { text: string } }[];
        invocations: { toolExecutionNotifications: { message: { text: string } }[] }[];
      }[];
    };
    const own = runs[0]?.results.filter(({ ruleId }) => ruleId === "mdi.credential-validation") ?? [];
    expect(own.map(({ message }) => message.text).join("\n")).not.toContain("W-USED");
    expect(own.map(({ message }) => message.text).join("\n")).toContain("W-EXPIRED");
    expect(JSON.stringify(runs[0]?.invocations)).toContain(
      "waiver W-EXPIRED (mdi.credential-validation) expired on 2026-06-30",
    );
  });
});
