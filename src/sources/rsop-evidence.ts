import type { RsopReport, RsopSetting } from "../model/backup.ts";
import type { MeasuredState, Measurement } from "../model/evidence.ts";
import type { Doubt, SettingKey } from "../model/setting.ts";

/**
 * What `gpresult /x` says that a computer was given: the winners. What is not in it was not shown, so that nothing follows
 * from that.
 */
export function measureRsop(report: RsopReport): MeasuredState {
  const whole = doubtOfReport(report);
  const shown = report.settings.filter(({ key }) => whole !== null || !isHidden(key, report));
  return {
    kind: "RSoP report",
    host: hostOf(report),
    settings: new Map(shown.map((setting) => [setting.key, toMeasurement(setting, report, whole)])),
    listedKeys: new Set<SettingKey>(),
    // That it does not show the values behind templates and preferences is its nature, and no damage.
    complete: whole === null && report.open.every(({ doubt }) => doubt.code === "report.policies-opaque"),
  };
}

/** An administrative template may have written the value too, and the report does not show which values those write. */
function isHidden(key: SettingKey, { open }: RsopReport): boolean {
  return open.some(
    ({ keyPrefix, doubt }) => doubt.code === "report.policies-opaque" && key.startsWith(keyPrefix),
  );
}

/** Why such a report is no record of what a computer was given; null: it is one. */
export function simulationDoubt({ data }: Pick<RsopReport, "data">): Doubt | null {
  if (data === "logged") return null;
  const text =
    data === "planned"
      ? "the report is a simulation of Group Policy, not a measurement"
      : "the report does not say whether it is a measurement or a simulation";
  return { code: "evidence.planned", text };
}

function doubtOfReport(report: RsopReport): Doubt | null {
  const simulated = simulationDoubt(report);
  if (simulated !== null || report.complete) return simulated;
  return (
    report.open[0]?.doubt ?? { code: "report.section-lost", text: "a part of the report cannot be read" }
  );
}

function toMeasurement(setting: RsopSetting, report: RsopReport, whole: Doubt | null): Measurement {
  const { key, value, location, quote } = setting;
  const doubt = whole ?? report.open.find(({ keyPrefix }) => key.startsWith(keyPrefix))?.doubt ?? null;
  if (doubt !== null) return { value: null, type: null, doubt, location, quote };
  // REG_SZ and REG_EXPAND_SZ look the same in a report.
  return { value, type: setting.type === 1 ? null : setting.type, doubt: null, location, quote };
}

/** `DOMAIN\HOST$` has the NetBIOS name of the domain; the report names it by DNS as well. */
function hostOf({ computer, domain }: RsopReport): string | null {
  const name = computer?.replace(/^.*\\/, "").replace(/\$$/, "") ?? "";
  if (name === "") return null;
  return domain === null || name.includes(".") ? name : `${name}.${domain}`;
}
