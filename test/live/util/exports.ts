import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { directoryCommands } from "../../../src/app/remedies.ts";
import type { ToolRun } from "../dc/run-tool.ts";
import { mustRun, runTool } from "../dc/run-tool.ts";
import type { Account } from "../dc/settings.ts";
import { address, caFile, domain, files, folder, host } from "../dc/settings.ts";

/** A new folder that nobody else writes to. */
export function newFolder(name: string): string {
  return mkdtempSync(join(folder, `${name}-`));
}

export interface SysvolExport {
  /** A folder of its own, with room for a snapshot beside the files. */
  readonly folder: string;
  readonly path: string;
  readonly run: ToolRun;
}

/** Copies SYSVOL over SMB, as a person with `smbclient` does it. */
export function exportSysvol(account: Account): SysvolExport {
  const root = newFolder("export");
  const path = join(root, "sysvol");
  mkdirSync(path);
  const copy = ["-c", `prompt OFF; recurse ON; lcd ${path}; mget *`];
  return {
    folder: root,
    path,
    run: runTool("smbclient", ["-s", files.config, `//${host}/sysvol`, ...login(account), ...copy]),
  };
}

/** The same where nothing may be refused. */
export function exportWholeSysvol(account: Account): SysvolExport {
  const copy = exportSysvol(account);
  expect(copy.run.code, copy.run.stdout).toBe(0);
  return copy;
}

/** Runs the very commands that gpolint tells a person to run, only that the password comes from a file. */
export function exportByLdapsearch(account: Account): readonly string[] {
  const path = newFolder("ldapsearch");
  writeFileSync(join(path, "password"), account.password, { mode: 0o600 });
  const commands = directoryCommands(domain.dns)
    .split("\n")
    .filter((line) => line.startsWith("  ldapsearch"))
    .map((line) =>
      line
        .replace("ldaps://DC", `ldaps://${host}`)
        .replace(" USER ", ` '${account.user}' `)
        .replace(" -W ", " -y password "),
    );
  const script = ["set -e", `cd '${path}'`, `export LDAPTLS_CACERT='${caFile}'`, ...commands].join("\n");
  mustRun("bash", ["-c", script]);
  return ["domain.ldif", "sites.ldif"].map((name) => join(path, name));
}

/** The same by Samba's own client, which writes descriptors, SIDs and GUIDs as text. */
export function exportByLdbsearch(account: Account): readonly string[] {
  const path = newFolder("ldbsearch");
  const server = [`--configfile=${files.config}`, "-H", `ldap://${address}`, ...login(account)];
  const search = (name: string, base: string, filter: string): string => {
    const controls = ["--controls=paged_results:1:500", "--controls=sd_flags:1:7"];
    const ldif = mustRun("ldbsearch", [
      ...server,
      ...controls,
      "-b",
      base,
      "-s",
      "sub",
      filter,
      "*",
      "nTSecurityDescriptor",
    ]);
    const file = join(path, name);
    writeFileSync(file, ldif);
    return file;
  };
  const inDomain = [
    "domainDNS",
    "organizationalUnit",
    "groupPolicyContainer",
    "msWMI-Som",
    "group",
    "computer",
  ];
  return [
    search("domain.ldif", domain.base, anyOf(inDomain)),
    search("sites.ldif", `CN=Sites,${domain.configuration}`, anyOf(["site", "server"])),
  ];
}

function anyOf(classes: readonly string[]): string {
  return `(|${classes.map((name) => `(objectClass=${name})`).join("")})`;
}

function login(account: Account): readonly string[] {
  return ["-U", `${domain.netbios}/${account.name}%${account.password}`];
}
