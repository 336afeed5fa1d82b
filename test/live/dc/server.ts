import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runTool, toolEnvironment } from "./run-tool.ts";
import { address, administrator, caFile, domain, files, folder } from "./settings.ts";

/** Starts the domain controller and waits until it answers over LDAPS and SMB. */
export async function startServer(): Promise<ChildProcess> {
  mkdirSync(join(folder, "run"));
  const output = join(files.log, "output");
  const descriptor = openSync(output, "a");
  const args = [
    "--foreground",
    "--no-process-group",
    `--configfile=${files.config}`,
    `--log-basename=${files.log}`,
  ];
  const server = spawn("samba", args, {
    env: toolEnvironment,
    cwd: folder,
    stdio: ["ignore", descriptor, descriptor],
  });
  for (const answers of [ldapAnswers, smbAnswers]) {
    for (let attempt = 0; !answers(); attempt++) {
      if (attempt === 150 || server.exitCode !== null) {
        throw new Error(
          `the domain controller does not answer:\n${readFileSync(output, "utf8").slice(-2000)}`,
        );
      }
      await sleep(100);
    }
  }
  return server;
}

function ldapAnswers(): boolean {
  const bind = ["-x", "-D", administrator.user, "-w", administrator.password];
  const search = ["-H", `ldaps://${address}`, "-s", "base", "-b", domain.base, "dn"];
  return runTool("env", [`LDAPTLS_CACERT=${caFile}`, "ldapsearch", ...bind, ...search]).code === 0;
}

function smbAnswers(): boolean {
  const login = `${domain.netbios}/${administrator.name}%${administrator.password}`;
  return (
    runTool("smbclient", ["-s", files.config, `//${address}/sysvol`, "-U", login, "-c", "ls"]).code === 0
  );
}
