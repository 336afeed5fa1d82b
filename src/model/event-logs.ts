import type { SettingKey, SettingValue, Write } from "./setting.ts";
import { eventLogPrefix, eventLogSizePrefix, registryValueKey, registryValuePrefix } from "./setting.ts";

/** Logs with a section of their own in a security template (MS-GPSB 2.2.3). */
const templateLogs = new Set(["application", "security", "system"]);

/** Logs that an administrative template sets the size of. */
const policyLogs = new Set([...templateLogs, "setup"]);

/** Logs from before channels, which the service keeps elsewhere than those. */
const classicLogs = new Set([
  ...templateLogs,
  "active directory web services",
  "dfs replication",
  "directory service",
  "dns server",
  "file replication service",
  "windows powershell",
]);

/** Where the size of a log can be set, and in which unit. */
export interface LogSizePlace {
  readonly key: SettingKey;
  readonly unit: "bytes" | "kilobytes";
}

export interface LogSizePlaces {
  /** Comes before the others wherever it has a value; null where the log has none. */
  readonly policy: LogSizePlace | null;
  /** What the event log service keeps. */
  readonly service: LogSizePlace;
  /** Written to the same place as `service`. */
  readonly template: LogSizePlace | null;
}

/** Key of the size of an event log, whichever place it is set in. */
export function eventLogSizeKey(log: string): SettingKey {
  return eventLogSizePrefix + log.toLowerCase();
}

/** Key of MaximumLogSize in the section of a log; null for a log that has no section. */
export function eventLogKey(log: string): SettingKey | null {
  const name = log.toLowerCase();
  return templateLogs.has(name) ? `${eventLogPrefix}${name}/maximumlogsize` : null;
}

/** The places behind a key that `eventLogSizeKey` gave. */
export function logSizePlaces(key: SettingKey): LogSizePlaces {
  const log = key.slice(eventLogSizePrefix.length);
  const template = eventLogKey(log);
  const keptIn = classicLogs.has(log)
    ? "system\\currentcontrolset\\services\\eventlog"
    : "software\\microsoft\\windows\\currentversion\\winevt\\channels";
  const policyKey = registryValueKey(`software\\policies\\microsoft\\windows\\eventlog\\${log}`, "maxsize");
  return {
    policy: policyLogs.has(log) ? { key: policyKey, unit: "kilobytes" } : null,
    service: { key: registryValueKey(`${keptIn}\\${log}`, "maxsize"), unit: "bytes" },
    template: template === null ? null : { key: template, unit: "kilobytes" },
  };
}

const registryDword = 4;

const converted = new WeakMap<Write, Write>();

/**
 * What a row of one place says of the size of the log, in whole kilobytes. What Windows makes of a size that is no
 * REG_DWORD nobody says, so such a row says nothing usable.
 */
export function asLogSize({ key, unit }: LogSizePlace, write: Write): Write {
  if (write.action !== "set" && write.action !== "set-if-absent") return write;
  const before = converted.get(write);
  if (before !== undefined) return before;
  const { location, quote, doubt } = write;
  const sizes = [write.value, ...write.alternatives].filter(isNumber);
  const [value, ...alternatives] = sizes.map((size) => (unit === "bytes" ? Math.floor(size / 1024) : size));
  const isSize =
    sizes.length === write.alternatives.length + 1 &&
    (write.type === registryDword || !key.startsWith(registryValuePrefix));
  const size: Write =
    isSize && value !== undefined
      ? { ...write, value, type: null, alternatives }
      : { action: "unusable", key: write.key, location, quote, doubt };
  // The same object each time: what is undecided about a row is one thing, however often it is asked for.
  converted.set(write, size);
  return size;
}

/** The rows that say something of a setting: its own, or for the size of a log those of its places, in kilobytes. */
export function rowsFor(
  key: SettingKey,
  rowsOf: (written: SettingKey) => readonly Write[],
): readonly Write[] {
  if (!key.startsWith(eventLogSizePrefix)) return rowsOf(key);
  const { policy, service, template } = logSizePlaces(key);
  return [policy, service, template].flatMap((place) =>
    place === null ? [] : rowsOf(place.key).map((write) => asLogSize(place, write)),
  );
}

function isNumber(value: SettingValue): value is number {
  return typeof value === "number";
}

/** Names in which capitals mean something. */
const channels = new Map(
  ["Microsoft-Windows-NTLM/Operational", "DFS Replication", "DNS Server", "Windows PowerShell"].map(
    (name) => [name.toLowerCase(), name],
  ),
);

/** "Security log size", "Microsoft-Windows-NTLM/Operational log size". */
export function logSizeName(key: SettingKey): string {
  return `${logName(key.slice(eventLogSizePrefix.length))} log size`;
}

/** "[Security Log] MaximumLogSize", as it stands in the template. */
export function templateLogName(key: SettingKey): string {
  const [log = "", name = ""] = key.slice(eventLogPrefix.length).split("/");
  return `[${logName(log)} Log] ${name === "maximumlogsize" ? "MaximumLogSize" : name}`;
}

function logName(log: string): string {
  return channels.get(log) ?? log.replace(/(^|[-/ ])([a-z])/g, (letter) => letter.toUpperCase());
}

/** The key that "Security log size (KB)", "Maximum security log size" or a key stands for; null where it is no log. */
export function parseLogSizeName(text: string): SettingKey | null {
  const name = text.toLowerCase();
  const section = /^(?:event-log\/(.+)\/|\[(.+) log\] )maximumlogsize$/.exec(name);
  if (section !== null) return eventLogKey(section[1] ?? section[2] ?? "");
  const size = /^(?:event-log-size\/(.+)|(?:maximum )?(.+?)(?: event)? log size(?: \(kb\))?)$/.exec(name);
  const log = size?.[1] ?? size?.[2] ?? "";
  // Every channel but the oldest has a slash in its name.
  const isLog = classicLogs.has(log) || policyLogs.has(log) || /^[^/]+\/[^/]+$/.test(log);
  return isLog ? eventLogSizeKey(log) : null;
}

/** The size of a log is judged by all of its places together. */
export function judgedKey(key: SettingKey): SettingKey {
  const log =
    /^registry-value\/machine\\(?:software\\policies\\microsoft\\windows\\eventlog|system\\currentcontrolset\\services\\eventlog|software\\microsoft\\windows\\currentversion\\winevt\\channels)\\([^\\]+)\\maxsize$/.exec(
      key,
    )?.[1] ?? /^event-log\/([^/]+)\/maximumlogsize$/.exec(key)?.[1];
  if (log === undefined) return key;
  const size = parseLogSizeName(eventLogSizeKey(log));
  return size !== null && placesOf(size).includes(key) ? size : key;
}

/** Where a setting is written: itself, or the places of the size of a log. */
export function placesOf(key: SettingKey): readonly SettingKey[] {
  if (!key.startsWith(eventLogSizePrefix)) return [key];
  const { policy, service, template } = logSizePlaces(key);
  return [policy, service, template].flatMap((place) => (place === null ? [] : [place.key]));
}
