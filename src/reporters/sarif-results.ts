import type { Location } from "../model/location.ts";
import { formatLocation, isByteLocation } from "../model/location.ts";
import type { ChainStep, Finding, ScanResult } from "../model/result.ts";
import type { FindingMeasured } from "../model/what-if.ts";
import { gpoText } from "../model/words.ts";
import { beforeSentence } from "./change-words.ts";
import { visible, visibleDeep } from "./escape.ts";
import { waiverText } from "./flat-findings.ts";
import type { NonEmpty } from "./groups.ts";
import { compareText, groupBy, severityRank, TargetNames, verdictRank, winnerDomain } from "./groups.ts";
import { lossLabel, lossText, sharedLoss } from "./loss-words.ts";
import { nearestPlace } from "./nearest-place.ts";
import type { ProfileTraits } from "./sarif-profile.ts";
import { undecidedId } from "./sarif-rules.ts";
import type { Kind, ResultLevel, SarifBaselineState, Suppression } from "./sarif-states.ts";
import { baselineStateOf, kindOf, levelOf, resultLevels, suppressionsOf } from "./sarif-states.ts";
import type { PhysicalLocation } from "./sarif-text.ts";
import { messageText, physicalLocation, sentence } from "./sarif-text.ts";

/** GitHub takes 1,000 and rejects above 10,000. */
const maxSteps = 1000;

