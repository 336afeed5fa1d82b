import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { noProposals } from "../../src/app/apply-proposals.ts";
import { describeEvent, eventTargets } from "../../src/app/events.ts";
import { anyOf } from "../../src/checks/event-gates.ts";
import type { EventTarget, Written } from "../../src/model/event-result.ts";
import type { Gpc } from "../../src/model/gpo.ts";
import type { GptPart, Write } from "../../src/model/setting.ts";
import {
  auditCategoryKey,
  auditSubcategoryKey,
  registryValueKey,
  sceNoApplyLegacyKey,
} from "../../src/model/setting.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import type { Inputs } from "../../src/sources/read-inputs.ts";
import { readInputs } from "../../src/sources/read-inputs.ts";
import {
  audit,
  credentialValidation,
  dc,
  dcOu,
  domainDn,
  gpc,
  gpt,
  link,
  logon,
  makeDomain,
  part,
  registry,
  siteDn,
  som,
} from "../util/domain.ts";
import { noAssumptions } from "../util/engine.ts";
import { guidTail } from "../util/subcategories.ts";

const subcategory = (head: string): string => auditSubcategoryKey(`0cce92${head}${guidTail}`);
const ntlm = registryValueKey(
  "system\\currentcontrolset\\services\\netlogon\\parameters",
  "auditntlmindomain",
);
const channel = registryValueKey(
  "software\\microsoft\\windows\\currentversion\\winevt\\channels\\microsoft-windows-ntlm/operational",
  "enabled",
);

interface Own {
  readonly parts: readonly GptPart[];
  readonly gpc?: Partial<Gpc>;
}

const sysvol = fileURLToPath(new URL("../../examples/corp.example/sysvol", import.meta.url)).replaceAll(
  "\\",
  "/",
);
const empty = readInputs(fsVfs, { paths: [sysvol], directoryFiles: [], root: sysvol });

/** The one DC of a domain with these GPOs on its OU, the strongest first. */
function onDc(id: number, ...gpos: readonly Own[]): EventTarget {
  const { inventory } = makeDomain({
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", []),
      som(dcOu, "ou", gpos.map((_, index) => link(index + 1)).reverse()),
    ],
    gpcs: gpos.map((own, index) => gpc(index + 1, own.gpc ?? {})),
    gpts: gpos.map((own, index) => gpt(index + 1, own.parts)),
  });
  const inputs: Inputs = { ...empty, inventory };
  const computers = [dc("DC1")];
  const [target] =
    eventTargets(id, inputs, { computers, engine: noAssumptions, proposals: noProposals }) ?? [];
  if (target === undefined) throw new Error("the domain has no computer");
  return target;
}

const rows = (...writes: readonly Write[]): Own => ({ parts: [part("audit.csv", writes)] });
const template = (...writes: readonly Write[]): Own => ({ parts: [part("GptTmpl.inf", writes)] });
const filtered: Partial<Gpc> = { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } };

