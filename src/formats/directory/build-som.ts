import type { Som, SomKind } from "../../model/gpo.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute } from "./directory-object.ts";
import type { DirectoryReport } from "./directory-report.ts";
import type { GpLink } from "./gp-link.ts";
import { parseGpLink } from "./gp-link.ts";
import { readInteger } from "./read-value.ts";

const blockInheritanceBit = 1;

/** A site, domain or OU with its links and whether it blocks those from above (MS-GPOL 2.2.2, 2.2.3). */
export function buildSom(object: DirectoryObject, kind: SomKind, report: DirectoryReport): Som {
  const { links, damaged } = readLinks(object, report);
  const options = readInteger(object, "gpoptions", report);
  return {
    dn: object.dn,
    kind,
    links,
    // Unreadable options may block what stands above: as open as an unreadable link.
    linksDamaged: damaged || options === "malformed",
    blocksInheritance: typeof options === "number" && (options & blockInheritanceBit) !== 0,
    location: object.location,
    linkLocation: findAttribute(object, "gplink")?.location ?? null,
  };
}

function readLinks(object: DirectoryObject, report: DirectoryReport): GpLink {
  const attribute = findAttribute(object, "gplink");
  if (attribute === null) return { links: [], damaged: false };
  const links: GpLink["links"][number][] = [];
  let damaged = attribute.partial || attribute.values.length > 1;
  if (damaged) report.at("directory.bad-value", attribute.location, "gplink: more than one value");
  for (const { text, line } of attribute.values) {
    const location = { path: attribute.location.path, line };
    if (text === null) {
      damaged = true;
      report.at("directory.bad-value", location, "gplink");
      continue;
    }
    const parsed = parseGpLink(text, (code, detail) => report.at(code, location, detail));
    links.push(...parsed.links);
    damaged ||= parsed.damaged;
  }
  return { links, damaged };
}
