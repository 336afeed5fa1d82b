import type { PackDraft } from "../model/pack-draft.ts";
import type { Proposal } from "../model/proposal.ts";
import { kebab } from "./import-ids.ts";
import type { ImportedGpo } from "./import-source.ts";

export interface PackHeadOptions {
  /** Name of the pack; null: from the name of the GPO. */
  readonly name: string | null;
  /** Date of the pack where the source does not say of when it is, YYYY-MM-DD. */
  readonly today: string;
}

export type Picked =
  | { readonly ok: true; readonly gpos: readonly ImportedGpo[] }
  | { readonly ok: false; readonly problem: string };

/** The GPOs that were asked for by GUID or display name; without a wish all of them. */
export function pickGpos(gpos: readonly ImportedGpo[], wanted: string | null): Picked {
  if (wanted === null) return { ok: true, gpos };
  const name = wanted.trim().toLowerCase();
  const guid = name.replace(/^\{|\}$/g, "");
  const found = gpos.filter(
    ({ gpo }) => gpo.gpt.guid === guid || gpo.displayName?.trim().toLowerCase() === name,
  );
  if (found.length === 1) return { ok: true, gpos: found };
  const there = listed((found.length === 0 ? gpos : found).map(({ gpo }) => gpoLabel(gpo)));
  return {
    ok: false,
    problem:
      found.length === 0
        ? `there is no GPO '${wanted}'; there are ${there}`
        : `'${wanted}' is the name of ${found.length} GPOs, ${there}: give the GUID`,
  };
}

/** "'Audit' {GUID}". */
export function gpoLabel({ displayName, gpt }: Proposal): string {
  return displayName === null ? `GPO {${gpt.guid}}` : `'${displayName}' {${gpt.guid}}`;
}

/** Everything of a pack but its requirements; from the source alone as far as that says it. */
export function headOf(
  gpos: readonly ImportedGpo[],
  { name, today }: PackHeadOptions,
): Omit<PackDraft, "requirements"> {
  const proposals = gpos.map(({ gpo }) => gpo);
  const title = listed(proposals.map(({ displayName, gpt }) => displayName ?? `GPO {${gpt.guid}}`));
  const dates = proposals.flatMap(({ asOf }) => /^\d{4}-\d{2}-\d{2}/.exec(asOf ?? "")?.[0] ?? []).sort();
  return {
    name: name ?? (kebab(title).slice(0, longestName).replace(/-$/, "") || "imported"),
    title: short(title),
    version: "1.0.0",
    date: dates.at(-1) ?? today,
    source: short(`Imported from ${listed(proposals.map(originOf))}`),
    licence: "As the policy that it is made of",
  };
}

const longestName = 64;
const longestText = 1000;

function originOf(gpo: Proposal): string {
  const domain = gpo.domain === null ? "" : ` of ${gpo.domain}`;
  const kinds = { sysvol: "", backup: ", backup", report: ", report" } as const;
  const when = gpo.asOf === null ? "" : ` of ${gpo.asOf}`;
  return `${gpoLabel(gpo)}${domain}${kinds[gpo.source]}${when}`;
}

const mostListed = 10;

function listed(items: readonly string[]): string {
  const shown = items.slice(0, mostListed).join("; ");
  return items.length <= mostListed ? shown : `${shown}; and ${items.length - mostListed} more`;
}

/** Without half a character at its end or anywhere else. */
function short(text: string): string {
  return text.slice(0, longestText).replace(/\p{Cs}/gu, "?");
}
