import { describe, expect, it } from "vitest";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { fitSections, maxMarkdownBytes } from "../../src/reporters/markdown-budget.ts";
import { markdownCode, markdownProse, markdownRow } from "../../src/reporters/markdown-text.ts";
import { markdownReporter } from "../../src/reporters/markdown.ts";
import { expectMarkdown, visibleText } from "../util/markdown-rules.ts";
import { hostileName } from "../util/sample-parts.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const render = (result: ScanResult): string => markdownReporter.render(result, { color: false });

describe("markdown", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ] as const)("%s: golden, and only our own markup", async (name, result) => {
    const text = render(result);
    expectMarkdown(text);
    await expect(text).toMatchFileSnapshot(`goldens/${name}.md`);
  });

  it("is cut at a row below 900 KiB, and says how much is missing", () => {
    const [first] = sampleResult.findings;
    if (first === undefined) throw new Error("empty sample");
    const findings = Array.from({ length: 30_000 }, (_, index): Finding => ({
      ...first,
      actualText: `value ${index}`,
    }));
    const text = render({ ...sampleResult, findings });
    expect(Buffer.byteLength(text)).toBeLessThan(maxMarkdownBytes);
    expect(Buffer.byteLength(text)).toBeGreaterThan(maxMarkdownBytes - 4096);
    const rows = text.split("\n").filter((line) => line.startsWith("| critical |"));
    const [, missing] = /\*\*(\d+) of 30000 rows of failures are missing here\*\*/.exec(text) ?? [];
    expect(rows.length + Number(missing)).toBe(30_000);
    // What is less than a failure stands behind it, and is told as missing too.
    expect(text).toContain("**2 of 2 gaps are missing here**");
    expect(text).toContain("### Basis");
    expectMarkdown(text);
  });

  it("shortens what one name could fill the summary with", () => {
    const [first] = sampleResult.findings;
    if (first === undefined) throw new Error("empty sample");
    const text = render({ ...sampleResult, findings: [{ ...first, actualText: "x".repeat(2_000_000) }] });
    expect(text.length).toBeLessThan(20_000);
    expect(text).toContain("xxx...");
  });
});

describe("fitSections", () => {
  const section = (rows: readonly string[]) => ({ head: ["# s"], rows, noun: "rows" });
  it("keeps everything that fits", () => {
    expect(fitSections(["a"], [section(["b"]), section(["c"])], ["d"], 1024)).toBe("a\n# s\nb\n# s\nc\nd\n");
  });
  it("leaves out whole rows from the end, and all that follow", () => {
    const text = fitSections(
      ["a"],
      [section(["b".repeat(700), "\u00e9".repeat(200)]), section(["c"])],
      ["d"],
      1024,
    );
    expect(text.split("\n").map((line) => line.slice(0, 45))).toEqual([
      "a", "# s", "**2 of 2 rows are missing here**", "# s", "**1 of 1 rows are missing here**", "d", "",
    ].flatMap((line) => (line.startsWith("**") ? ["", `${line}: the summary en`.slice(0, 45)] : [line]))); // prettier-ignore
    expect(Buffer.byteLength(text)).toBeLessThan(1024);
  });
});

const hostile = [
  "<script>alert(1)</script>",
  "<!-- x",
  "[x](http://evil.example)",
  "![x](http://evil.example/x.png)",
  "http://evil.example",
  "HTTPS://evil.example/a?b",
  "ftp://evil.example",
  "www.evil.example",
  "a@evil.example",
  "mailto:a@evil.example",
  "<http://evil.example>",
  "`code`",
  "``",
  "` `` `",
  "*bold* _it_ ~~no~~",
  "# title",
  "- item",
  "1. item",
  "+ x",
  "> quote",
  "a|b",
  "a\\|b",
  "a\\\\|b",
  "|",
  "\\",
  "&lt;b&gt; &#60;",
  "[^1]",
  "[ ] task",
  "$x$",
  ":smile:",
  "line\nbreak\r\n| x |",
  "---",
  "===",
  " ` ",
  hostileName,
];

describe("text from the input", () => {
  it.each(hostile)("%j is shown letter by letter, everywhere", (text) => {
    const shown = text.replace(
      /[\p{Cc}\p{Cf}]/gu,
      (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
    );
    for (const write of [markdownProse, markdownCode]) {
      for (const frame of [
        (inner: string) => inner,
        (inner: string) => `- ${inner}`,
        (inner: string) => `x ${inner} y`,
      ]) {
        const html = expectMarkdown(`${frame(write(text))}\n`);
        expect(visibleText(html)).toContain(shown.trim());
        expect(html).not.toMatch(/<(?:a|img|h\d|em|strong|del|blockquote|hr|input|script)\b/);
      }
      const table = expectMarkdown(
        [markdownRow(["A", "B"]), markdownRow(["---", "---"]), markdownRow([write(text), "end"]), ""].join(
          "\n",
        ),
      );
      expect(table).toContain("<td>end</td>");
      expect(visibleText(table)).toContain(shown.trim());
    }
  });

  it("leaves mentions and emoji apart, which GitHub makes after everything else", () => {
    expect(markdownProse("@admin #12 :tada:")).toBe("@<!-- -->admin #<!-- -->12 :<!-- -->tada:");
  });
});
