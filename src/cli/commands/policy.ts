import { comparePolicies } from "../../app/compare-policies.ts";
import { listBundledPacks, problemText } from "../../app/load-policy.ts";
import { visible } from "../../reporters/escape.ts";
import { renderPolicyDiffJson, renderPolicyDiffPretty } from "../../reporters/policy-diff.ts";
import { renderPolicyJson } from "../../reporters/policy-json.ts";
import { renderPolicyListJson, renderPolicyListPretty } from "../../reporters/policy-list.ts";
import { renderPolicyMarkdown } from "../../reporters/policy-markdown.ts";
import type { CliIo } from "../io.ts";
import { loadOne, loadPacks, requirePack } from "../packs.ts";

/** Says of each pack whether it is valid, and everything that is wrong where it is not. Returns the exit code. */
export function runPolicyCheck(io: CliIo, names: readonly string[]): number {
  let code = 0;
  for (const name of names) {
    const loaded = loadOne(io, name);
    if (loaded.ok) {
      const { requirements } = loaded.pack;
      const tests =
        loaded.testCount === 0 ? "no self-tests" : `${count(loaded.testCount, "self-test")} passed`;
      io.stdout.write(`${visible(name)}: valid, ${count(requirements.length, "requirement")}, ${tests}\n`);
      continue;
    }
    code = 2;
    if (loaded.problems.length === 0) io.stderr.write(`${visible(name)}: ${visible(loaded.problem)}\n`);
    for (const problem of loaded.problems) io.stderr.write(`${visible(problemText(problem))}\n`);
  }
  return code;
}

/** The packs that come with this program. */
export function runPolicyList(io: CliIo, format: string): number {
  const packs = loadPacks(io, listBundledPacks());
  io.stdout.write(format === "json" ? renderPolicyListJson(packs) : renderPolicyListPretty(packs));
  return 0;
}

/** One pack with everything that it inherits and that is worked out. */
export function runPolicyShow(io: CliIo, name: string, format: string): number {
  const pack = requirePack(io, name);
  io.stdout.write(format === "json" ? renderPolicyJson(pack) : renderPolicyMarkdown(pack));
  return 0;
}

/** Two packs held against each other. */
export function runPolicyDiff(io: CliIo, names: readonly [a: string, b: string], format: string): number {
  const comparison = comparePolicies(requirePack(io, names[0]), requirePack(io, names[1]));
  io.stdout.write(format === "json" ? renderPolicyDiffJson(comparison) : renderPolicyDiffPretty(comparison));
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
