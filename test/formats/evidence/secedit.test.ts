import { describe, expect, it } from "vitest";
import { parseEvidence } from "../../../src/formats/evidence/parse-evidence.ts";
import { utf8 } from "../../util/bytes.ts";
import { utf16Bom } from "../../util/utf16.ts";

const rows = (...lines: readonly string[]) =>
  ["[Unicode]", "Unicode=yes", ...lines, "[Version]", 'signature="$CHICAGO$"', "Revision=1", ""].join("\r\n");
const key = (name: string) => `registry-value/machine\\a\\${name}`;

describe("evidence of secedit /export", () => {
  it.each<readonly [title: string, text: string, found: object, complete: boolean]>([
    [
      "legacy categories and registry values",
      rows(
        "[Event Audit]",
        "AuditDSAccess = 3",
        "[Registry Values]",
        "MACHINE\\A\\N=4,7",
        'MACHINE\\A\\S=1,"x"',
      ),
      { [key("n")]: 7, [key("s")]: "x", "audit-category/auditdsaccess": 3 },
      true,
    ],
    [
      "user rights and sizes of logs",
      rows(
        "[Privilege Rights]",
        "SeServiceLogonRight = *S-1-5-80-0,svc",
        "SeTcbPrivilege =",
        "SeBackupPrivilege = *S-1-5-20",
        "SeBackupPrivilege =",
        "[Security Log]",
        "MaximumLogSize = 196608",
      ),
      {
        "user-right/seservicelogonright": ["S-1-5-80-0", "svc"],
        "user-right/setcbprivilege": [],
        "user-right/sebackupprivilege": "evidence.conflict",
        "event-log/security/maximumlogsize": 196608,
      },
      true,
    ],
    [
      "the same value twice",
      rows(
        "[Registry Values]",
        "MACHINE\\A\\N=4,7",
        "MACHINE\\A\\N=4,2",
        "MACHINE\\A\\M=4,7",
        "MACHINE\\A\\M=4,7",
      ),
      { [key("n")]: "evidence.conflict", [key("m")]: 7 },
      true,
    ],
    [
      "bytes that may be decimal",
      rows("[Registry Values]", "MACHINE\\A\\N=3,10"),
      { [key("n")]: "evidence.conflict" },
      true,
    ],
    [
      "an unusable value",
      rows("[Registry Values]", "MACHINE\\A\\N=4,x"),
      { [key("n")]: "evidence.unusable" },
      true,
    ],
    [
      "a cut row",
      rows("[Registry Values]", "MACHINE\\A\\N=4,7", "MACHINE\\A\\M=4,").split("\r\n[Version]")[0] ?? "",
      { [key("n")]: "inf.truncated", [key("m")]: "inf.truncated" },
      false,
    ],
    [
      "no [Version], which may have stood at the lost end",
      "[Unicode]\r\nUnicode=yes\r\n[Registry Values]\r\nMACHINE\\A\\N=4,7\r\n",
      { [key("n")]: "inf.section-missing" },
      false,
    ],
  ])("%s", (_, text, found, complete) => {
    // The encoding matters to Group Policy, not here.
    for (const bytes of [utf16Bom(text), utf8(text)]) {
      const { state, diagnostics } = parseEvidence(bytes, "DC1.inf");
      const settings = [...state.settings].map(([name, { value, doubt }]) => [name, doubt?.code ?? value]);
      expect(Object.fromEntries(settings)).toEqual(found);
      expect(state).toMatchObject({ kind: "security template", host: null, complete, listedKeys: new Set() });
      expect(diagnostics.map(({ code }) => code)).not.toContain("inf.encoding");
    }
  });
});
