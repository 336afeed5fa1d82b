import { expect, it } from "vitest";
import { isOlder } from "../../scripts/steps/project.mjs";

it.each([
  ["20.19.0", "20.19", false],
  ["20.20.2", "20.19", false],
  ["24.1.0", "20.19", false],
  ["100.0.0", "20.19", false],
  ["20.9.0", "20.19", true],
  ["18.20.8", "20.19", true],
])("Node %s is older than %s: %s", (version, wanted, older) => {
  expect(isOlder(version, wanted)).toBe(older);
});
