import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** Private folder of one run; scripts/test-live.mjs makes it and the namespaces around it. */
export const folder = process.env["GPOLINT_LIVE_DIR"] ?? "";
if (folder === "") throw new Error("the live suite needs its own namespaces: run `npm run test:live`");

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
export const example = join(repository, "examples/corp.example");

/** The domain of the example, as the domain controller HAM-DC01 holds it. */
export const domain = {
  dns: "corp.example",
  netbios: "CORP",
  base: "DC=corp,DC=example",
  configuration: "CN=Configuration,DC=corp,DC=example",
  sid: "S-1-5-21-2864035721-1174936530-3905117862",
} as const;

/** Samba cannot move its LDAP ports, but it can listen on an address of its own. */
export const address = "127.55.0.1";
export const host = "ham-dc01.corp.example";
/** Leads to the same address, and no certificate names it. */
export const otherHost = "not-in-the-certificate.example";

export interface Account {
  readonly name: string;
  readonly user: string;
  readonly password: string;
}

function account(name: string, password: string): Account {
  return { name, user: `${name}@${domain.dns}`, password };
}

export const administrator = account("Administrator", "Hamburg-4-Administrators!");
/** Member of Domain Users and nothing else. */
export const reader = account("reader", "Porto-for-1-Reader!");

export const files = {
  samba: join(folder, "dc"),
  config: join(folder, "smb.conf"),
  database: join(folder, "dc/private/sam.ldb"),
  policies: join(folder, "dc/state/sysvol", domain.dns, "Policies"),
  log: join(folder, "log"),
  certificates: join(folder, "certificates"),
} as const;

/** Certificate authority that the product is told to trust. */
export const caFile = join(files.certificates, "ca.pem");
