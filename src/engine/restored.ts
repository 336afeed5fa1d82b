import type { Gpc } from "../model/gpo.ts";

/** What importing keeps of the GPO that is there, and restoring takes from the backup. */
export type Keepable = Pick<Gpc, "flags" | "securityDescriptor" | "wmiFilter">;

/** Which of the three differ, in words. */
export function differences(kept: Keepable, restored: Keepable): readonly string[] {
  const words: string[] = [];
  if (!isSame(kept.securityDescriptor, restored.securityDescriptor)) words.push("security filtering");
  if (filterKey(kept) !== filterKey(restored)) words.push("WMI filter");
  if (kept.flags !== restored.flags) words.push("status");
  return words;
}

/** "security filtering, WMI filter and status". */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

function isSame(a: Gpc["securityDescriptor"], b: Gpc["securityDescriptor"]): boolean {
  if (a.state !== "read" || b.state !== "read") return a.state === "absent" && b.state === "absent";
  const [mine, theirs] = [a.descriptor.dacl, b.descriptor.dacl];
  if (mine === null || theirs === null) return mine === theirs;
  return mine.length === theirs.length && mine.every((ace, index) => aceKey(ace) === aceKey(theirs[index]));
}

type Dacl = Extract<Gpc["securityDescriptor"], { readonly state: "read" }>["descriptor"]["dacl"];

function aceKey(ace: NonNullable<Dacl>[number] | undefined): string {
  if (ace === undefined) return "";
  const { type, conditional, inheritOnly, mask, objectType, sid } = ace;
  return JSON.stringify([type, conditional, inheritOnly, mask >>> 0, objectType, sid]);
}

/** A backup names a filter by its GUID alone, the directory knows its name and query too: the GUID tells. */
function filterKey({ wmiFilter }: Keepable): string {
  if (wmiFilter === null) return "none";
  return wmiFilter.id ?? `?${JSON.stringify([wmiFilter.name, wmiFilter.query])}`;
}
