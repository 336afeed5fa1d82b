import type { TargetPolicy } from "../model/effective.ts";
import type { AppliesTo, ServerRole } from "../model/requirement.ts";

const roleWords: Readonly<Record<ServerRole, string>> = {
  dc: "writable domain controllers",
  rodc: "read-only domain controllers",
  adfs: "AD FS servers",
  adcs: "certification authorities",
  "entra-connect": "Entra Connect servers",
};

const targetWords = {
  dc: "a writable domain controller",
  rodc: "a read-only domain controller",
  member: "no domain controller",
} as const;

/**
 * Why a requirement is not asked of a computer, as a clause; null where it is. Where the operating system is not known,
 * it may be the right one.
 *
 * @param isNamed The user named the computer, and with that vouches for what runs on it.
 */
export function whyNotAsked(
  { roles, operatingSystems }: AppliesTo,
  { role, operatingSystem }: Pick<TargetPolicy, "role" | "operatingSystem">,
  isNamed: boolean,
): string | null {
  const isServerRole = roles.some((own) => own !== "dc" && own !== "rodc");
  const isAsked = roles.some((own) => own === role) || (isServerRole && isNamed);
  if (!isAsked) {
    const whom = `it is asked of ${roles.map((own) => roleWords[own]).join(" and ")}`;
    return isServerRole
      ? `${whom}, which the directory does not show: name them with --target`
      : `${whom}, and this is ${targetWords[role]}`;
  }
  if (operatingSystem === null || operatingSystems.length === 0) return null;
  const name = operatingSystem.toLowerCase();
  if (operatingSystems.some((piece) => name.includes(piece.toLowerCase()))) return null;
  return `it is asked of ${operatingSystems.join(" and ")}, and this is ${operatingSystem}`;
}
