import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import { domainOfDn, rdnValue } from "../../model/dn.ts";
import type { GpoLink } from "../../model/gpo.ts";
import { limits } from "../../model/limits.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";

export type Report = (code: DiagnosticCode, detail: string) => void;

export interface GpLink {
  /** In stored order. */
  readonly links: readonly GpoLink[];
  /** Something of the value is no link: more links may exist. */
  readonly damaged: boolean;
}

const disabledBit = 1;
const enforcedBit = 2;

/** Reads a gPLink value, `[LDAP://DN;options]...` (MS-GPOL 2.2.2). A blank one holds no links. */
export function parseGpLink(text: string, report: Report): GpLink {
  const links: GpoLink[] = [];
  const item = /\s*\[LDAP:\/\/([^;[\]]+);(-?\d{1,15})\]\s*/iy;
  const end = text.trimEnd().length;
  let damaged = false;
  let position = 0;
  while (position < end) {
    if (links.length >= limits.gpLinks) {
      report("limit.exceeded", `more than ${limits.gpLinks} links`);
      return { links, damaged: true };
    }
    item.lastIndex = position;
    const match = item.exec(text);
    const link = match === null ? null : readLink(match[1] ?? "", Number(match[2]), report);
    if (link !== null) {
      links.push(link);
      position = item.lastIndex;
      continue;
    }
    if (!damaged) report("gplink.malformed", text.slice(position, end));
    damaged = true;
    // A link behind the bad piece is still a link; what the piece was stays open.
    const next = text.indexOf("[", position + 1);
    position = next === -1 ? end : next;
  }
  return { links, damaged };
}

/** Only bits 0 and 1 mean anything; disabled wins over enforced (MS-GPOL 2.2.2). */
function readLink(gpoDn: string, options: number, report: Report): GpoLink | null {
  const guid = parseGuidText(rdnValue(gpoDn));
  if (guid === null || !rdnValue(gpoDn).startsWith("{")) return null;
  if (options < 0 || options > (disabledBit | enforcedBit)) {
    report("gplink.odd-options", `[LDAP://${gpoDn};${options}]`);
  }
  // Bits of numbers beyond 32 bits are the same ones: JavaScript takes them modulo 2^32.
  return {
    gpoDn,
    guid,
    domain: domainOfDn(gpoDn),
    options,
    disabled: (options & disabledBit) !== 0,
    enforced: (options & enforcedBit) !== 0,
  };
}
