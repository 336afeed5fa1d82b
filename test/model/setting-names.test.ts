import { describe, expect, it } from "vitest";
import { parseSettingName, settingName } from "../../src/model/setting-names.ts";
import type { SettingValue } from "../../src/model/setting.ts";
import { userRightKey } from "../../src/model/user-rights.ts";
import { sidName, wellKnownSid } from "../../src/model/well-known-sids.ts";
import { valueText } from "../../src/model/words.ts";

const service = userRightKey("SeServiceLogonRight");
const ntlm = "event-log-size/microsoft-windows-ntlm/operational";

describe("names of settings", () => {
  it.each<readonly [text: string, key: string | null]>([
    ["SeServiceLogonRight", service],
    [" seservicelogonright ", service],
    ["user-right/SeServiceLogonRight", service],
    ["Log on as a service", service],
    ["manage auditing and security log", userRightKey("SeSecurityPrivilege")],
    ["SeBrandNewPrivilege", "user-right/sebrandnewprivilege"],
    ["user-right/service", null],
    ["SeServiceLogonRights", null],
    ["event-log-size/Security", "event-log-size/security"],
    ["Security log size", "event-log-size/security"],
    ["Security event log size", "event-log-size/security"],
    ["Maximum security log size", "event-log-size/security"],
    ["Setup log size (KB)", "event-log-size/setup"],
    ["Directory Service log size", "event-log-size/directory service"],
    ["Microsoft-Windows-NTLM/Operational log size", ntlm],
    [ntlm, ntlm],
    ["event-log-size/securty", null],
    ["Sekurity log size", null],
    ["log size", null],
    ["event-log/security/maximumlogsize", "event-log/security/maximumlogsize"],
    ["[Security Log] MaximumLogSize", "event-log/security/maximumlogsize"],
    ["event-log/setup/maximumlogsize", null],
    ["event-log/security/retentiondays", null],
    ["Credential Validation", "audit-subcategory/0cce923f-69ae-11d9-bed3-505054503030"],
    ["AuditLogonEvents", "audit-category/auditlogonevents"],
    ["HKLM\\Software\\A\\X", "registry-value/machine\\software\\a\\x"],
    ["Anything", null],
  ])("%s", (text, key) => {
    expect(parseSettingName(text)).toBe(key);
  });

  it.each<readonly [key: string, name: string]>([
    [service, "Log on as a service"],
    ["user-right/sebrandnewprivilege", "sebrandnewprivilege"],
    ["event-log-size/security", "Security log size"],
    ["event-log-size/directory service", "Directory Service log size"],
    [ntlm, "Microsoft-Windows-NTLM/Operational log size"],
    ["event-log/security/maximumlogsize", "[Security Log] MaximumLogSize"],
  ])("%s for people, and back", (key, name) => {
    expect(settingName(key)).toBe(name);
    expect(parseSettingName(name)).toBe(key);
  });
});

describe("values for people", () => {
  it.each<readonly [key: string, value: SettingValue, text: string]>([
    [service, ["S-1-5-32-544"], "Administrators (S-1-5-32-544)"],
    [
      service,
      ["CORP\\svc", "S-1-5-80-0", "S-1-5-21-1-2-3-1105"],
      "'CORP\\svc', NT SERVICE\\ALL SERVICES (S-1-5-80-0), S-1-5-21-1-2-3-1105",
    ],
    [service, ["S-1-5-21-1-2-3-512"], "Domain Admins (S-1-5-21-1-2-3-512)"],
    [service, [], "nobody"],
    ["event-log-size/security", 196_608, "196608 KB"],
    ["event-log/security/maximumlogsize", 64, "64 KB"],
    ["registry-value/machine\\a\\x", [], "an empty list"],
    ["registry-value/machine\\a\\x", 196_608, "196608"],
  ])("%s = %j", (key, value, text) => {
    expect(valueText(key, value)).toBe(text);
  });
});

describe("well-known accounts", () => {
  it.each<readonly [name: string, sid: string | null]>([
    ["Administrators", "S-1-5-32-544"],
    ["BUILTIN\\administrators", "S-1-5-32-544"],
    ["NT SERVICE\\ALL SERVICES", "S-1-5-80-0"],
    [" LOCAL SERVICE ", "S-1-5-19"],
    ["NT AUTHORITY\\LOCAL SERVICE", "S-1-5-19"],
    ["Everyone", "S-1-1-0"],
    // Those of a domain, of another authority or in another language are not the same everywhere.
    ["Domain Admins", null],
    ["CORP\\Administrators", null],
    ["BUILTIN\\LOCAL SERVICE", null],
    ["Administratoren", null],
    ["", null],
  ])("%s", (name, sid) => {
    expect(wellKnownSid(name)).toBe(sid);
  });

  it("a SID of a computer or a domain has a name only by its last part", () => {
    expect(sidName("S-1-5-21-1-2-3-512")).toBe("Domain Admins");
    expect(sidName("S-1-5-21-1-2-3-1105")).toBeNull();
    expect(sidName("S-1-5-32-999")).toBeNull();
  });
});
