import { dnKey } from "../../model/dn.ts";
import type { ChainStep, Finding, ResultTarget, ScanResult } from "../../model/result.ts";
import { fileCauses } from "./file-causes.ts";
import { GpoIndex, gpoKey } from "./gpo-index.ts";
import { LinkDifference } from "./link-causes.ts";

/**
 * Says what in the input made a finding come out otherwise: first what concerns the GPOs that write the setting; only
 * where that explains nothing, whatever else differs in its scope; and at last that nothing is to be seen.
 */
export class CauseFinder {
  readonly #before: GpoIndex;
  readonly #after: GpoIndex;
  readonly #general: readonly string[];
  readonly #assumptions: readonly string[];
  readonly #links = new Map<string, LinkDifference>();

  constructor(before: ScanResult, after: ScanResult) {
    this.#before = new GpoIndex(before);
    this.#after = new GpoIndex(after);
    this.#general = generalCauses(before, after);
    this.#assumptions = assumptionCauses(before, after);
  }

  /** `before` is null where the finding is new: then its target or its rule is. */
  find(before: Finding | null, after: Finding): readonly string[] {
    if (before === null) return ["it was not examined before"];
    const writers = writersOf(before, after);
    const direct = [
      ...requirementCauses(before, after),
      ...waiverCauses(before, after),
      ...measuredCauses(before, after),
      ...this.#writerFiles(writers, { before, after }),
      ...this.#linksOf(before, after, new Set(writers.keys())),
      ...this.#targetCauses(before, after),
      ...this.#folderCauses(writers),
    ];
    if (direct.length > 0) return unique(direct);
    const wide = [
      ...this.#assumptions,
      ...this.#scopeFiles(before, after),
      ...this.#linksOf(before, after, null),
    ];
    if (wide.length > 0) return unique(wide);
    return this.#general.length > 0 ? this.#general : ["nothing in the two results shows why"];
  }

