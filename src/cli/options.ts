import type { Argv } from "yargs";
import { severities } from "../model/requirement.ts";
import { sourceKinds } from "../model/source.ts";
import type { SourceKind } from "../model/source.ts";
import { sarifProfiles } from "../reporters/sarif-profile.ts";
import { UsageError } from "./io.ts";
import type { RawLdapArgs } from "./ldap-args.ts";
import { ldapArgs, ldapOptions } from "./ldap-args.ts";
import type { InputArgs } from "./load.ts";

/** Headings of `--help`. */
export const groups = {
  reading: "What to read:",
  judging: "How to judge:",
  writing: "What to write:",
  gate: "What fails the run:",
  settings: "Where settings come from:",
} as const;

/** The first choice is the default. */
export function formatOption<const T extends string>(choices: readonly [T, ...T[]]) {
  return {
    choices,
    default: choices[0],
    requiresArg: true,
    group: groups.writing,
    describe: "what to print",
  };
}

export const deterministicOption = {
  group: groups.writing,
  type: "boolean",
  default: false,
  describe: "no time, no command line: same input, same bytes",
} as const;
export const rootOption = {
  group: groups.writing,
  type: "string",
  requiresArg: true,
  describe: "folder that reported paths are relative to",
} as const;
export const asOption = {
  group: groups.reading,
  choices: sourceKinds,
  requiresArg: true,
  describe: "what every PATH is (default: found out by content)",
} as const;
const list = { type: "string", array: true, requiresArg: true, default: [] as string[] } as const;

export const serviceAccountOption = {
  group: groups.reading,
  ...list,
  nargs: 1,
  describe: "account that sensors sign in with, for mdi-readiness; repeatable",
} as const;
export const honeytokensOption = {
  group: groups.reading,
  type: "string",
  requiresArg: true,
  describe: "file with names of honeytoken and sensitive accounts, one a line, for mdi-readiness",
} as const;

export function pathsOption<T>(command: Argv<T>) {
  return command.positional("paths", {
    type: "string",
    array: true,
    describe: "SYSVOL export, GPO backups, report, gpresult XML or auditpol CSV: folder, file or archive",
  });
}

export function inputOptions<T>(command: Argv<T>) {
  const options = pathsOption(command)
    .option("directory", {
      group: groups.reading,
      ...list,
      nargs: 1,
      describe: "directory data: LDIF (ldifde, ldapsearch, ldbsearch) or a snapshot of collect; repeatable",
    })
    .option("target", {
      group: groups.judging,
      ...list,
      nargs: 1,
      describe: "one computer, by name or DN (default: every domain controller); repeatable",
    })
    .option("assume", {
      group: groups.judging,
      ...list,
      nargs: 1,
      describe:
        "settle a doubt by hand: no-site-links, delivered, no-other-gpos, wmi:{ID}=true|false; repeatable",
    })
    .option("as", asOption)
    .option("overlay", {
      group: groups.reading,
      ...list,
      nargs: 1,
      describe: "proposed GPOs (backup, SYSVOL folder, report) on top of PATH; repeatable",
    })
    .option("as-if-linked", {
      group: groups.judging,
      type: "string",
      requiresArg: true,
      describe: "judge GPOs without a link as if linked there: DN of a domain, OU or site, or dc-ou",
    })
    .option("link-order", {
      group: groups.judging,
      type: "number",
      requiresArg: true,
      describe: "place of that link among those there; 1, the default, is the strongest",
    })
    .option("enforced", {
      group: groups.judging,
      type: "boolean",
      default: false,
      describe: "that link is enforced",
    })
    .option("root", rootOption);
  return ldapOptions(options);
}

/** Where a result goes: the same for a fresh and a saved one. */
export function outputOptions<T>(command: Argv<T>) {
  return command
    .option("format", formatOption(["pretty", "json", "sarif", "html", "junit", "markdown", "csv", "gitlab"]))
    .option("out", {
      group: groups.writing,
      ...list,
      nargs: 1,
      describe: "also write FORMAT=PATH; repeatable",
    })
    .option("report-dir", {
      group: groups.writing,
      type: "string",
      requiresArg: true,
      describe: "write report.html, report.csv, report.md, report.sarif, result.json and SHA256SUMS there",
    })
    .option("sarif-profile", {
      group: groups.writing,
      choices: sarifProfiles,
      default: "github" as const,
      requiresArg: true,
      describe: "whom SARIF is for: GitHub, an archive that holds everything, Azure DevOps",
    });
}

