import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BackupGpo } from "../../src/model/backup.ts";
import type { PartKind, Write } from "../../src/model/setting.ts";
import { readBackups } from "../../src/sources/backup.ts";
import { FileReader } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { PathNaming } from "../../src/sources/naming.ts";
import { readReport, readRsopReport } from "../../src/sources/report.ts";
import { hasShared, sharedPath } from "../util/shared.ts";

/** Backups whose report says something else than their files, by GUID of the GPO and kind of file, and why. */
const exceptions: Readonly<Record<string, { readonly kind: PartKind; readonly reason: string }>> = {
  "01dcbed8-1ea8-4707-a3cc-a56fc97908a6": {
    kind: "audit.csv",
    reason: "Backup.xml does not list the audit extension, so the console did not look at the file",
  },
};

const required = hasShared("corpus/truth", "the corpus of real backups");

interface Corpus {
  readonly reader: FileReader;
  readonly backups: readonly BackupGpo[];
}

/** Every folder of a repository, history by commit: backups lie deeper there than the search goes. */
function readCorpus(): Corpus {
  const root = sharedPath("corpus");
  const reader = new FileReader(fsVfs, new PathNaming(root));
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${path}/${name}`);
  const starts = folders(root)
    .filter((path) => !path.endsWith("/truth"))
    .flatMap((repository) => {
      const history = `${repository}/_history`;
      const own = folders(repository).filter((path) => path !== history);
      // A repository may be a folder of backups itself.
      if (own.some((path) => path.endsWith("}"))) return [repository];
      return folders(repository).includes(history) ? [...own, ...folders(history)] : own;
    });
  return { reader, backups: starts.flatMap((path) => readBackups(reader, path)) };
}

/** What each setting ends as within one part. Where a value may be read in two ways both stand there. */
function outcomes(writes: readonly Write[]): ReadonlyMap<string, string> {
  return new Map(
    writes.map((write) => [
      "key" in write ? write.key : write.keyPrefix,
      "value" in write ? `${write.action} ${JSON.stringify(write.value)}` : write.action,
    ]),
  );
}

describe.runIf(required)("backups that other people published", () => {
  const { reader, backups } = required ? readCorpus() : { reader: null, backups: [] };
  if (reader === null) return;
  const named = backups.filter(({ guidFrom }) => guidFrom === "Backup.xml");
  const reported = backups.filter(({ links }) => links !== null);

  test("all are found", () => {
    expect(backups).toHaveLength(77);
    expect(named).toHaveLength(50);
    expect(reported).toHaveLength(42);
  });

  test("no value of the small files is lost", () => {
    const lost = reader.diagnostics.filter(({ code }) =>
      [
        "backup.value",
        "backup.identity",
        "backup.disagreement",
        "xml.root",
        "xml.malformed",
        "limit.exceeded",
      ].includes(code),
    );
    expect(lost).toEqual([]);
    for (const { gpc, gpt } of named) {
      expect(gpc).toMatchObject({ securityDescriptor: { state: "read" }, extensions: { damaged: false } });
      expect(gpt.gptIni?.machineVersion).toBeTypeOf("number");
    }
  });

  test.for(reported.map((backup) => [backup.displayName ?? backup.path, backup] as const))(
    "%s: the files say what the report shows",
    ([, backup]) => {
      const report = readReport(reader, `${sharedPath("corpus")}/${backup.path}/gpreport.xml`);
      expect(report).toMatchObject({
        complete: true,
        gpos: [{ guid: backup.guid, displayName: backup.displayName }],
      });
      const shown = report?.gpos[0];
      expect([
        shown?.gpc?.flags === 0,
        shown?.gpc?.machineVersion,
        shown?.gpt.gptIni?.machineVersion,
      ]).toEqual([
        (Number(backup.gpc?.flags) & 2) === 0,
        backup.gpc?.machineVersion,
        backup.gpt.gptIni?.machineVersion,
      ]);
      for (const kind of ["GptTmpl.inf", "GPP Registry.xml", "audit.csv"] as const) {
        const saved = outcomes(backup.gpt.parts.find((part) => part.kind === kind)?.writes ?? []);
        const seen = outcomes(shown?.gpt.parts.find((part) => part.kind === kind)?.writes ?? []);
        if (exceptions[backup.guid]?.kind === kind) {
          expect(seen.size, exceptions[backup.guid]?.reason).toBe(0);
          expect(saved.size).toBeGreaterThan(0);
          expect(backup.gpc?.extensions.effective).not.toContain("f3ccc681-b74c-4060-9f26-cd84525dca2a");
        } else {
          expect(seen).toEqual(saved);
        }
      }
      // Of administrative templates the report shows only values that no template explains.
      const saved = outcomes(backup.gpt.parts.find(({ kind }) => kind === "registry.pol")?.writes ?? []);
      for (const [key, outcome] of outcomes(
        shown?.gpt.parts.find(({ kind }) => kind === "registry.pol")?.writes ?? [],
      )) {
        expect(saved.get(key)).toBe(outcome);
      }
    },
  );

  test("descriptor and report agree on who may apply the GPO", () => {
    for (const backup of reported) {
      const shown = readReport(reader, `${sharedPath("corpus")}/${backup.path}/gpreport.xml`)?.gpos[0]?.gpc;
      expect(applicants(shown?.securityDescriptor)).toEqual(applicants(backup.gpc?.securityDescriptor));
    }
  });

  test("each exception is still one", () => {
    expect(reported.filter(({ guid }) => guid in exceptions)).toHaveLength(Object.keys(exceptions).length);
  });

  test("the result of a real domain controller", () => {
    const path = sharedPath("corpus/laymanstake+laymanstake/_history/c3ffd5395647/rsop.xml");
    const rsop = readRsopReport(reader, path);
    expect(rsop).toMatchObject({
      computer: "CHILD\\CHILDDC$",
      domain: "child.adlab.local",
      site: "London",
      som: "Child.ADLAB.local/Domain Controllers",
      data: "logged",
      complete: true,
      open: [],
    });
    expect(rsop?.gpos.map(({ name, state }) => [name, state])).toEqual([
      ["Local Group Policy", "not-applied"],
      ["Default Domain Policy", "applied"],
      ["Default Domain Controllers Policy", "applied"],
    ]);
    const rights = rsop?.settings.filter(({ key }) => key.startsWith("user-right/"));
    expect(rights).toHaveLength(24);
    expect(rights?.find(({ key }) => key.endsWith("/semachineaccountprivilege"))).toMatchObject({
      value: ["Authenticated Users"],
      winner: { guid: "6ac1786c-016f-11d2-945f-00c04fb984f9" },
    });
    expect(rsop?.settings).toHaveLength(24 + 6);
  });
});

const applyGroupPolicy = "edacfd8f-ffb3-11d1-b41d-00a0c968f939";

/** Trustees of the entries for the right to apply, in order. */
function applicants(fact: NonNullable<BackupGpo["gpc"]>["securityDescriptor"] | undefined): unknown {
  if (fact?.state !== "read") return fact;
  return fact.descriptor.dacl
    ?.filter(({ objectType }) => objectType === applyGroupPolicy)
    .map(({ type, sid, mask }) => [type, sid, mask]);
}
