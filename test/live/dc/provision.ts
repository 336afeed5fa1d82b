import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificate } from "./certificates.ts";
import { exampleObjects } from "./example-objects.ts";
import { domainAuditList, draftGpc, draftLink, extraObjects, hiddenDescriptor } from "./extra-objects.ts";
import type { LdifObject } from "./ldif-records.ts";
import { addition, replacement } from "./ldif-records.ts";
import { existingNames, load, mustRun } from "./run-tool.ts";
import { address, administrator, caFile, domain, example, files, folder } from "./settings.ts";

/** Makes the database and the SYSVOL of a new domain and fills them with the example, while no server runs. */
export function provision(): void {
  mkdirSync(files.log);
  createDomain();
  writeFileSync(files.config, serverConfiguration());
  loadDirectory();
  loadSysvol();
  // After SYSVOL: there is no folder whose permissions could follow this GPC.
  load("ldbadd", [addition(draftGpc)]);
}

function createDomain(): void {
  // Without a configuration of its own it would copy the shares of this machine.
  const empty = join(folder, "empty.conf");
  writeFileSync(empty, "[global]\n");
  const name = [`--realm=${domain.dns.toUpperCase()}`, `--domain=${domain.netbios}`, "--host-name=HAM-DC01"];
  // RID 1103 and site Hamburg: what the example says about this domain controller.
  const identity = [
    `--domain-sid=${domain.sid}`,
    "--next-rid=1103",
    "--site=Hamburg",
    `--host-ip=${address}`,
  ];
  const rest = [`--adminpass=${administrator.password}`, "--server-role=dc", "--dns-backend=NONE", ...listen];
  const target = ["-s", empty, `--targetdir=${files.samba}`];
  mustRun("samba-tool", ["domain", "provision", "--quiet", ...target, ...name, ...identity, ...rest]);
}

const listen = [`--option=interfaces=${address}/8`, "--option=bind interfaces only=yes"];

function loadDirectory(): void {
  const { added, changed } = exampleObjects(existingNames(domain.base));
  // Relaxed rules let an object keep the SID that the example gives it.
  load("ldbadd", [...added, ...extraObjects()].map(addition), "--controls=relax:0");
  load("ldbmodify", [...changed.map(withDraft), hiddenDescriptor].map(replacement));
  load("ldbmodify", [replacement(domainAuditList)], "--controls=sd_flags:1:8");
}

/** The container of the domain controllers gets one link more than the example has. */
function withDraft(object: LdifObject): LdifObject {
  if (!object.dn.startsWith("OU=Domain Controllers,")) return object;
  return { ...object, lines: object.lines.map((line) => line.replace(/^gPLink: /, `gPLink: ${draftLink}`)) };
}

function loadSysvol(): void {
  rmSync(files.policies, { recursive: true });
  const source = join(example, "sysvol", domain.dns, "Policies");
  for (const name of readdirSync(source)) {
    // Samba looks for the folder under the GPC's own name, letter by letter.
    cpSync(join(source, name), join(files.policies, name.toUpperCase()), { recursive: true });
  }
  // Permissions of the files follow those of the GPCs, as the console does it.
  mustRun("samba-tool", ["ntacl", "sysvolreset", "-s", files.config]);
}

function serverConfiguration(): string {
  const { cert, key } = certificate("good");
  return `
[global]
netbios name = HAM-DC01
workgroup = ${domain.netbios}
realm = ${domain.dns}
server role = active directory domain controller
# The file server asks winbind who somebody is.
server services = s3fs, rpc, ldap, cldap, kdc, winbindd
interfaces = ${address}/8
bind interfaces only = yes
disable netbios = yes
smb ports = 445
prefork children = 1
private dir = ${files.samba}/private
lock directory = ${files.samba}
state directory = ${files.samba}/state
cache directory = ${files.samba}/cache
binddns dir = ${files.samba}/bind-dns
pid directory = ${folder}/run
ncalrpc dir = ${folder}/run/ncalrpc
log file = ${files.log}/%m.log
logging = file
load printers = no
printing = bsd
printcap name = /dev/null
disable spoolss = yes
tls enabled = yes
tls cafile = ${caFile}
tls certfile = ${cert}
tls keyfile = ${key}
[sysvol]
path = ${files.samba}/state/sysvol
read only = no
[netlogon]
path = ${files.samba}/state/sysvol/${domain.dns}/scripts
read only = no
`;
}
