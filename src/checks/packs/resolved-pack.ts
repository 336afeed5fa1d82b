import type { Expectation } from "../../model/requirement.ts";
import type { SettingKey } from "../../model/setting.ts";
import type { Path, Positioned } from "../files/positioned.ts";
import type { TextFile } from "../files/problem.ts";
import type { AppliesToInFile, PackFile, RequirementInFile } from "./pack-file.ts";
import type { Parameters } from "./read-expectation.ts";

/** A requirement as far as its own fields and the inherited ones say; the rest is worked out last. */
export interface Draft {
  readonly id: string;
  readonly fields: RequirementInFile;
  /** Null for a check, and where the file is wrong. */
  readonly key: SettingKey | null;
  readonly expect: Expectation | null;
  /** For whom it is where its own fields do not say, by the packs on the way here. */
  readonly appliesTo: AppliesToInFile;
  /** Where it was last written. */
  readonly document: Positioned;
  readonly path: Path;
}

/** A pack with everything that it inherits. */
export interface ResolvedPack {
  readonly source: TextFile;
  readonly file: PackFile;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly parameters: Parameters;
  readonly appliesTo: AppliesToInFile;
  /** The packs that it extends, and theirs; each once. */
  readonly ancestors: readonly ResolvedPack[];
  /** How many self-tests of its own it has. */
  readonly testCount: number;
}

/** What a file extends. */
export interface Family {
  readonly parents: readonly ResolvedPack[];
  /** False where one of them could not be read: then nobody knows what is inherited. */
  readonly isWhole: boolean;
}
