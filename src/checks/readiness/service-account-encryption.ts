import type { ReadinessOutcome, Subject } from "../../model/readiness.ts";
import { perServiceAccount } from "./accounts.ts";
import type { CheckWith } from "./outcome.ts";
import { accountSubject, fail, pass, unknown } from "./outcome.ts";

/** Bits of msDS-SupportedEncryptionTypes (MS-KILE 2.2.7). */
const types: readonly (readonly [number, string])[] = [
  [0x01, "DES-CBC-CRC"],
  [0x02, "DES-CBC-MD5"],
  [0x04, "RC4"],
  [0x08, "AES128"],
  [0x10, "AES256"],
];

/** The Kerberos encryption types of the sensor's account. */
export const serviceAccountEncryption: CheckWith<"service-account-encryption"> = (parameters, input) =>
  perServiceAccount(input, (account): ReadinessOutcome => {
    const subject = accountSubject(account);
    const bits = account.encryptionTypes;
    // Without the attribute, or with 0, the default of the domain controllers decides (MS-KILE 3.3.5.7).
    if (typeof bits !== "number" || bits === 0) return undecided(subject, bits === 0);
    const ok = "anyOf" in parameters ? (bits & parameters.anyOf) !== 0 : (bits & parameters.noneOf) === 0;
    const text = `'${account.name}' supports ${typeText(bits)}.`;
    return ok ? pass(subject, typeText(bits), text) : fail(subject, typeText(bits), text);
  });

function undecided(subject: Subject, isZero: boolean): ReadinessOutcome {
  return unknown(
    subject,
    `msDS-SupportedEncryptionTypes of '${subject.name}' is ${isZero ? "0" : "not in the directory data"}, so the default of the domain controllers may decide.`,
    "the account ends with the encryption types that are wanted",
    "it ends with others",
  );
}

function typeText(bits: number): string {
  const names = types.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  return names.length === 0 ? `none of the known types (${bits})` : names.join(", ");
}