export interface SarifResult {
  readonly ruleId: string;
  readonly kind?: Kind;
  readonly level: ResultLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly [{ readonly physicalLocation: PhysicalLocation }];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly unknown[];
  readonly suppressions?: readonly Suppression[];
  readonly baselineState?: SarifBaselineState;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A result with the paths it cites, for `artifacts`. */
export interface CitedResult {
  readonly sarif: SarifResult;
  readonly rule: string;
  readonly undecided: boolean;
  readonly paths: readonly string[];
}

/** One result a rule, winner and actual value, how it stood before any proposals, and waiver; worst first. */
export function buildResults(result: ScanResult, traits: ProfileTraits): CitedResult[] {
  const names = new TargetNames(result);
  const held = result.findings.filter(({ verdict }) => traits.verdicts.has(verdict));
  const groups = groupBy(held, (finding) =>
    JSON.stringify([
      finding.rule,
      finding.verdict,
      finding.gpo,
      winnerDomain(finding),
      finding.actual,
      finding.before,
      finding.waiver,
      ...(traits.states ? [finding.baseline] : []),
    ]),
  );
  return groups.sort(compareGroups).map((group) => buildResult(result, names, group, traits));
}

function buildResult(
  result: ScanResult,
  names: TargetNames,
  group: NonEmpty<Finding>,
  traits: ProfileTraits,
): CitedResult {
  const [first] = group;
  const undecided = first.verdict === "unknown";
  const location = first.location ?? nearestPlace(result, names, first);
  const steps = first.chain.filter(writes).reverse().slice(-maxSteps);
  const stepLocations = steps.map((step) => step.location ?? location);
  const sarif: SarifResult = {
    ruleId: undecided ? undecidedId(first.rule) : first.rule,
    ...(traits.states ? { kind: kindOf(first) } : {}),
    level: levelOf(first),
    message: { text: resultMessage(names, group) },
    locations: [
      {
        physicalLocation: physicalLocation(
          location,
          first.location === null ? null : first.quote,
          traits.byteRegions,
        ),
      },
    ],
    partialFingerprints: partialFingerprints(group),
    ...(steps.length === 0 ? {} : { codeFlows: [codeFlow(steps, stepLocations, traits)] }),
    ...(traits.states ? { suppressions: suppressionsOf(first) } : {}),
    ...(traits.states && result.run.baseline !== null ? { baselineState: baselineStateOf(first) } : {}),
    properties: resultProperties(names, group),
  };
  const paths = [location, ...stepLocations].map(({ path }) => path);
  return { sarif, rule: first.rule, undecided, paths };
}

function resultMessage(names: TargetNames, group: NonEmpty<Finding>): string {
  const [first] = group;
  const parts = [sentence(names.message(group))];
  if (new Set(group.map((finding) => names.anonymous(finding))).size > 1) {
    parts.push("The reasons differ from target to target: see the properties of this result.");
  }
  if (first.location !== null && isByteLocation(first.location)) {
    parts.push(`The deciding record stands at byte ${first.location.byteOffset} of the file.`);
  }
  if (first.location === null)
    parts.push("No row of any file decides this; the location is the nearest place to look.");
  if (first.before !== null) parts.push(beforeSentence(first.before));
  const waiver = waiverText(first);
  if (waiver !== null) parts.push(sentence(waiver));
  const loss = sharedLoss(group);
  if (loss !== null) parts.push(sentence(capital(`${lossLabel(loss)}: ${lossText(loss)}`)));
  return messageText(parts.join(" "));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Identity of an alert across runs. A group is known by the first of its targets (by fingerprint): it keeps its identity
 * when lines move, GPOs are renamed or replaced, or other DCs come and go; two groups of one rule share no target, so
 * their hashes differ.
 */
function partialFingerprints(group: NonEmpty<Finding>): Readonly<Record<string, string>> {
  const [, ...others] = group;
  let identity = group[0].fingerprint;
  for (const { fingerprint } of others) if (fingerprint < identity) identity = fingerprint;
  return { primaryLocationLineHash: `${identity.slice(0, 16)}:1`, "gpolint/v1": identity };
}

function writes(step: ChainStep): boolean {
  return step.role === "winner" || step.role === "loser" || step.role === "may-win";
}

/** The precedence chain in the order in which Windows applies it: the last step is the strongest. */
function codeFlow(
  steps: readonly ChainStep[],
  locations: readonly Location[],
  { byteRegions }: ProfileTraits,
): unknown {
  const flow = steps.map((step, index) => {
    const where = locations[index];
    const text = messageText(
      `${index + 1}. GPO ${gpoText(step)}, linked at '${step.som}': ${sentence(step.text)}`,
    );
    return {
      location: {
        ...(where === undefined
          ? {}
          : { physicalLocation: physicalLocation(where, step.quote, byteRegions) }),
        message: { text },
      },
      executionOrder: index + 1,
      importance: index === steps.length - 1 ? "essential" : "important",
    };
  });
  return { threadFlows: [{ locations: flow }] };
}

function resultProperties(names: TargetNames, group: NonEmpty<Finding>): Readonly<Record<string, unknown>> {
  const [first] = group;
  const fix = names.fix(group);
  const loss = sharedLoss(group);
  return {
    verdict: first.verdict,
    severity: first.severity,
    setting: first.setting,
    expected: first.expected,
    actual: first.actualText,
    gpo: first.gpo,
    gpoName: first.gpoName === null ? null : visible(first.gpoName),
    evidence: first.location === null ? null : visible(formatLocation(first.location)),
    ...(first.location !== null && isByteLocation(first.location)
      ? { byteOffset: first.location.byteOffset, byteLength: first.location.byteLength }
      : {}),
    ...(first.quote === null ? {} : { quote: visible(first.quote) }),
    ...(fix === null ? {} : { fix: visible(fix) }),
    ...(first.assumptions.length === 0 ? {} : { assumptions: first.assumptions.map(visible) }),
    // Not `baselineState`: GitHub ignores it, and so would open an alert for what is absent.
    ...(first.before === null ? {} : { before: visibleDeep(first.before) }),
    ...(loss === null ? {} : { loss: visibleDeep(loss) }),
    ...(first.waiver === null ? {} : { waiver: visibleDeep(first.waiver) }),
    targets: group.map((finding) => ({
      name: visible(names.list([finding])[0] ?? "any domain controller"),
      dn: finding.target === null ? null : visible(finding.target),
      fingerprint: finding.fingerprint,
      ...(finding.ways.length === 0
        ? {}
        : { message: visible(finding.message), ways: finding.ways.map(visible) }),
      ...(finding.baseline === null ? {} : { baseline: finding.baseline }),
      ...(loss !== null || finding.loss === null ? {} : { loss: visibleDeep(finding.loss) }),
      ...(finding.measured.length === 0 ? {} : { measured: finding.measured.map(measuredProperty) }),
    })),
  };
}

function measuredProperty(row: FindingMeasured): unknown {
  const { kind, text, verdict, agrees, location, quote, causes } = row;
  return visibleDeep({ kind, value: text, verdict, agrees, place: formatLocation(location), quote, causes });
}

/** Worst first, so that a cut keeps what weighs most; then whatever is the same on every machine. */
function compareGroups([a]: NonEmpty<Finding>, [b]: NonEmpty<Finding>): number {
  return (
    resultLevels.indexOf(levelOf(a)) - resultLevels.indexOf(levelOf(b)) ||
    verdictRank(a.verdict) - verdictRank(b.verdict) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    compareText(a.rule, b.rule) ||
    compareText(
      a.location === null ? "" : formatLocation(a.location),
      b.location === null ? "" : formatLocation(b.location),
    ) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
