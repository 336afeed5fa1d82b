import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listBundledPacks } from "../../src/app/load-policy.ts";
import type { EffectiveResult } from "../../src/model/effective-result.ts";
import { isSetting } from "../../src/model/requirement.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { auditSubcategoryPrefix } from "../../src/model/setting.ts";
import { settingName } from "../../src/model/setting-names.ts";
import { valueText } from "../../src/model/words.ts";
import { runCli } from "../util/cli.ts";
import { bundledPack } from "../util/run.ts";
import { hasShared, sharedPath } from "../util/shared.ts";

/** GPOs for domain controllers that others published, each held against the pack of the same name and year. */
interface Baseline {
  readonly folder: string;
  readonly name: string;
  readonly pack: string;
  /** Why the GPO does not have what the pack asks for: `rule: what it has` below its reason. */
  readonly misses: Readonly<Record<string, readonly string[]>>;
  /** Why the GPO audits what the pack does not ask for. */
  readonly beyond: Readonly<Record<string, readonly string[]>>;
}

const stig = "simeononsecurity+STIG-Compliant-Domain-Prep/Files/GPOs/DoD";
/** A half that no event depends on: the GPOs are older than the release that the pack is made from. */
const emptyHalves = {
  "the release of the pack asks for one half only, and no event depends on the other": [
    "Account Lockout: Success",
    "Directory Service Changes: Failure",
  ],
};

const baselines: readonly Baseline[] = [
  {
    folder: `${stig}/DoD - Windows Server 2019 DC - Computer`,
    name: "DoD - Windows Server 2019 DC - Computer",
    pack: "stig-ws2019-dc",
    misses: {},
    beyond: emptyHalves,
  },
  {
    folder: `${stig}/DoD - Windows Server 2019 DC - Computer - Ansible Fixes`,
    name: "DoD - Windows Server 2019 DC - Computer - Ansible Fixes",
    pack: "stig-ws2019-dc",
    misses: {},
    beyond: emptyHalves,
  },
  {
    folder: "clong+DetectionLab/Vagrant/resources/GPO/Domain_Controllers_Enhanced_Auditing_Policy",
    name: "Domain Controllers Enhanced Auditing Policy",
    pack: "palantir-dc",
    misses: {
      "the lab keeps 100 MB, the list asks for 1 GB": [
        "log-size-application: 102400 KB",
        "log-size-system: 102400 KB",
      ],
      "the lab audits Success only": [
        "mpssvc-rule-level-policy-change: Success",
        "removable-storage: Success",
      ],
      "the lab left the subcategory out, and with an audit.csv that means No Auditing": [
        "other-object-access-events: No Auditing",
        "other-policy-change-events: No Auditing",
      ],
    },
    beyond: {
      "the lab audits more than the list": [
        "IPsec Driver: Success and Failure",
        "Kernel Object: Success and Failure",
      ],
    },
  },
  {
    folder: "thalpius+Microsoft-Defender-for-Identity-Auditing",
    name: "Microsoft Defender for Identity Auditing",
    pack: "mdi",
    misses: {
      "it is in audit.csv, but the backup does not list the extension that reads the file, so no computer gets it":
        [
          "computer-account-management: not configured",
          "computer-account-management-failure: not configured",
          "credential-validation: not configured",
          "directory-service-access: not configured",
          "distribution-group-management: not configured",
          "distribution-group-management-failure: not configured",
          "security-group-management: not configured",
          "security-group-management-failure: not configured",
          "security-system-extension: not configured",
          "security-system-extension-failure: not configured",
          "user-account-management: not configured",
        ],
      "the documentation asks for it since September 2022, and the backup is of July 2022": [
        "directory-service-changes: not configured",
        "directory-service-changes-failure: not configured",
      ],
      "the documentation asked for event 1644 from March 2022 to March 2023": ["no-legacy-1644: 5"],
      "advice of the pack, and not in the documentation": [
        "ntlm-log-size: not configured",
        "security-log-size: not configured",
      ],
    },
    beyond: {},
  },
];

