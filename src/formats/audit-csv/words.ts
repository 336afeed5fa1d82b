import { auditSubcategories } from "../../model/audit-subcategories.ts";

/** Inclusion Setting as Windows writes it in English, German and Spanish. Decoration in a policy (MS-GPAC 2.2.1.3). */
const auditWords = new Map<string, number>([
  ["no auditing", 0],
  ["success", 1],
  ["failure", 2],
  ["success and failure", 3],
  ["keine überwachung", 0],
  ["erfolgreich", 1],
  ["erfolg", 1],
  ["fehler", 2],
  ["erfolg und fehler", 3],
  ["sin auditoría", 0],
  ["aciertos", 1],
  ["errores", 2],
  ["aciertos y errores", 3],
]);

const optionWords = new Map<string, number>([
  ["disabled", 0],
  ["enabled", 1],
  ["deaktiviert", 0],
  ["aktiviert", 1],
]);

/** The value that an Inclusion Setting stands for; undefined where the word is not known. */
export function auditWordValue(word: string): number | undefined {
  return auditWords.get(word.trim().toLowerCase());
}

/** The same for an audit option. */
export function optionWordValue(word: string): number | undefined {
  return optionWords.get(word.trim().toLowerCase());
}

const guidsByName = new Map<string, Set<string>>();
for (const { guid, names } of auditSubcategories) {
  for (const name of names) {
    const guids = guidsByName.get(name.toLowerCase()) ?? new Set();
    guidsByName.set(name.toLowerCase(), guids.add(guid));
  }
}

/** Whether a name, with or without the editor's "Audit " in front, belongs to other subcategories only. */
export function namesOther(name: string, guid: string): boolean {
  const plain = name.trim().toLowerCase();
  const found = [plain, plain.replace(/^audit /, "")].flatMap((word) => [...(guidsByName.get(word) ?? [])]);
  return found.length > 0 && !found.includes(guid);
}
