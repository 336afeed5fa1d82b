import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../util/cli.ts";
import type { Finding, ScanResult } from "../../src/model/result.ts";

const readme = readFileSync(new URL("../../examples/corp.example/README.md", import.meta.url), "utf8");

/** The table of README.md that starts with a header cell: one list of cells a row. */
function readTable(firstCell: string): string[][] {
  const [, rest] = readme.split(`\n| ${firstCell} |`);
  const lines = `| ${firstCell} |${rest?.split("\n\n")[0] ?? ""}`.split("\n");
  return lines.filter((line) => !line.startsWith("|---")).map((line) => line.slice(2, -2).split(" | "));
}

const [header = [], ...rows] = readTable("required");
const names = header.slice(1);
const countRow = rows.pop() ?? [];
const cells = rows.flatMap(([label = "", ...values]) =>
  values.map((cell, column): [string, string, string] => [label, names[column] ?? "", cell]),
);

const words: Readonly<Record<string, string>> = {
  "S+F": "Success and Failure",
  S: "Success",
  F: "Failure",
  none: "No Auditing",
};
const winners: Readonly<Record<string, string>> = {
  B: "ca96e1d5",
  M: "e12d56a9",
  N: "7a9fba8f",
  S: "fa134c85",
  E: "9419c0d2",
};

let code = -1;
let result: ScanResult;

beforeAll(async () => {
  const run = await runCli([
    "scan",
    "examples/corp.example/sysvol",
    "--directory",
    "examples/corp.example/directory.ldif",
    "--format",
    "json",
  ]);
  code = run.code;
  // The schema of the result is checked elsewhere.
  result = JSON.parse(run.stdout) as ScanResult;
});

/** The findings of one computer for the setting in the first cell of a row: the rule itself, then its low half. */
function findingsOf(computer: string, label: string): readonly Finding[] {
  const setting = label.replace(/ (S\+F|[\d or]+)$/, "");
  const dn = result.targets.find((target) => target.name === computer)?.dn;
  const rules = result.rules
    .filter((rule) => rule.settingName === setting || rule.setting?.endsWith(`\\${setting.toLowerCase()}`))
    .map((rule) => rule.id);
  return result.findings
    .filter((finding) => finding.target === dn && rules.includes(finding.rule))
    .toSorted((a, b) => Number(a.severity === "low") - Number(b.severity === "low"));
}

describe("the story of the example is what scan says", () => {
  it("tells of every requirement and every computer", () => {
    expect(code).toBe(3);
    expect(cells).toHaveLength(76);
    const told = cells.flatMap(([label, name]) => findingsOf(name, label));
    const judged = result.findings.filter((finding) => finding.verdict !== "not-applicable");
    expect(new Set(told)).toEqual(new Set(judged));
  });

  it.each(cells)("%s on %s: %s", (label, name, cell) => {
    const [whole, lowHalf] = findingsOf(name, label);
    const value = cell.replace(/\*\*|,.*| \(.\)/g, "");
    const isBold = cell.startsWith("**");
    const winner = /\((.)\)/.exec(cell)?.[1];
    expect({
      verdict: whole?.verdict,
      lowHalf: lowHalf?.verdict,
      value: /^\d$/.test(value) ? String(whole?.actual) : whole?.actualText,
      winner: value === "unknown" ? undefined : whole?.gpo?.slice(0, 8),
    }).toEqual({
      verdict: value === "unknown" ? "unknown" : isBold ? "fail" : "pass",
      lowHalf: lowHalf && (isBold || cell.endsWith("*low*") ? "fail" : "pass"),
      value: words[value] ?? value,
      winner: winner && winners[winner],
    });
  });

  it("counts right", () => {
    const told = countRow.slice(1);
    const counted = names.map((name) => {
      const counts = result.targets.find((target) => target.name === name)?.counts;
      return (["pass", "fail", "unknown"] as const)
        .filter((verdict) => (counts?.[verdict] ?? 0) > 0)
        .map((verdict) => `${counts?.[verdict]} ${verdict}`)
        .join(", ");
    });
    expect(counted).toEqual(told);
  });
});
