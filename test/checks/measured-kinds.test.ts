import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameAccounts } from "../../src/checks/measured-accounts.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import { eventLogKey, eventLogSizeKey } from "../../src/model/event-logs.ts";
import type { SettingRequirement } from "../../src/model/requirement.ts";
import type { Finding } from "../../src/model/result.ts";
import type { GptPart, SettingKey, SettingValue, Write } from "../../src/model/setting.ts";
import { registryValueKey } from "../../src/model/setting.ts";
import { userRightKey } from "../../src/model/user-rights.ts";
import { part, registry } from "../util/domain.ts";
import { gpresult, regExport, regExports, requirementOf, seceditRows } from "../util/measured.ts";
import type { Gpo } from "../util/measured-target.ts";
import { compare, dc1 } from "../util/measured-target.ts";

type Row = readonly [
  title: string,
  gpos: readonly Gpo[],
  evidence: readonly Evidence[],
  /** Of each file: `text | verdict | agrees`. */
  rows: readonly string[],
  verdict: Finding["verdict"] | null,
];

const set = (key: SettingKey, value: SettingValue): Write => ({
  action: "set",
  key,
  value,
  type: null,
  alternatives: [],
  location: { path: "GptTmpl.inf", line: 1 },
  quote: key,
  doubt: null,
});
const inf = (...writes: readonly Write[]): readonly Gpo[] => [{ parts: [part("GptTmpl.inf", writes)] }];

function expectRows(requirement: SettingRequirement, [, gpos, evidence, rows, verdict]: Row): void {
  const { measured, own } = compare(requirement, dc1(...gpos), evidence);
  expect(measured.map((row) => `${row.text} | ${row.verdict} | ${row.agrees}`)).toEqual(rows);
  expect(own?.verdict ?? null).toBe(verdict);
  const verdicts = (own?.ways ?? []).map((way) => way.slice(0, way.indexOf(":")));
  expect(new Set(verdicts).size).toBe(own?.verdict === "unknown" ? 2 : 0);
}

