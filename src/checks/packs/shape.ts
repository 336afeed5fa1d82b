import type { Positioned } from "../files/positioned.ts";
import { shown } from "../files/problem.ts";
import type { FileShape, Shaped as ShapedFile } from "../files/shape.ts";
import { checkFileShape } from "../files/shape.ts";
import { validatePack } from "../validate-pack.gen.ts";
import type { PackFile } from "./pack-file.ts";

/** A file held against the schema of packs. */
export type Shaped = ShapedFile<PackFile>;

const shape: FileShape = { validate: validatePack, noun: "the policy pack", list: "requirements", misplaced };

export function checkShape(document: Positioned): Shaped {
  return checkFileShape<PackFile>(document, shape);
}

/** Why a field does not belong where it stands. */
function misplaced(owner: unknown): string {
  const has = (name: string): boolean =>
    typeof owner === "object" && owner !== null && Object.hasOwn(owner, name);
  if (has("operator")) return `expected what operator ${shown(Reflect.get(Object(owner), "operator"))} takes`;
  return has("check") ? "expected either check or setting and expect" : "expected a requirement with check";
}
