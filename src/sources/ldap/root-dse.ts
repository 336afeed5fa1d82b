import { parseSid } from "../../formats/security-descriptor/sid.ts";
import { bytesOf, textOf } from "./directory-reader.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { LdapError } from "./ldap-error.ts";
import { filters } from "./read-plan.ts";

/** What a server says of itself (MS-ADTS 3.1.1.3.2). */
export interface RootDse {
  readonly domain: string;
  readonly configuration: string;
  readonly schema: string;
  readonly forestRoot: string;
  readonly dnsHostName: string | null;
  /** SIDs of all groups of the account that is logged on; null where the server does not say. */
  readonly tokenGroups: readonly string[] | null;
}

const wanted = [
  "defaultNamingContext",
  "configurationNamingContext",
  "schemaNamingContext",
  "rootDomainNamingContext",
  "dnsHostName",
  "tokenGroups",
];

/** Reads the description of the server; throws where it is no domain controller. */
export async function readRootDse(reader: DirectoryReader): Promise<RootDse> {
  const { found, failure } = await reader.look("rootDSE", {
    base: "",
    scope: "base",
    filter: filters.any,
    attributes: wanted,
  });
  if (failure !== null)
    throw new LdapError("fatal", `cannot read the rootDSE: ${failure.message}`, failure.code);
  const [dse] = found;
  const text = (name: string): string | null => textOf(dse, name.toLowerCase());
  const domain = text("defaultNamingContext");
  const configuration = text("configurationNamingContext");
  if (domain === null || configuration === null) {
    throw new LdapError(
      "fatal",
      "the server names no domain: it is no domain controller of Active Directory",
    );
  }
  return {
    domain,
    configuration,
    schema: text("schemaNamingContext") ?? `CN=Schema,${configuration}`,
    forestRoot: text("rootDomainNamingContext") ?? domain,
    dnsHostName: text("dnsHostName"),
    tokenGroups: sidsOf(bytesOf(dse, "tokengroups")),
  };
}

function sidsOf(values: readonly Uint8Array[]): readonly string[] | null {
  const sids = values.map((bytes) => parseSid({ bytes, text: null })).filter((sid) => sid !== null);
  return sids.length === 0 ? null : sids;
}
