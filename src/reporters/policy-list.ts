import type { PolicyPack } from "../model/requirement.ts";
import { visible } from "./escape.ts";
import { table } from "./pretty-layout.ts";

export function renderPolicyListPretty(packs: readonly PolicyPack[]): string {
  const rows = packs.map(({ name, version, date, title, requirements }) =>
    [name, version, date, String(requirements.length), title].map(visible),
  );
  return `${table([["NAME", "VERSION", "DATE", "REQUIREMENTS", "TITLE"], ...rows], (cell) => cell).join("\n")}\n`;
}

export function renderPolicyListJson(packs: readonly PolicyPack[]): string {
  const rows = packs.map(({ name, version, date, title, source, requirements }) => {
    return { name, version, date, title, source, requirements: requirements.length };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}
