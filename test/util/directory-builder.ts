import type { BuiltDirectory } from "../../src/formats/directory/build-directory.ts";
import { buildDirectory } from "../../src/formats/directory/build-directory.ts";
import type { GpLink } from "../../src/formats/directory/gp-link.ts";
import { parseGpLink } from "../../src/formats/directory/gp-link.ts";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import type { Computer, Gpc, Som } from "../../src/model/gpo.ts";
import type { LdifRecord } from "./ldif-writer.ts";
import { writeLdif } from "./ldif-writer.ts";

export type Attributes = LdifRecord["attributes"];

export const build = (...records: readonly LdifRecord[]): BuiltDirectory =>
  buildDirectory(parseLdif(new TextEncoder().encode(writeLdif(records)), "d.ldif").records);

export const codes = ({ diagnostics }: BuiltDirectory): string[] => diagnostics.map(({ code }) => code);

export const guid = (digit: string): string => `${digit.repeat(8)}-2222-3333-4444-555555555555`;
export const gpoDn = (digit: string): string => `cn={${guid(digit)}},cn=policies,cn=system,DC=a,DC=test`;
export const link = (digit: string, options: number | string = 0): string =>
  `[LDAP://${gpoDn(digit)};${options}]`;

export function links(text: string): GpLink & { readonly reports: readonly string[] } {
  const reports: string[] = [];
  return { ...parseGpLink(text, (code) => reports.push(code)), reports };
}

export const found = (text: string): unknown =>
  links(text).links.map((item) => [item.guid, item.disabled, item.enforced]);

export function gpc(attributes: Attributes): { readonly gpc: Gpc; readonly codes: readonly string[] } {
  const built = build({
    dn: gpoDn("1"),
    attributes: [["objectClass", "groupPolicyContainer"], ...attributes],
  });
  const [only] = built.directory.gpcs.values();
  if (only === undefined) throw new Error("no GPC was built");
  return { gpc: only, codes: codes(built) };
}

export function som(
  attributes: Attributes,
  dn = "OU=x,DC=a,DC=test",
): { readonly som: Som; readonly codes: readonly string[] } {
  const built = build({ dn, attributes: [["objectClass", "organizationalUnit"], ...attributes] });
  const [only] = built.directory.soms.values();
  if (only === undefined) throw new Error("no SOM was built");
  return { som: only, codes: codes(built) };
}

export function computer(attributes: Attributes): {
  readonly computer: Computer | undefined;
  readonly codes: readonly string[];
} {
  const dn = "CN=DC1,OU=Domain Controllers,DC=a,DC=test";
  const built = build({ dn, attributes });
  return { computer: built.directory.computers[0], codes: codes(built) };
}

export const cse = (digit: string): string => `{${digit.repeat(8)}-683F-11D2-A89A-00C04FBBCFA2}`;
export const bare = (digit: string): string => cse(digit).slice(1, -1).toLowerCase();
export const tool = "{0F3F3735-573D-9804-99E4-AB2A69BA5FD4}";