  /** Files of GPOs whose row for the setting came, went or changed. */
  #writerFiles(writers: ReadonlyMap<string, Writer>, { before, after }: Sides): string[] {
    return [...writers.values()].flatMap((writer) => {
      if (isSameRow(writer)) return [];
      const { step } = writer;
      const cited = [
        ...[before, after].flatMap(({ location }) => location ?? []),
        ...[writer.before, writer.after].flatMap((own) => own?.location ?? []),
      ];
      const only = new Set(
        cited.flatMap(({ path }) => [...this.#before.inside(step, path), ...this.#after.inside(step, path)]),
      );
      return fileCauses(step, this.#name(step), { before: this.#before, after: this.#after, only });
    });
  }

  /** Every file that changed in any GPO in scope. */
  #scopeFiles(before: Finding, after: Finding): string[] {
    const steps = new Map([...after.chain, ...before.chain].map((step) => [gpoKey(step), step]));
    return [...steps.values()].flatMap((step) =>
      fileCauses(step, this.#name(step), { before: this.#before, after: this.#after, only: null }),
    );
  }

  #linksOf(before: Finding, after: Finding, gpos: ReadonlySet<string> | null): string[] {
    const [old, now] = [this.#before.target(before), this.#after.target(after)];
    if (old === null || now === null) return [];
    const known = this.#links.get(now.dn) ?? new LinkDifference(old, now);
    this.#links.set(now.dn, known);
    return known.causes(gpos);
  }

  #targetCauses(before: Finding, after: Finding): string[] {
    const [old, now] = [this.#before.target(before), this.#after.target(after)];
    return old === null || now === null ? [] : movedTexts(old, now);
  }

  /** A GPO that writes the setting, and of which one result has a link and no files. */
  #folderCauses(writers: ReadonlyMap<string, Writer>): string[] {
    return [...writers.values()].flatMap(({ step }) => {
      const [had, has] = [this.#before.hasFolder(step), this.#after.hasFolder(step)];
      if (had === has) return [];
      return [`GPO ${this.#name(step)}: its files ${has ? "were added" : "are gone"}`];
    });
  }

  #name(step: ChainStep): string {
    return this.#after.name(step) ?? this.#before.name(step) ?? step.guid;
  }
}

interface Sides {
  readonly before: Finding;
  readonly after: Finding;
}

/** A GPO that writes the setting in one of the results, or may. */
interface Writer {
  readonly step: ChainStep;
  readonly before: ChainStep | undefined;
  readonly after: ChainStep | undefined;
}

function writersOf(before: Finding, after: Finding): ReadonlyMap<string, Writer> {
  const writers = new Map<string, Writer>();
  const own = (chain: readonly ChainStep[], key: string): ChainStep | undefined =>
    chain.find((step) => gpoKey(step) === key && isWriting(step)) ??
    chain.find((step) => gpoKey(step) === key);
  for (const step of [...after.chain, ...before.chain]) {
    const key = gpoKey(step);
    if (!isWriting(step) || writers.has(key)) continue;
    writers.set(key, { step, before: own(before.chain, key), after: own(after.chain, key) });
  }
  return writers;
}

function isWriting({ role, value }: ChainStep): boolean {
  return value !== null || role === "winner" || role === "loser" || role === "may-win";
}

function isSameRow({ before, after }: Writer): boolean {
  return before?.value === after?.value && before?.quote === after?.quote;
}

function requirementCauses(before: Finding, after: Finding): string[] {
  const causes: string[] = [];
  if (before.expected !== after.expected)
    causes.push(`the requirement is ${after.expected} now, it was ${before.expected}`);
  if (before.severity !== after.severity)
    causes.push(`the severity is ${after.severity} now, it was ${before.severity}`);
  return causes;
}

function waiverCauses(before: Finding, after: Finding): string[] {
  if (after.verdict === "waived" && before.verdict !== "waived")
    return [`waiver ${after.waiver?.id ?? ""} accepts it now`];
  if (before.verdict === "waived" && after.verdict === "fail")
    return [
      `waiver ${before.waiver?.id ?? ""} does not hold any more${after.waiver === null ? "" : `: ${after.waiver.text}`}`,
    ];
  return [];
}

/** Only findings of what was measured rest on it. */
function measuredCauses(before: Finding, after: Finding): string[] {
  if (!after.rule.endsWith("/measured")) return [];
  const [was, is] = [before, after].map(({ measured }) =>
    [...new Set(measured.map(({ text }) => text))].join(", "),
  );
  return was === is ? [] : [`measured: ${is ?? ""}, before: ${was ?? ""}`];
}

function movedTexts(before: ResultTarget, after: ResultTarget): string[] {
  const texts: string[] = [];
  if (dnKey(before.dn) !== dnKey(after.dn))
    texts.push(`'${after.name}' is ${after.dn} now, it was ${before.dn}`);
  if (before.site !== after.site)
    texts.push(`'${after.name}' is in site ${after.site ?? "none"} now, it was in ${before.site ?? "none"}`);
  if (before.operatingSystem !== after.operatingSystem)
    texts.push(
      `'${after.name}' runs ${after.operatingSystem ?? "an unknown system"} now, it ran ${before.operatingSystem ?? "an unknown system"}`,
    );
  const opened = after.gaps.filter((gap) => !before.gaps.includes(gap));
  const closed = before.gaps.filter((gap) => !after.gaps.includes(gap));
  return [
    ...texts,
    ...opened.map((gap) => `not known now: ${gap}`),
    ...closed.map((gap) => `known now, before: ${gap}`),
  ];
}

function assumptionCauses(before: ScanResult, after: ScanResult): string[] {
  const [old, now] = [before.run.assumptions, after.run.assumptions];
  return [
    ...now.filter((item) => !old.includes(item)).map((item) => `assumed by hand now: ${item}`),
    ...old.filter((item) => !now.includes(item)).map((item) => `not assumed by hand any more: ${item}`),
  ];
}

/** What may bear on anything. */
function generalCauses(before: ScanResult, after: ScanResult): string[] {
  const causes: string[] = [];
  const [old, now] = [before, after].map(({ run }) =>
    run.inputs
      .filter(({ kind }) => kind === "LDIF" || kind === "gpolint snapshot" || kind === "list of accounts")
      .map(({ sha256 }) => sha256)
      .sort()
      .join(" "),
  );
  if (old !== now) causes.push("the directory data is another");
  if (before.run.tool.version !== after.run.tool.version)
    causes.push(`gpolint ${before.run.tool.version} -> ${after.run.tool.version}`);
  return causes;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
