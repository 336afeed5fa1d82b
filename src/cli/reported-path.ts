import { isAbsolute } from "node:path";
import type { SavedResult } from "../app/saved-result.ts";
import type { WaiversInUse } from "../app/waivers.ts";
import { parseEvidenceArgument } from "../sources/evidence.ts";
import { fsVfs } from "../sources/fs-vfs.ts";
import { nameInputs } from "../sources/name-inputs.ts";
import type { CliIo } from "./io.ts";
import type { InputArgs } from "./load.ts";
import { findRoot, toAbsolute } from "./paths.ts";

/** What a report calls a file that was named beside the inputs. */
export type ReportPath = (typed: string) => string;

/** As typed; an absolute path goes by the root of the run, as inputs do: a report holds no path of the machine. */
export function reportPaths(
  io: CliIo,
  args: Pick<InputArgs, "paths" | "overlay" | "evidence" | "root">,
): ReportPath {
  const absolute = (typed: string): string => toAbsolute(io.cwd, typed);
  const paths = args.paths.map(absolute);
  const root = findRoot(paths, args.root === null ? null : absolute(args.root));
  const evidence = (args.evidence ?? []).map((typed) => absolute(parseEvidenceArgument(typed).path));
  const naming = nameInputs(fsVfs, root, [...paths, ...args.overlay.map(absolute), ...evidence]);
  return (typed) => (isAbsolute(typed) ? naming.relative(absolute(typed)) : typed);
}

export function nameWaivers(waivers: WaiversInUse | undefined, report: ReportPath): WaiversInUse | undefined {
  if (waivers === undefined) return undefined;
  return {
    ...waivers,
    files: waivers.files.map((file) => (file.commit === null ? { ...file, path: report(file.path) } : file)),
    waivers: waivers.waivers.map((waiver) => ({ ...waiver, file: report(waiver.file) })),
  };
}

export function nameBaseline(baseline: SavedResult | null, report: ReportPath): SavedResult | null {
  return baseline === null ? null : { ...baseline, path: report(baseline.path) };
}
