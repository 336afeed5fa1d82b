import { describe, expect, it } from "vitest";
import { whyNotAsked } from "../../src/checks/applies-to.ts";
import type { AppliesTo, ServerRole } from "../../src/model/requirement.ts";

type Role = "dc" | "rodc" | "member";

const appliesTo = (roles: readonly ServerRole[], ...operatingSystems: readonly string[]): AppliesTo => ({
  roles,
  operatingSystems,
});

describe("whom a requirement is asked of", () => {
  it.each<[readonly ServerRole[], Role, named: boolean, asked: boolean]>([
    [["dc", "rodc"], "dc", false, true],
    [["dc", "rodc"], "rodc", false, true],
    [["dc", "rodc"], "member", true, false],
    [["dc"], "rodc", true, false],
    [["rodc"], "dc", false, false],
    [["adfs"], "member", true, true],
    [["adcs"], "dc", true, true],
    [["entra-connect"], "dc", false, false],
    [["dc", "adcs"], "dc", false, true],
    [["dc", "adcs"], "rodc", false, false],
  ])("%j of a %s, named: %s: %s", (roles, role, isNamed, asked) => {
    const reason = whyNotAsked(appliesTo(roles), { role, operatingSystem: null }, isNamed);
    expect(reason === null, reason ?? "").toBe(asked);
  });

  it.each([
    [["2022"], "Windows Server 2022 Datacenter", true],
    [["2019", "2022"], "Windows Server 2022 Datacenter", true],
    [["windows server"], "Windows Server 2025 Standard", true],
    [["2019"], "Windows Server 2022 Datacenter", false],
    [["2019"], null, true],
    [[], "Windows Server 2022 Datacenter", true],
  ])("%j of %s: %s", (pieces, operatingSystem, asked) => {
    const reason = whyNotAsked(appliesTo(["dc"], ...pieces), { role: "dc", operatingSystem }, false);
    expect(reason === null, reason ?? "").toBe(asked);
  });

  it("says why not", () => {
    const dc = { role: "dc", operatingSystem: "Windows Server 2022" } as const;
    expect(whyNotAsked(appliesTo(["adfs", "adcs"]), dc, false)).toBe(
      "it is asked of AD FS servers and certification authorities, which the directory does not show: name them with --target",
    );
    expect(whyNotAsked(appliesTo(["dc"]), { ...dc, role: "member" }, true)).toBe(
      "it is asked of writable domain controllers, and this is no domain controller",
    );
    expect(whyNotAsked(appliesTo(["dc"], "2016", "2019"), dc, false)).toBe(
      "it is asked of 2016 and 2019, and this is Windows Server 2022",
    );
  });
});
