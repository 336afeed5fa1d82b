import { describe, expect, it } from "vitest";
import { whyInstall } from "../../scripts/steps/install.mjs";

const machine = { platform: "linux", arch: "x64" };
const lock = {
  "": { version: "0.1.0" },
  "node_modules/yargs": { version: "18.2.0" },
  "node_modules/a/node_modules/b": { version: "1.0.0", dev: true },
  "node_modules/native-linux": { version: "2.0.0", optional: true, os: ["linux"], cpu: ["x64"] },
  "node_modules/native-musl": {
    version: "2.0.0",
    optional: true,
    os: ["linux"],
    cpu: ["x64"],
    libc: ["musl"],
  },
  "node_modules/native-windows": { version: "2.0.0", optional: true, os: ["win32"], cpu: ["x64"] },
  "node_modules/nicety": { version: "3.0.0", optional: true },
};
const complete = {
  "node_modules/yargs": { version: "18.2.0" },
  "node_modules/a/node_modules/b": { version: "1.0.0" },
  "node_modules/native-linux": { version: "2.0.0" },
};

describe("npm start and npm test install", () => {
  it.each([
    ["on a fresh clone", null, "first run"],
    [
      "where a package is missing",
      { ...complete, "node_modules/a/node_modules/b": undefined },
      "b 1.0.0 is not there",
    ],
    [
      "where the lock wants another version",
      { ...complete, "node_modules/yargs": { version: "18.1.0" } },
      "yargs 18.2.0 is not there",
    ],
    [
      "where node_modules is another system's",
      { ...complete, "node_modules/native-linux": undefined },
      "native-linux 2.0.0 is not there",
    ],
    [
      "where an optional package is too old",
      { ...complete, "node_modules/nicety": { version: "2.9.9" } },
      "nicety 3.0.0 is not there",
    ],
  ])("%s", (_, installed, why) => {
    expect(whyInstall(lock, installed, machine)).toBe(why);
  });

  it("nothing where everything that this machine can use is there", () => {
    expect(whyInstall(lock, complete, machine)).toBeNull();
  });
});
