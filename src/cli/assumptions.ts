import type { EngineOptions } from "../app/effective.ts";
import { UsageError } from "./io.ts";

/** The doubts that the user settles by hand. */
export interface Assumptions {
  readonly engine: EngineOptions;
  /** Extensions, filtering, status and versions are as they should be, where no source describes them. */
  readonly delivered: boolean;
  /** No other GPO reaches the computer than those that are given. */
  readonly alone: boolean;
}

const wmiAssumption = /^wmi:\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?=(true|false)$/i;

/** Reads the values of `--assume`. */
export function parseAssumptions(texts: readonly string[]): Assumptions {
  const wmiFilters = new Map<string, boolean>();
  let assumeNoSiteLinks = false;
  let delivered = false;
  let alone = false;
  for (const text of texts) {
    const wmi = wmiAssumption.exec(text);
    if (text === "no-site-links") assumeNoSiteLinks = true;
    else if (text === "delivered") delivered = true;
    else if (text === "no-other-gpos") alone = true;
    else if (wmi?.[1] !== undefined) wmiFilters.set(wmi[1].toLowerCase(), wmi[2]?.toLowerCase() === "true");
    else {
      const expected = "expected no-site-links, delivered, no-other-gpos or wmi:{ID}=true|false";
      throw new UsageError(`cannot assume '${text}': ${expected}`);
    }
  }
  return { engine: { assumeNoSiteLinks: assumeNoSiteLinks || alone, wmiFilters }, delivered, alone };
}