export function scanOptions<T>(command: Argv<T>) {
  return outputOptions(inputOptions(command))
    .option("policy", {
      group: groups.judging,
      ...list,
      nargs: 1,
      default: ["mdi"],
      describe: "policy pack, by name or file (JSON or YAML); repeatable",
    })
    .option("fail-on", {
      group: groups.gate,
      choices: [...severities, "none"] as const,
      default: "low" as const,
      requiresArg: true,
      describe: "that severity and above fails the gate",
    })
    .option("evidence", {
      group: groups.reading,
      ...list,
      nargs: 1,
      describe:
        "what a computer measured of itself: [HOST=]FILE of auditpol, secedit, reg or gpresult, or a folder of them; repeatable",
    })
    .option("fail-on-regression", {
      group: groups.gate,
      type: "boolean",
      default: false,
      describe: "with --overlay: only what the proposals make worse fails the gate",
    })
    .option("baseline", {
      group: groups.judging,
      type: "string",
      requiresArg: true,
      describe: "earlier result (JSON) to hold this one against: what is new since then",
    })
    .option("fail-on-new", {
      group: groups.gate,
      type: "boolean",
      default: false,
      describe: "with --baseline: only failures that it does not have fail the gate",
    })
    .option("allow-incomplete", {
      group: groups.gate,
      type: "boolean",
      default: false,
      describe: "report what stays unknown, but without exit code 3",
    })
    .option("service-account", serviceAccountOption)
    .option("honeytokens", honeytokensOption)
    .option("waivers", {
      group: groups.judging,
      ...list,
      nargs: 1,
      describe: "register of accepted deviations (YAML or JSON); repeatable",
    })
    .option("waivers-ref", {
      group: groups.judging,
      type: "string",
      requiresArg: true,
      describe: "read the register from this git revision, so that a change cannot waive itself",
    })
    .option("as-of", {
      group: groups.judging,
      type: "string",
      requiresArg: true,
      describe: "judge what depends on time as of this date (default: now)",
    })
    .example("$0 scan sysvol --directory domain.ldif", "what domain controllers get today")
    .example("$0 scan sysvol --directory domain.ldif --overlay backup", "what a proposal would change")
    .example("$0 scan backup.zip --directory domain.ldif --as-if-linked dc-ou", "a backup, as if linked")
    .option("soft-fail", {
      group: groups.gate,
      type: "boolean",
      default: false,
      describe: "turn exit code 1 into 0",
    })
    .option("deterministic", deterministicOption);
}

interface RawInputArgs extends RawLdapArgs {
  readonly paths?: readonly string[] | undefined;
  readonly directory: readonly string[];
  readonly target: readonly string[];
  readonly assume: readonly string[];
  readonly as?: SourceKind | undefined;
  readonly overlay: readonly string[];
  readonly asIfLinked?: string | undefined;
  readonly linkOrder?: number | undefined;
  readonly enforced: boolean;
  readonly root?: string | undefined;
}

const flags = { as: "as", asIfLinked: "as-if-linked", linkOrder: "link-order" } as const;

export function inputArgs(args: RawInputArgs): InputArgs {
  for (const name of ["as", "asIfLinked", "linkOrder"] as const) {
    // The parser makes a list of an option that is given twice, whatever its type says.
    if (Array.isArray(args[name])) throw new UsageError(`--${flags[name]} can be given only once`);
  }
  return {
    paths: texts(args.paths),
    as: args.as ?? null,
    overlay: args.overlay,
    link: {
      asIfLinked: args.asIfLinked ?? null,
      linkOrder: args.linkOrder ?? null,
      enforced: args.enforced,
    },
    directory: args.directory,
    ldap: ldapArgs(args),
    target: args.target,
    assume: args.assume,
    root: args.root ?? null,
  };
}

/** A positional that is not there is undefined. */
export function texts(values: readonly string[] | undefined): readonly string[] {
  return values ?? [];
}
