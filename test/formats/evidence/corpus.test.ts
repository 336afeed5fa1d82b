import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseEvidence } from "../../../src/formats/evidence/parse-evidence.ts";
import { hasShared, sharedPath } from "../../util/shared.ts";

/** Published outputs of `auditpol /backup`, by the computer that wrote them. */
const backups = new Map([
  ["dsccommunity+AuditPolicyDsc/Tests/Unit/audit.csv", "BIRDSOFPRAY"],
  [
    "microsoft+BaselineManagement/_history/01044762fd95/DSCResourceModules/xAuditPolicy/Examples/test.csv",
    "ZACHAL-SERV",
  ],
]);

describe.runIf(hasShared("corpus", "evidence of published files"))("published files", () => {
  it.each([...backups])("%s was measured on %s", (path, host) => {
    const bytes = readFileSync(sharedPath(`corpus/${path}`));
    const { state, diagnostics } = parseEvidence(bytes, path);
    expect(state).toMatchObject({ kind: "auditpol csv", host, complete: true });
    expect(state.settings.size).toBe(59);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const lines = bytes.toString("utf8").split(/\r?\n/);
    for (const [key, { value, location, quote }] of state.settings) {
      expect(quote).toBe(lines[location.line - 1]);
      expect(quote.toLowerCase()).toContain(`{${key.slice("audit-subcategory/".length)}}`);
      expect(quote.endsWith(`,${String(value)}`)).toBe(true);
    }
  });

  it("of GPOs are no evidence", () => {
    const corpus = sharedPath("corpus");
    const policies = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((path) =>
      /DomainSysvol.*audit\.csv$/i.test(path),
    );
    expect(policies.length).toBeGreaterThan(20);
    for (const path of policies) {
      const { state } = parseEvidence(readFileSync(join(corpus, path)), path);
      const usable = [...state.settings.values()].filter(({ value }) => value !== null);
      if (state.host === null) expect(usable, path).toEqual([]);
    }
  });
});
