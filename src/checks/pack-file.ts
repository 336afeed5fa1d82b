import type { ReadinessRequirement, SettingRequirement } from "../model/requirement.ts";

/** A policy pack as it stands in its file: what policies/schema/pack.schema.json allows. */
export interface PackFile {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly date: string;
  readonly source: string;
  readonly licence: string;
  readonly requirements: readonly PackFileRequirement[];
}

/** Ids are without the pack's name; what may be left out is optional. */
export type PackFileRequirement = SettingInFile | Optional<ReadinessRequirement>;

type SettingInFile = Omit<Optional<SettingRequirement>, "scale"> & Partial<Pick<SettingRequirement, "scale">>;

type Optional<T> = T extends { readonly notes: string | null }
  ? Omit<T, "notes"> & { readonly notes?: string }
  : never;
