import { describe, expect, it } from "vitest";
import { lookUpOf } from "../../../src/formats/readiness/look-ups.ts";
import type { SnapshotHeader } from "../../../src/formats/snapshot/snapshot-header.ts";

const header: SnapshotHeader = {
  collected: {
    time: null,
    server: "dc1.a.test",
    transport: "ldaps",
    certificate: "verified",
    account: "administrator",
    tool: "0.1.0",
  },
  domains: [{ dn: "DC=a,DC=test", name: "A.test", sid: null }],
  notCollected: [],
  problems: [],
  lookedUp: { names: ["svc"], principalNames: ["HTTP/x"] },
};

describe("what a snapshot was asked for", () => {
  it("counts as its header says", () => {
    expect(lookUpOf("a.gpodir.json", header)).toEqual({
      path: "a.gpodir.json",
      domains: new Set(["a.test"]),
      names: new Set(["svc"]),
      principalNames: new Set(["http/x"]),
      showsAll: true,
    });
  });

  it("is nothing where there was a problem, and hides attributes from a limited account", () => {
    const problems = [{ what: "named accounts", why: "the server is busy" }];
    const failed = lookUpOf("a", { ...header, problems });
    expect([failed.names.size, failed.principalNames.size]).toEqual([0, 0]);
    const collected = { ...header.collected, account: "limited" as const };
    expect(lookUpOf("a", { ...header, collected }).showsAll).toBe(false);
  });
});