describe("a user right", () => {
  const key = userRightKey("SeServiceLogonRight");
  const [localService, networkService, account] = ["S-1-5-19", "S-1-5-20", "S-1-5-21-1-2-3-1104"];
  const needs = requirementOf(
    key,
    "Log on as a service",
    { operator: "right-includes", values: [account] },
    `held by ${account}`,
  );
  const held = (...accounts: readonly string[]): readonly Gpo[] => inf(set(key, accounts));
  const file = (list: string): Evidence => seceditRows("Privilege Rights", [`SeServiceLogonRight = ${list}`]);
  const table: readonly Row[] = [
    ["the same", held(account, localService), [file(`*${account},*S-1-5-19`)], [`LOCAL SERVICE (S-1-5-19), ${account} | pass | true`], "pass"],
    ["in another order and another case", held(account, localService), [file(`*s-1-5-19,*${account.toLowerCase()}`)], [`LOCAL SERVICE (S-1-5-19), ${account} | pass | true`], "pass"],
    ["named as people know it", held(account, localService), [gpresult(key, ["local service", account])], [`'local service', ${account} | pass | true`], "pass"],
    ["named with its authority", held(account, localService), [gpresult(key, [account, "NT AUTHORITY\\LOCAL SERVICE"])], [`${account}, 'NT AUTHORITY\\LOCAL SERVICE' | pass | true`], "pass"],
    ["named by the GPO", held(account, "Network Service"), [file(`*${account},*${networkService}`)], [`NETWORK SERVICE (S-1-5-20), ${account} | pass | true`], "pass"],
    ["a name that may be the account", held(account), [gpresult(key, ["CORP\\svc-mdi$"])], ["'CORP\\svc-mdi$' | unknown | null"], "unknown"],
    ["a name of the GPO that may be the account", held("svc-mdi$"), [file(`*${account}`)], [`${account} | pass | null`], "unknown"],
    ["the same name in both", held("CORP\\svc-mdi$"), [gpresult(key, ["corp\\SVC-MDI$"])], ["'corp\\SVC-MDI$' | unknown | true"], "pass"],
    ["two names of perhaps one account", held("svc-mdi$"), [gpresult(key, ["CORP\\svc-mdi$"])], ["'CORP\\svc-mdi$' | unknown | null"], "unknown"],
    ["one name cannot be two accounts", held(account, localService), [gpresult(key, ["CORP\\svc-mdi$"])], ["'CORP\\svc-mdi$' | unknown | false"], "fail"],
    ["another account", held(account), [file("*S-1-5-19")], ["LOCAL SERVICE (S-1-5-19) | fail | false"], "fail"],
    ["one more", held(account), [file(`*${account},*S-1-5-19`)], [`LOCAL SERVICE (S-1-5-19), ${account} | pass | false`], "fail"],
    ["nobody", held(account), [file("")], ["nobody | fail | false"], "fail"],
    ["nobody in both", held(), [file("")], ["nobody | fail | true"], "pass"],
    ["nobody is not a name", held(), [gpresult(key, ["CORP\\svc-mdi$"])], ["'CORP\\svc-mdi$' | unknown | false"], "fail"],
    ["no GPO", [], [file(`*${account}`)], [`${account} | pass | null`], "not-applicable"],
    ["a file that does not list it", held(account), [seceditRows("Privilege Rights", ["SeDebugPrivilege = *S-1-5-32-544"])], [], null],
  ]; // prettier-ignore
  it.for(table)("%s", (row) => {
    expectRows(needs, row);
  });

  it("tells what is open, and what makes computers differ", () => {
    const open = compare(needs, dc1(...held(account)), [gpresult(key, ["CORP\\svc"])]).own;
    expect(open?.message).toMatch(/is not decided: only the domain or the computer can say whose/);
    expect(open?.ways).toEqual([
      `pass: Group Policy configures ${account}, and the names are those of the same accounts`,
      `fail: Group Policy configures ${account}, and the names are those of other accounts`,
    ]);
    const gpos = [...held(networkService), ...held(account, localService)];
    const { measured } = compare(needs, dc1(...gpos), [file(`*S-1-5-19,*${account}`)]);
    expect(measured[0]?.causes.join("; ")).toMatch(
      /^pending refresh(?!.*sensor).*services\.msc(?!.*data does not show)/,
    );
  });

  it("is the same whichever side is asked first, and never open between SIDs", () => {
    const who = fc.constantFrom(
      "S-1-5-19",
      "local service",
      account,
      "CORP\\a",
      "corp\\A",
      "b",
      networkService,
    );
    const list = fc.array(who, { maxLength: 5 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(sameAccounts(a, b)).toBe(sameAccounts(b, a));
        expect(sameAccounts(a, [...a].reverse())).toBe(true);
        if ([...a, ...b].every((one) => one.startsWith("S-"))) expect(sameAccounts(a, b)).not.toBeNull();
      }),
    );
  });
});

