import { domainOfDn, rdnValue } from "../../model/dn.ts";
import type { Guid, WmiFilterRef } from "../../model/gpo.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute, findText } from "./directory-object.ts";
import type { DirectoryReport } from "./directory-report.ts";

interface WmiFilter {
  readonly name: string | null;
  readonly query: string | null;
}

/** All msWMI-Som objects, to be found by what a gPCWQLFilter says. */
export class WmiFilters {
  readonly #byName = new Map<string, WmiFilter>();

  constructor(objects: Iterable<DirectoryObject>) {
    for (const object of objects) {
      const id = parseGuidText(rdnValue(object.dn));
      if (id === null) continue;
      const query = findText(object, "mswmi-parm2");
      this.#byName.set(`${domainOfDn(object.dn)}/${id}`, {
        name: findText(object, "mswmi-name"),
        query: query === null ? null : wmiQueries(query),
      });
    }
  }

  /** The filter of a GPC, from `[domain;{id};flags]` (MS-GPOL 2.2.4); null where it has none. */
  ofGpc(gpc: DirectoryObject, report: DirectoryReport): WmiFilterRef | null {
    const attribute = findAttribute(gpc, "gpcwqlfilter");
    if (attribute === null) return null;
    const { text } = attribute.values[0];
    if (text?.trim() === "" && attribute.values.length === 1) return null;
    const [domain, id] = attribute.values.length === 1 ? parseReference(text ?? "") : [];
    if (domain === undefined || id === undefined) {
      report.at("gpc.wmi-filter-malformed", attribute.location, text ?? "");
      return { id: null, name: null, query: null, found: false };
    }
    const filter = this.#byName.get(`${domain}/${id}`);
    if (filter === undefined) report.at("gpc.wmi-filter-missing", attribute.location, text ?? "");
    return { id, name: filter?.name ?? null, query: filter?.query ?? null, found: filter !== undefined };
  }
}

function parseReference(text: string): readonly [domain: string, id: Guid] | [] {
  const match = /^\s*\[([^;[\]]+);(\{[^;[\]]+\});-?\d+\]\s*$/.exec(text);
  const id = parseGuidText(match?.[2] ?? "");
  return match === null || id === null ? [] : [(match[1] ?? "").toLowerCase(), id];
}

/**
 * The queries in msWMI-Parm2: a count, then for each `3;length of namespace;length of query;WQL;namespace;query;`. They
 * are only shown, and the lengths are often wrong, so the heads alone part them.
 */
function wmiQueries(parm2: string): string {
  const [count = "", ...queries] = parm2.split(/3;\d+;\d+;WQL;[^;]*;/i);
  return queries.length === 0 ? count : queries.map((query) => query.replace(/;\s*$/, "")).join("; ");
}
