import type { Argv } from "yargs";
import { severities } from "../model/requirement.ts";
import { sourceKinds } from "../model/source.ts";
import type { SourceKind } from "../model/source.ts";
import { UsageError } from "./io.ts";
import type { RawLdapArgs } from "./ldap-args.ts";
import { ldapArgs, ldapOptions } from "./ldap-args.ts";
import type { InputArgs } from "./load.ts";

/** The first choice is the default. */
export function formatOption<const T extends string>(choices: readonly [T, ...T[]]) {
  return { choices, default: choices[0], requiresArg: true, describe: "what to print" };
}

export const deterministicOption = {
  type: "boolean",
  default: false,
  describe: "no time and no command line in what is written",
} as const;
export const rootOption = {
  type: "string",
  requiresArg: true,
  describe: "folder that reported paths are relative to",
} as const;
const list = { type: "string", array: true, requiresArg: true, default: [] as string[] } as const;

export const serviceAccountOption = {
  ...list,
  nargs: 1,
  describe: "account that sensors sign in with, for mdi-readiness; repeatable",
} as const;
export const honeytokensOption = {
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
  return ldapOptions(pathsOption(command))
    .option("directory", {
      ...list,
      nargs: 1,
      describe: "directory data: LDIF (ldifde, ldapsearch, ldbsearch) or a snapshot of collect; repeatable",
    })
    .option("target", {
      ...list,
      nargs: 1,
      describe: "one computer, by name or DN (default: every domain controller); repeatable",
    })
    .option("assume", {
      ...list,
      nargs: 1,
      describe:
        "settle a doubt by hand: no-site-links, delivered, no-other-gpos, wmi:{ID}=true|false; repeatable",
    })
    .option("as", {
      choices: sourceKinds,
      requiresArg: true,
      describe: "what every PATH is (default: found out by content)",
    })
    .option("overlay", {
      ...list,
      nargs: 1,
      describe: "proposed GPOs (backup, SYSVOL folder, report) on top of PATH; repeatable",
    })
    .option("as-if-linked", {
      type: "string",
      requiresArg: true,
      describe: "judge GPOs without a link as if linked there: DN of a domain, OU or site, or dc-ou",
    })
    .option("link-order", {
      type: "number",
      requiresArg: true,
      describe: "place of that link among those there; 1, the default, is the strongest",
    })
    .option("enforced", { type: "boolean", default: false, describe: "that link is enforced" })
    .option("root", rootOption);
}

export function scanOptions<T>(command: Argv<T>) {
  return inputOptions(command)
    .option("policy", {
      ...list,
      nargs: 1,
      default: ["mdi"],
      describe: "policy pack, by name or JSON file; repeatable",
    })
    .option("format", formatOption(["pretty", "json", "sarif", "html"]))
    .option("out", { ...list, nargs: 1, describe: "also write FORMAT=PATH; repeatable" })
    .option("report-dir", {
      type: "string",
      requiresArg: true,
      describe: "write report.html, report.sarif, result.json and SHA256SUMS there",
    })
    .option("fail-on", {
      choices: [...severities, "none"] as const,
      default: "low" as const,
      requiresArg: true,
      describe: "that severity and above fails the gate",
    })
    .option("evidence", {
      ...list,
      nargs: 1,
      describe:
        "what a computer measured of itself: [HOST=]FILE of auditpol, secedit, reg or gpresult, or a folder of them; repeatable",
    })
    .option("fail-on-regression", {
      type: "boolean",
      default: false,
      describe: "with --overlay: only what the proposals make worse fails the gate",
    })
    .option("allow-incomplete", {
      type: "boolean",
      default: false,
      describe: "report what stays unknown, but without exit code 3",
    })
    .option("service-account", serviceAccountOption)
    .option("honeytokens", honeytokensOption)
    .option("as-of", {
      type: "string",
      requiresArg: true,
      describe: "judge what depends on time as of this date (default: now)",
    })
    .option("soft-fail", { type: "boolean", default: false, describe: "turn exit code 1 into 0" })
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
