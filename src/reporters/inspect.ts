import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticText } from "../model/diagnostic.ts";
import type { InspectedFile, InspectEntry } from "../model/inspect.ts";
import { visible } from "./escape.ts";

/** One JSON object a line, one line a file: see "JSON of inspect" in the public contract. */
export function renderInspectJsonl(files: readonly InspectedFile[]): string {
  return files.map((file) => `${JSON.stringify(toRecord(file))}\n`).join("");
}

function toRecord({ file, entries, diagnostics }: InspectedFile): unknown {
  const { path, kind, sha256, size, encoding, bom } = file;
  return { path, kind, sha256, size, encoding, bom, entries, diagnostics: diagnostics.map(toPlace) };
}

function toPlace({ path: _path, ...diagnostic }: Diagnostic): unknown {
  return { ...diagnostic, text: diagnosticText({ ...diagnostic, path: "" }) };
}

/** Each file with its rows and everything odd about it, as text. */
export function renderInspectPretty(files: readonly InspectedFile[]): string {
  return files
    .map(
      (file) =>
        `${fileLines(file)
          .map((line) => visible(line))
          .join("\n")}\n`,
    )
    .join("\n");
}

function fileLines({ file, entries, diagnostics }: InspectedFile): string[] {
  return [
    `${file.path}  ${file.kind}, ${file.encoding}, ${file.size} bytes`,
    `  sha256 ${file.sha256}`,
    ...entries.map((entry) => `  ${entryText(entry)}`),
    ...diagnostics.map(
      (diagnostic) =>
        `  ${diagnostic.severity} ${place(diagnostic)}${diagnosticText(diagnostic)} [${diagnostic.code}]`,
    ),
  ];
}

function place({ line, offset }: Diagnostic): string {
  if (line !== undefined) return `line ${line}: `;
  return offset === undefined ? "" : `offset ${offset}: `;
}

function entryText(entry: InspectEntry): string {
  if ("section" in entry)
    return `${entry.line}: [${entry.section}] ${entry.key}${entry.value === null ? "" : ` = ${entry.value}`}`;
  if ("hex" in entry)
    return `@${entry.offset}: ${entry.key}\\${entry.name} type ${entry.type} size ${entry.size} ${entry.hex}`;
  if ("action" in entry)
    return `${entry.line}: ${entry.action} ${entry.key}\\${entry.name} ${entry.type} ${entry.value}`;
  return `${entry.line}: ${entry.kind} ${entry.target} ${entry.guid} = ${entry.value}`;
}
