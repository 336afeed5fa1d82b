import { Buffer } from "node:buffer";
import type { LdifObject } from "./ldif-records.ts";
import { domain, reader } from "./settings.ts";

const { base, configuration, sid } = domain;
const groups = `OU=Groups,OU=Administration,${base}`;
const bulk = `OU=Bulk,${base}`;

/** A group with more members than a domain controller of Windows gives in one answer (MS-ADTS 3.1.1.3.1.3.3). */
export const bigGroup = { dn: `CN=Big Group,${bulk}`, sid: `${sid}-1190`, members: 1600 } as const;

/** The GPO of the example whose GPC the reader may not see; its folder is in SYSVOL. */
export const hiddenGuid = "7a9fba8f-857e-407b-98f0-6949b1c22816";
/** A GPO that the example does not have: invisible to the reader, and without a folder. It sets nothing: flags 3. */
export const draftGuid = "d4a7f3c1-6b0e-4c59-9e32-1f8a5b7c2d60";

/** Reads and applies for domain controllers, and nothing for Authenticated Users. */
const onlyForDcs =
  "O:DAG:DAD:PAI(A;CI;CCDCLCSWRPWPDTLOSDRCWDWO;;;DA)(A;CI;CCDCLCSWRPWPDTLOSDRCWDWO;;;SY)" +
  [`${sid}-516`, `${sid}-521`, bigGroup.sid]
    .map((who) => `(A;CI;LCRPLORC;;;${who})(OA;CI;CR;edacfd8f-ffb3-11d1-b41d-00a0c968f939;;${who})`)
    .join("");

export const gmsa = { name: "svcMdi$", dn: `CN=svcMdi,CN=Managed Service Accounts,${base}` } as const;
export const gmsaHosts = { dn: `CN=gMSA Hosts,${groups}`, sid: `${sid}-1191` };

/** Success of what Defender for Identity asks to be audited on descendants of these classes, for everyone. */
const auditedClasses = {
  user: "bf967aba-0de6-11d0-a285-00aa003049e2",
  group: "bf967a9c-0de6-11d0-a285-00aa003049e2",
  computer: "bf967a86-0de6-11d0-a285-00aa003049e2",
  "msDS-ManagedServiceAccount": "ce206244-5827-4a86-ba1c-1c0c386c1b64",
  "msDS-GroupManagedServiceAccount": "7b8b558a-93a5-4af7-adca-c017e67f1057",
} as const;

const keyService = `CN=Group Key Distribution Service,CN=Services,${configuration}`;
const rootKeys = `CN=Master Root Keys,${keyService}`;
/** Must not be found in any output. */
export const rootKeyText = "This-is-the-secret-half-of-the-root-key-and-64-bytes-of-it-long!";

/** What `Add-KdsRootKey` leaves behind, but for the key itself. */
export const rootKey: LdifObject = object(`CN=5e1c4d52-7c0b-4a53-8d8e-6a2c1d0f9b37,${rootKeys}`, [
  "objectClass: msKds-ProvRootKey",
  "msKds-Version: 1",
  `msKds-DomainID: CN=HAM-DC01,OU=Domain Controllers,${base}`,
  "msKds-CreateTime: 133500000000000000",
  "msKds-UseStartTime: 133500360000000000",
  "msKds-KDFAlgorithmID: SP800_108_CTR_HMAC",
  "msKds-SecretAgreementAlgorithmID: DH",
  "msKds-PublicKeyLength: 2048",
  "msKds-PrivateKeyLength: 512",
  `msKds-RootKeyData:: ${Buffer.from(rootKeyText).toString("base64")}`,
]);

/** Objects that the example lacks and that only a live directory can show. */
export function extraObjects(): readonly LdifObject[] {
  const contacts = Array.from({ length: bigGroup.members }, (_, index) => `CN=contact ${index},${bulk}`);
  return [
    object(`CN=${reader.name},CN=Users,${base}`, [
      "objectClass: user",
      `sAMAccountName: ${reader.name}`,
      `userPrincipalName: ${reader.user}`,
      "userAccountControl: 512",
      `unicodePwd:: ${Buffer.from(`"${reader.password}"`, "utf16le").toString("base64")}`,
    ]),
    object(bulk, ["objectClass: organizationalUnit"]),
    ...contacts.map((dn) => object(dn, ["objectClass: contact"])),
    group(bigGroup, contacts),
    group(gmsaHosts, [`CN=HAM-DC01,OU=Domain Controllers,${base}`, `CN=DC Lisbon,${groups}`]),
    object(gmsa.dn, [
      "objectClass: msDS-GroupManagedServiceAccount",
      `sAMAccountName: ${gmsa.name}`,
      "userAccountControl: 4096",
      `dNSHostName: svcmdi.${domain.dns}`,
      "msDS-ManagedPasswordInterval: 30",
      "msDS-SupportedEncryptionTypes: 24",
      `msDS-GroupMSAMembership: O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;${gmsaHosts.sid})`,
    ]),
    object(keyService, ["objectClass: container"]),
    object(rootKeys, ["objectClass: container"]),
    rootKey,
  ];
}

/** Descriptors: of the GPC that is hidden, and the audit list of the domain head. */
export const hiddenDescriptor: LdifObject = object(
  `CN={${hiddenGuid.toUpperCase()}},CN=Policies,CN=System,${base}`,
  [`nTSecurityDescriptor: ${onlyForDcs}`],
);
export const domainAuditList: LdifObject = object(base, [
  `nTSecurityDescriptor: S:AI${Object.values(auditedClasses)
    .map((guid) => `(OU;CIIOSA;CCDCSWWPDTCRSDWDWO;;${guid};WD)`)
    .join("")}`,
]);

const draftDn = `CN={${draftGuid.toUpperCase()}},CN=Policies,CN=System,${base}`;
/** Comes last: Samba cannot set the permissions of SYSVOL for a GPO that has no folder. */
export const draftGpc: LdifObject = object(draftDn, [
  "objectClass: groupPolicyContainer",
  "displayName: Tier 0 - Draft",
  "flags: 3",
  "versionNumber: 0",
  "gPCFunctionalityVersion: 2",
  `gPCFileSysPath: \\\\${domain.dns}\\sysvol\\${domain.dns}\\Policies\\{${draftGuid.toUpperCase()}}`,
  `nTSecurityDescriptor: ${onlyForDcs}`,
]);
/** Stands first in gPLink: the weakest link of its container. */
export const draftLink = `[LDAP://${draftDn};0]`;

function group(
  { dn, sid: groupSid }: { readonly dn: string; readonly sid: string },
  members: readonly string[],
): LdifObject {
  return object(dn, [
    "objectClass: group",
    `sAMAccountName: ${dn.slice(3, dn.indexOf(","))}`,
    `objectSid: ${groupSid}`,
    ...members.map((member) => `member: ${member}`),
  ]);
}

function object(dn: string, lines: readonly string[]): LdifObject {
  return { dn, lines };
}