describe("whether an event is written", () => {
  const accounts = auditCategoryKey("AuditAccountLogon");
  const table: readonly (readonly [string, number, readonly Own[], Written])[] = [
    ["both sides audited", 4776, [rows(audit(credentialValidation, 3))], "yes"],
    ["one side of an event that has two", 4776, [rows(audit(credentialValidation, 2))], "partly"],
    ["audited as No Auditing", 4776, [rows(audit(credentialValidation, 0))], "no"],
    ["cleared by an audit.csv without it", 4776, [rows(audit(logon, 3))], "no"],
    ["no GPO says anything: local policy may", 4776, [{ parts: [] }], "unknown"],
    ["the right side", 4624, [rows(audit(logon, 1))], "yes"],
    ["the wrong side", 4624, [rows(audit(logon, 2))], "no"],
    ["one of two subcategories", 4625, [rows(audit(logon, 2))], "partly"],
    ["both subcategories", 4625, [rows(audit(logon, 2), audit(subcategory("17"), 3))], "yes"],
    ["by its legacy category", 4776, [template(audit(accounts, 3), registry(sceNoApplyLegacyKey, 0))], "yes"],
    ["by a legacy category that may be ignored", 4776, [template(audit(accounts, 3))], "unknown"],
    [
      "by a legacy category that is ignored",
      4776,
      [template(audit(accounts, 3), registry(sceNoApplyLegacyKey, 1))],
      "unknown",
    ],
    [
      "an undecided GPO may take it away",
      4776,
      [{ ...rows(audit(credentialValidation, 0)), gpc: filtered }, rows(audit(credentialValidation, 3))],
      "unknown",
    ],
    [
      "an undecided GPO may take half of it",
      4776,
      [{ ...rows(audit(credentialValidation, 1)), gpc: filtered }, rows(audit(credentialValidation, 3))],
      "partly",
    ],
    [
      "an undecided GPO says the same",
      4776,
      [{ ...rows(audit(credentialValidation, 3)), gpc: filtered }, rows(audit(credentialValidation, 3))],
      "yes",
    ],
    ["open, but a SACL must ask for it", 4662, [rows(audit(subcategory("3b"), 3))], "unknown"],
    ["shut, whatever the SACL says", 4662, [rows(audit(subcategory("3b"), 0))], "no"],
    ["open without the second gate", 4658, [rows(audit(subcategory("45"), 1))], "no"],
    ["side not documented, one audited", 4870, [rows(audit(subcategory("21"), 1))], "unknown"],
    ["whatever the subcategory says", 4719, [rows(audit(subcategory("2f"), 0))], "yes"],
    ["gated by nothing", 7045, [rows(audit(subcategory("11"), 0))], "yes"],
    ["registry value and log", 8004, [template(registry(ntlm, 7), registry(channel, 1))], "yes"],
    ["registry value for a part", 8004, [template(registry(ntlm, 3), registry(channel, 1))], "partly"],
    ["registry value off", 8004, [template(registry(ntlm, 0))], "no"],
    ["registry value of another type", 8004, [template(registry(ntlm, "7", 1))], "no"],
    [
      "registry value that no document explains",
      8004,
      [template(registry(ntlm, 2), registry(channel, 1))],
      "unknown",
    ],
    ["log switched off", 8004, [template(registry(ntlm, 7), registry(channel, 0))], "no"],
    ["log that no GPO speaks of: on by default", 8004, [template(registry(ntlm, 7))], "yes"],
    ["log with an unusable value", 8004, [template(registry(ntlm, 7), registry(channel, "1", 1))], "unknown"],
    [
      "sources that contradict each other",
      8003,
      [template(registry(ntlm, 7), registry(channel, 1))],
      "unknown",
    ],
    ["no page names it", 4820, [rows(audit(subcategory("42"), 3))], "unknown"],
  ];

  it.each(table)("%s: %i", (_name, id, gpos, written) => {
    expect(onDc(id, ...gpos).written).toBe(written);
  });

  it("names value, winner and row, and both ways where it is open", () => {
    const [gate] = onDc(4776, rows(audit(credentialValidation, 1))).producers[0]?.gates ?? [];
    expect(gate).toMatchObject({
      name: "Credential Validation",
      value: 1,
      valueText: "Success",
      gpoName: "GPO 1",
      location: { path: "directory.ldif", line: 1 },
      reasons: [],
    });
    const open = onDc(
      4776,
      { ...rows(audit(credentialValidation, 0)), gpc: filtered },
      rows(audit(credentialValidation, 3)),
    );
    expect(open.producers[0]?.gates[0]?.value).toBeNull();
    expect(open.producers[0]?.gates[0]?.reasons).toEqual([
      expect.stringMatching(/^it may end as Success and Failure if GPO 'GPO 1' does not apply/),
      expect.stringMatching(/^it may end as No Auditing if GPO 'GPO 1' applies/),
    ]);
  });

  it("shows the size of the log where a GPO sets it", () => {
    const size = registryValueKey("software\\policies\\microsoft\\windows\\eventlog\\security", "maxsize");
    const sized = (...gpos: readonly Own[]) => onDc(4776, ...gpos).producers[0]?.logSize;
    const big = { parts: [part("registry.pol", [registry(size, 1_048_576)])] };
    const small = { parts: [part("registry.pol", [registry(size, 20_480)])], gpc: filtered };
    expect(sized(big)).toBe(1_048_576);
    expect(sized(rows())).toBeNull();
    expect(sized(small, big)).toBeNull();
  });

  it("is never so where no computer stands behind the object", () => {
    const { inventory } = makeDomain({ soms: [], gpcs: [], gpts: [] });
    const computers = [dc("AzureADKerberos", dcOu, { dnsHostName: null })];
    const request = {
      computers,
      engine: { ...noAssumptions, assumeNoSiteLinks: true },
      proposals: noProposals,
    };
    const directory = inventory.directory === null ? null : { ...inventory.directory, servers: new Map() };
    const [target] = eventTargets(4776, { ...empty, inventory: { ...inventory, directory } }, request) ?? [];
    expect(target).toMatchObject({ written: "no", producers: [] });
    expect(target?.notApplicable).toContain("no computer stands behind it");
  });

  it("is not asked without directory data", () => {
    const request = { computers: [], engine: noAssumptions, proposals: noProposals };
    expect(eventTargets(4776, empty, request)).toBeNull();
  });
});

describe("several ways to write one event", () => {
  it.each<[readonly Written[], Written]>([
    [["yes", "yes"], "yes"],
    [["no", "no"], "no"],
    [["yes", "no"], "partly"],
    [["partly", "unknown"], "partly"],
    [["no", "unknown"], "unknown"],
    [[], "unknown"],
  ])("%j come to %s", (producers, written) => {
    expect(anyOf(producers)).toBe(written);
  });
});

describe("the description of an event", () => {
  it("names every gate with what opens it", () => {
    const gates = (id: number) =>
      describeEvent(id, [], null).producers.map((producer) =>
        producer.gates.map(({ name, opens }) => `${name}: ${opens}`),
      );
    expect(gates(4624)).toEqual([["Logon: success"]]);
    expect(gates(4662)).toEqual([["Directory Service Access: success and failure, each for its own half"]]);
    expect(gates(7045)).toEqual([[]]);
    expect(gates(8004)).toEqual([
      [
        "Network security: Restrict NTLM: Audit NTLM authentication in this domain: 7; for a part of it: 1, 3, 5; without the value: off",
        "log Microsoft-Windows-NTLM/Operational: enabled: 1; by default the log is on",
      ],
    ]);
    expect(gates(1103)).toEqual([["WarningLevel of the Security log: 1 to 99; without the value: off"]]);
    expect(gates(4658)).toHaveLength(5);
  });

  it("tells techniques by subcategory", () => {
    expect(describeEvent(4776, [], null).techniques).toEqual([
      {
        subcategory: `0cce923f${guidTail}`,
        techniques: expect.arrayContaining([{ id: "T1110", rules: 2 }]),
      },
    ]);
    expect(describeEvent(8004, [], null).techniques).toEqual([]);
  });
});
