import type { EngineOptions } from "../app/effective.ts";
import { UsageError } from "./io.ts";

const wmiAssumption = /^wmi:\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?=(true|false)$/i;

/** Reads the doubts that the user settles by hand with `--assume`. */
export function parseAssumptions(texts: readonly string[]): EngineOptions {
  const wmiFilters = new Map<string, boolean>();
  let assumeNoSiteLinks = false;
  for (const text of texts) {
    const wmi = wmiAssumption.exec(text);
    if (text === "no-site-links") assumeNoSiteLinks = true;
    else if (wmi?.[1] !== undefined) wmiFilters.set(wmi[1].toLowerCase(), wmi[2]?.toLowerCase() === "true");
    else throw new UsageError(`cannot assume '${text}': expected no-site-links or wmi:{ID}=true|false`);
  }
  return { assumeNoSiteLinks, wmiFilters };
}
