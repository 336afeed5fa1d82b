import type { Requirement } from "../model/requirement.ts";

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
export type PackFileRequirement = Omit<Requirement, "notes" | "scale"> & {
  readonly notes?: string;
  readonly scale?: Readonly<Record<string, string>>;
};
