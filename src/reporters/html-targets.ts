import type { Candidate } from "../model/effective.ts";
import type { Location } from "../model/location.ts";
import type { ResultTarget, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import { contentAbout, contentRows } from "./contents.ts";
import { groupBy, orderTargets, TargetNames } from "./groups.ts";
import type { Breakable, GpoView } from "./html-parts.ts";
import { breakable, gpoView, placeOf } from "./html-parts.ts";
import { roleWords, sentenceList, stateWords, targetVerdict, verdictWords } from "./words.ts";

/** One row of the table of targets. */
export interface TargetView {
  readonly name: string;
  readonly dn: Breakable;
  readonly about: string;
  readonly verdict: Verdict;
  readonly verdictText: string;
  readonly counts: Readonly<Record<"fail" | "unknown" | "waived" | "pass", number>>;
  readonly notApplicable: string;
  /** Segments of a bar that is 100 wide; it repeats the counts, so nothing depends on it. */
  readonly bar: readonly { readonly verdict: Verdict; readonly x: number; readonly width: number }[];
}

export function targetViews(result: ScanResult): TargetView[] {
  const names = new TargetNames(result);
  return orderTargets(result.targets).map((target) => {
    const verdict = targetVerdict(target);
    const { fail, unknown, waived, pass } = target.counts;
    return {
      name: names.label(target),
      dn: breakable(target.dn),
      about: [
        roleWords[target.role],
        target.operatingSystem,
        target.site === null ? null : `site ${target.site}`,
      ]
        .filter((part) => part !== null)
        .join(", "),
      verdict,
      verdictText: verdictWords[verdict],
      counts: { fail, unknown, waived, pass },
      notApplicable: target.notApplicable ?? "",
      bar: barOf(target),
    };
  });
}

function barOf(target: ResultTarget): TargetView["bar"] {
  const shown = verdicts.filter((verdict) => target.counts[verdict] > 0);
  const total = shown.reduce((sum, verdict) => sum + target.counts[verdict], 0);
  let x = 0;
  return shown.map((verdict) => {
    const width = Math.round((target.counts[verdict] / total) * 1000) / 10;
    const segment = { verdict, x: Math.round(x * 10) / 10, width };
    x += width;
    return segment;
  });
}

/** The links of one or several targets with the same scope, strongest first. */
export interface ScopeView {
  readonly targets: string;
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
  readonly links: readonly LinkView[];
}

export interface LinkView {
  readonly position: number;
  readonly gpo: GpoView;
  readonly som: Breakable;
  readonly order: string;
  readonly state: Candidate["state"];
  readonly stateText: string;
  readonly why: string;
  readonly notes: readonly string[];
  readonly place: Breakable;
}

export function scopeViews(result: ScanResult): ScopeView[] {
  const names = new TargetNames(result);
  const real = result.targets.filter(({ notApplicable }) => notApplicable === null);
  const groups = groupBy(real, ({ gpos, gaps, notes }) => JSON.stringify([gpos, gaps, notes]));
  return groups.map((group) => ({
    targets: sentenceList(group.map((target) => names.label(target))),
    gaps: group[0].gaps,
    notes: group[0].notes,
    links: group[0].gpos.map(linkView),
  }));
}

function linkView(candidate: Candidate, index: number): LinkView {
  const { som, somKind, linkOrder, enforced, state, detail, reason, doubt, notes, linkLocation } = candidate;
  return {
    position: index + 1,
    gpo: gpoView(candidate),
    som: breakable(som),
    order: `${somKind} link ${linkOrder}${enforced ? ", enforced" : ""}`,
    state,
    stateText: stateWords[state],
    why: [detail ?? reason, doubt?.text ?? null].filter((part) => part !== null).join("; "),
    notes,
    place: placeOf(linkLocation),
  };
}

/** What the GPOs contain, for the case that nobody can know where they apply. */
export interface ContentsView {
  readonly gpos: readonly ContentView[];
  /** GPOs with nothing that a requirement asks about. */
  readonly silent: readonly ContentView[];
}

interface ContentView {
  readonly title: string;
  readonly path: Breakable;
  /** What it was read from, and where it was linked then; empty for a plain SYSVOL folder. */
  readonly about: string;
  readonly notes: readonly string[];
  readonly rows: readonly ContentRowView[];
}

interface ContentRowView {
  readonly setting: string;
  readonly value: string;
  readonly expected: string;
  readonly place: Breakable;
}

export function contentsView(result: ScanResult): ContentsView {
  const views = result.gpos.map((gpo) => ({
    title: gpo.displayName === null || gpo.displayName === "" ? `GPO ${gpo.guid}` : gpo.displayName,
    path: breakable(gpo.path),
    about: contentAbout(gpo),
    notes: gpo.notes,
    rows: contentRows(gpo, result.rules).map(({ setting, value, expected, location }) => ({
      setting,
      value,
      expected: expected.join("; "),
      place: placeOf(withinFolder(location, gpo.path)),
    })),
  }));
  return {
    gpos: views.filter(({ rows }) => rows.length > 0),
    silent: views.filter(({ rows }) => rows.length === 0),
  };
}

/** The folder of the GPO stands above the table and need not be in every row. */
function withinFolder(location: Location, folder: string): Location {
  const isWithin = location.path.startsWith(`${folder}/`);
  return isWithin ? { ...location, path: location.path.slice(folder.length + 1) } : location;
}