/** GPOs of that kind that no pack is for, and why. */
const unjudged: Readonly<Record<string, string>> = {
  "DoD - Windows Server 2012 R2 DC - Computer": "no pack of that year",
  "DoD - Windows Server 2012 R2 DC - Computer - Ansible Fixes": "no pack of that year",
  "DoD - Windows Server 2016 DC - Computer": "no pack of that year",
  "DoD - Windows Server 2016 DC - Computer - Ansible Fixes": "no pack of that year",
  "Logmira - DCs": "no pack of that name",
  "Adobe Reader DC": "for a reader of documents",
};

async function run<Result>(command: string, folder: string, ...more: readonly string[]): Promise<Result> {
  const linked = ["--as-if-linked", "dc-ou", "--assume", "no-other-gpos", "--format", "json"];
  const { stdout, stderr } = await runCli([command, sharedPath(`corpus/${folder}`), ...linked, ...more]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

function flat(reasons: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.values(reasons).flat().toSorted();
}

/** Audited halves that no requirement asks for. */
function beyondPack({ targets }: EffectiveResult, pack: string): readonly string[] {
  const asked = new Map<string, number>();
  for (const { setting, expect: wanted } of bundledPack(pack).requirements.filter(isSetting)) {
    if (wanted.operator === "audit-at-least" || wanted.operator === "audit-exactly")
      asked.set(setting, (asked.get(setting) ?? 0) | wanted.value);
  }
  return targets
    .flatMap(({ settings }) => settings)
    .flatMap(({ key, value }) => {
      if (!key.startsWith(auditSubcategoryPrefix) || typeof value !== "number") return [];
      const more = value & ~(asked.get(key) ?? 0);
      return more === 0 ? [] : [`${settingName(key)}: ${valueText(key, more)}`];
    })
    .toSorted();
}

const isHere = hasShared("corpus", "published baselines against packs");

describe.runIf(isHere).each(baselines)("$name against $pack", ({ folder, name, pack, misses, beyond }) => {
  it("deviates where the table says so, and nowhere else", async () => {
    const { findings, targets } = await run<ScanResult>("scan", folder, "--policy", pack);
    expect(targets.flatMap(({ gpos }) => gpos.map((gpo) => [gpo.displayName, gpo.state]))).toEqual([
      [name, "applied"],
    ]);
    expect(findings.map(({ rule }) => rule)).toEqual(bundledPack(pack).requirements.map(({ id }) => id));
    const missed = findings.filter(({ verdict }) => verdict !== "pass");
    expect(new Set(missed.map(({ verdict }) => verdict))).toEqual(new Set(missed.length > 0 ? ["fail"] : []));
    const short = missed.map(({ rule, actualText }) => `${rule.slice(pack.length + 1)}: ${actualText}`);
    expect(short.toSorted()).toEqual(flat(misses));
  });

  it("audits beyond the pack what the table says, and nothing else", async () => {
    expect(beyondPack(await run<EffectiveResult>("effective", folder), pack)).toEqual(flat(beyond));
  });
});

it.runIf(isHere)("no published GPO for domain controllers is left out", () => {
  const files = readdirSync(sharedPath("corpus"), { recursive: true, encoding: "utf8" });
  const names = files
    .filter((file) => /bkupinfo\.xml$/i.test(file))
    .map((file) => readFileSync(sharedPath(`corpus/${file}`), "utf8"))
    .map((text) => /<GPODisplayName><!\[CDATA\[(.*?)\]\]>/.exec(text)?.[1] ?? "")
    .filter((name) => /\bDCs?\b|Domain Controllers|Defender for Identity/.test(name));
  const known = [...baselines.map(({ name }) => name), ...Object.keys(unjudged)];
  expect([...new Set(names)].toSorted()).toEqual(known.toSorted());
  // A pack for one of those years must be held against them.
  const years = Object.keys(unjudged).flatMap((name) => /Windows Server (\d+)/.exec(name)?.[1] ?? []);
  const bundled = listBundledPacks();
  expect(bundled.filter((pack) => years.includes(/^stig-ws(\d+)-dc$/.exec(pack)?.[1] ?? ""))).toEqual([]);
});
