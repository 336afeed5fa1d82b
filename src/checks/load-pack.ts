import type { PolicyPack, Requirement } from "../model/requirement.ts";
import { validatePack } from "./validate-pack.gen.ts";

export type LoadedPack =
  | { readonly ok: true; readonly pack: PolicyPack }
  /** Everything that is wrong with the file, one line each. */
  | { readonly ok: false; readonly errors: readonly string[] };

/** Reads a policy pack from its JSON text. `sha256` is that of the file, kept as evidence of what was checked. */
export function loadPack(text: string, sha256: string): LoadedPack {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { ok: false, errors: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const result = validatePack(data);
  if (!result.ok) {
    return {
      ok: false,
      errors: result.errors.map(
        ({ instancePath, message }) => `${instancePath === "" ? "/" : instancePath} ${message}`,
      ),
    };
  }
  const { pack } = result;
  const requirements = pack.requirements.map((requirement): Requirement => {
    const common = { id: `${pack.name}.${requirement.id}`, notes: requirement.notes ?? null };
    return "check" in requirement
      ? { ...requirement, ...common }
      : { ...requirement, ...common, scale: requirement.scale ?? {} };
  });
  const repeated = requirements.find(
    ({ id }, index) => requirements.findIndex((other) => other.id === id) !== index,
  );
  if (repeated !== undefined)
    return { ok: false, errors: [`/requirements the id '${repeated.id}' stands twice`] };
  const { name, title, version, date, source } = pack;
  return { ok: true, pack: { name, title, version, date, source, sha256, requirements } };
}
