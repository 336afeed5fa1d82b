/** Verdicts of the public contract; `waived` comes from the waiver register. */
export const verdicts = ["fail", "unknown", "waived", "pass", "not-applicable"] as const;
export type Verdict = (typeof verdicts)[number];
