import type { NewWaiver } from "../../app/edit-waivers.ts";
import { addToRegister } from "../../app/edit-waivers.ts";
import { problemText } from "../../app/waivers.ts";
import type { Severity } from "../../model/requirement.ts";
import type { WaiverType } from "../../model/waiver.ts";
import { visible } from "../../reporters/escape.ts";
import { fsVfs } from "../../sources/fs-vfs.ts";
import type { CliIo } from "../io.ts";
import { UsageError } from "../io.ts";
import { toAbsolute } from "../paths.ts";
import { readRegister, requireValid } from "../waivers-load.ts";
import { writeWhole } from "../write-files.ts";

/** As the parser gives them: an option that was not given is undefined. */
export interface WaiversAddArgs {
  readonly file: string;
  readonly rule: string;
  readonly target?: string | undefined;
  readonly domain?: string | undefined;
  readonly gpo?: string | undefined;
  readonly setting?: string | undefined;
  readonly justification: string;
  readonly approvedBy: string;
  readonly approvedOn?: string | undefined;
  readonly expires: string;
  readonly type?: WaiverType | undefined;
  readonly owner?: string | undefined;
  readonly ticket?: string | undefined;
  readonly maxSeverity?: Severity | undefined;
  readonly broad: boolean;
  readonly id?: string | undefined;
}

/** Writes one more waiver. A register that would not be valid is not written. Returns the exit code. */
export function runWaiversAdd(io: CliIo, args: WaiversAddArgs): number {
  for (const [name, value] of Object.entries(args)) {
    // The parser makes a list of an option that is given twice, whatever its type says.
    if (Array.isArray(value) && name !== "_") throw new UsageError(`--${name} can be given only once`);
  }
  const { file } = args;
  const path = toAbsolute(io.cwd, file);
  const now = io.now();
  const before = fsVfs.kindOf(path) === "missing" ? null : readRegister(io, file);
  const register = before === null ? null : { source: before, waivers: requireValid([before], now).waivers };
  const added = addToRegister(register, file, toEntry(args, now), now);
  if (added.ok) {
    writeWhole(path, added.text);
    io.stdout.write(`${visible(file)}: added ${visible(added.id)}, until ${visible(args.expires)}\n`);
    return 0;
  }
  const why = "problem" in added ? added.problem : added.problems.map(problemText).join("; ");
  throw new UsageError(`nothing was written: ${why}`);
}

function toEntry(args: WaiversAddArgs, now: string): NewWaiver {
  const { rule, justification, approvedBy, expires, domain, target, gpo, setting } = args;
  const { type, owner, ticket, maxSeverity, broad, approvedOn } = args;
  return {
    id: args.id ?? null,
    rule,
    ...(broad ? { broad } : {}),
    scope: given({ domain, target, gpo, setting }),
    ...given({ type, owner, ticket, maxSeverity }),
    justification,
    approvedBy,
    approvedOn: approvedOn ?? now.slice(0, 10),
    expires,
  };
}

/** Without what was not given. */
function given<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is undefined has just been left out
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}
