import { isSatisfiable } from "./permitted.ts";
import type { FileProblem } from "../files/problem.ts";
import type { Positioned } from "../files/positioned.ts";
import type { Draft } from "./resolved-pack.ts";
import { askedOf } from "./applies-to-of-pack.ts";
import { settingName } from "../../model/setting-names.ts";

/** Requirements of one file that no value meets together with the others of the pack on the same setting. */
export function findContradictions(
  document: Positioned,
  drafts: ReadonlyMap<string, Draft>,
): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const before: Draft[] = [];
  for (const draft of drafts.values()) {
    const own = toRule(draft);
    if (own === null) continue;
    const other = before.find((earlier) => {
      const rule = toRule(earlier);
      return (
        rule !== null &&
        earlier.key === draft.key &&
        sameComputers(earlier, draft) &&
        !isSatisfiable([rule, own])
      );
    });
    before.push(draft);
    if (other === undefined || (draft.document !== document && other.document !== document)) continue;
    const place = draft.document === document ? draft : other;
    const text = `found an expectation of '${settingName(draft.key ?? "")}' that '${draft.id}' and '${other.id}' cannot both have met`;
    problems.push(
      document.problem([...place.path, "expect"], `${text}, expected one value at least that meets both`),
    );
  }
  return problems;
}

function toRule({ expect, fields }: Draft) {
  return expect === null ? null : { expect, whenNotConfigured: fields.whenNotConfigured ?? "fail" };
}

/** Requirements for different computers may differ. */
function sameComputers(one: Draft, other: Draft): boolean {
  return JSON.stringify(askedOf(one)) === JSON.stringify(askedOf(other));
}
