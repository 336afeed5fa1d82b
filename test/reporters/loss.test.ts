import { describe, expect, it } from "vitest";
import type { FindingLoss, ScanResult } from "../../src/model/result.ts";
import { lossLabel, lossText, sharedLoss } from "../../src/reporters/loss-words.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { finding } from "../util/sample-findings.ts";
import { sampleResult } from "../util/sample-result.ts";
import { expectSarif } from "../util/sarif-rules.ts";

const loss: FindingLoss = {
  events: [4776],
  partly: [],
  detections: [],
  techniques: [],
  certain: true,
};

describe("what is lost, in words", () => {
  it.each<[Partial<FindingLoss>, string]>([
    [{}, "event 4776"],
    [{ events: [4728, 4776], partly: [4776] }, "events 4728, 4776 (in part)"],
    [{ detections: ["brute force"] }, "event 4776; detection: brute force"],
    [{ detections: ["a", "b"], techniques: ["T1098"] }, "event 4776; ATT&CK T1098; detections: a; b"],
    [{ partly: [4776], detections: ["a"] }, "event 4776 (in part); detection affected: a"],
  ])("%j", (values, text) => {
    expect(lossText({ ...loss, ...values })).toBe(text);
  });

  it("leaves room for local policy where no GPO says anything", () => {
    expect(lossLabel(loss)).toBe("lost");
    expect(lossLabel({ ...loss, certain: false })).toBe("lost unless local policy has it");
  });
});

describe("findings told as one", () => {
  const one = finding(0, "DC1", "fail", { actual: 1, loss });
  const same = finding(0, "DC2", "fail", { actual: 1, loss: { ...loss } });
  const other = finding(0, "DC2", "fail", { actual: 1, loss: { ...loss, partly: [4776] } });

  it("share a loss only where it is the same for all of them", () => {
    expect(sharedLoss([one, same])).toEqual(loss);
    expect(sharedLoss([one, other])).toBeNull();
    expect(sharedLoss([])).toBeNull();
  });

  it("SARIF says what each target loses where they differ", () => {
    const result: ScanResult = { ...sampleResult, findings: [one, other] };
    const text = sarifReporter.render(result, { color: false });
    expectSarif(text, result);
    const [only] = JSON.parse(text).runs[0].results;
    expect(only.message.text).not.toContain("Lost");
    expect(only.properties.loss).toBeUndefined();
    expect(only.properties.targets.map((target: { loss?: unknown }) => target.loss)).toEqual([
      loss,
      { ...loss, partly: [4776] },
    ]);
  });
});
