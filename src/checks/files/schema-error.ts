/** One thing that a file has and its schema does not allow. */
export interface SchemaError {
  /** JSON pointer into the data. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What the schema calls that which it wants; null where it has no words for it. */
  readonly expected: string | null;
  /** Names that the schema knows at this place. */
  readonly names: readonly string[];
}