describe("the size of an event log", () => {
  const key = eventLogSizeKey("Security");
  const policyKey = registryValueKey("Software\\Policies\\Microsoft\\Windows\\EventLog\\Security", "MaxSize");
  const serviceKey = registryValueKey("System\\CurrentControlSet\\Services\\EventLog\\Security", "MaxSize");
  const channel = "Microsoft-Windows-NTLM/Operational";
  const channelKey = registryValueKey(
    `Software\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\${channel}`,
    "MaxSize",
  );
  const needs = requirementOf(
    key,
    "Security log size",
    { operator: "log-size-at-least", value: 196_608 },
    "196608 KB at least",
  );
  const pol = (...writes: readonly Write[]): GptPart => part("registry.pol", writes);
  const gpo: readonly Gpo[] = [{ parts: [pol(registry(policyKey, 196_608))] }];
  const hex = (value: number): string => `dword:${value.toString(16).padStart(8, "0")}`;
  const policy = (data: string | null): readonly [SettingKey, string | null] => [policyKey, data];
  const service = (data: string | null): readonly [SettingKey, string | null] => [serviceKey, data];
  const both = (first: string | null, second: string | null): Evidence =>
    regExports([policy(first), service(second)]);
  const noPolicy = regExport(policyKey, null, "policy.reg");
  const kept = regExport(serviceKey, hex(201_326_592), "service.reg");
  const section = seceditRows("Security Log", ["MaximumLogSize = 196608"]);
  const open =
    "cannot be used: no file shows whether HKLM\\software\\policies\\microsoft\\windows\\eventlog\\security\\maxsize comes before it | unknown | null";
  const table: readonly Row[] = [
    ["the policy, in KB", gpo, [regExport(policyKey, hex(196_608))], ["196608 KB | pass | true"], "pass"],
    ["the policy comes before what is kept", gpo, [both(hex(196_608), hex(65_536))], ["196608 KB | pass | true"], "pass"],
    ["no policy, and what is kept in bytes", gpo, [both(null, hex(201_326_592))], ["196608 KB | pass | true"], "pass"],
    ["no policy, and less kept", gpo, [both(null, hex(201_326_591))], ["196607 KB | fail | false"], "fail"],
    ["neither", gpo, [both(null, null)], ["not there | fail | false"], "fail"],
    ["only what is kept", gpo, [kept], [open], "unknown"],
    ["only that there is no policy", gpo, [noPolicy], ["cannot be used: HKLM\\software\\policies\\microsoft\\windows\\eventlog\\security\\maxsize is not there, and no file shows HKLM\\system\\currentcontrolset\\services\\eventlog\\security\\maxsize | unknown | null"], "unknown"],
    ["two files, one for each key", gpo, [noPolicy, kept], ["196608 KB | pass | true"], "pass"],
    ["no policy, and the template", gpo, [noPolicy, section], ["196608 KB | pass | true"], "pass"],
    ["only the template", gpo, [section], [open], "unknown"],
    ["the template through gpresult", gpo, [gpresult(eventLogKey("Security") ?? "", 196_608)], [open], "unknown"],
    ["a policy that another file does not have", gpo, [regExport(policyKey, hex(196_608)), noPolicy, kept], ["196608 KB | pass | true", "196608 KB | pass | true"], "pass"],
    ["… and that is not what is kept", gpo, [regExport(policyKey, hex(196_608)), both(null, hex(65_536))], ["196608 KB | pass | true", "64 KB | fail | false"], "fail"],
    ["… and where what is kept is not shown", gpo, [both(hex(196_608), hex(65_536)), noPolicy], ["196608 KB | pass | true", expect.stringMatching(/^cannot be used: .* \| unknown \| null$/)], "unknown"],
    ["what is kept below a policy says nothing", gpo, [regExport(policyKey, hex(196_608)), regExport(serviceKey, hex(65_536), "service.reg")], ["196608 KB | pass | true"], "pass"],
    ["a policy that is no REG_DWORD", gpo, [both('"196608"', hex(201_326_592))], ["cannot be used: it is no REG_DWORD | unknown | null"], "unknown"],
    ["what is kept is no REG_DWORD", gpo, [both(null, "hex:00,00,00,0c")], ["cannot be used: it is no REG_DWORD | unknown | null"], "unknown"],
    ["a file about another log", gpo, [seceditRows("System Log", ["MaximumLogSize = 196608"])], [], null],
    ["no GPO", [], [both(null, hex(201_326_592))], ["196608 KB | pass | null"], "not-applicable"],
    ["configured twice, and one of them measured", [{ parts: [pol(registry(serviceKey, 201_326_592)), ...(inf(set(eventLogKey("Security") ?? "", 65_536))[0]?.parts ?? [])] }], [both(null, hex(201_326_592))], ["196608 KB | pass | null"], "unknown"],
  ]; // prettier-ignore
  it.for(table)("%s", (row) => {
    expectRows(needs, row);
  });

  it("shows the row as it stands, and makes no sensor responsible", () => {
    const [row] = compare(needs, dc1({ parts: [pol(registry(policyKey, 65_536))] }), [
      both(null, hex(201_326_592)),
    ]).measured;
    expect(row).toMatchObject({
      value: 196_608,
      agrees: false,
      location: { path: "dc1.reg", line: 6 },
      quote: '"maxsize"=dword:0c000000',
    });
    expect(row?.causes.join("; ")).toMatch(/^pending refresh(?!.*sensor).*wevtutil sl/);
  });

  it.each<[title: string, data: string | null, row: string]>([
    ["in bytes", hex(10_485_760), "10240 KB | fail | true"],
    ["not there", null, "not there | fail | false"],
  ])("of a channel has one place: %s", (_, data, row) => {
    const asked = { ...needs, setting: eventLogSizeKey(channel) };
    const target = dc1({ parts: [pol(registry(channelKey, 10_485_760))] });
    const { measured } = compare(asked, target, [regExport(channelKey, data)]);
    expect(measured.map(({ text, verdict, agrees }) => `${text} | ${verdict} | ${agrees}`)).toEqual([row]);
  });
});
