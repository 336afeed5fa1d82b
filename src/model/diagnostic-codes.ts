/**
 * `error`: part of the file could not be used, a verdict may depend on it. `warning`: used, but not as Windows specifies
 * it. `info`: worth knowing.
 */
export type DiagnosticSeverity = "error" | "warning" | "info";

/** Every diagnostic that a parser or source can raise. Documented in docs/diagnostics.md (a test compares). */
export const diagnosticCodes = {
  // Files and text, whatever the format
  "file.unreadable": info("error", "the file could not be read"),
  "file.too-large": info("error", "the file is larger than the limit and was not read"),
  "file.lfs-pointer": info("error", "a Git LFS pointer, not the content"),
  "file.case-twin": info("warning", "two entries differ only by case; both were read, in name order"),
  "file.link-skipped": info("warning", "a symbolic link or junction was not followed"),
  "file.morphed-folder": info("warning", "a folder left by a replication conflict was not read"),
  "file.unrecognised": info("error", "not a file of a kind that is read here"),
  "text.encoding-guessed": info("warning", "neither BOM nor valid UTF-8: read as windows-1252"),
  "text.no-bom": info("warning", "UTF-16 without byte order mark"),
  "text.odd-length": info("error", "UTF-16 text with an odd number of bytes: cut"),
  "text.undecodable": info("error", "bytes that are no text in the file's encoding"),
  "text.nul": info("error", "NUL characters in the text"),
  "limit.exceeded": info("error", "a limit was reached, the rest was not read"),

  // Policy files: registry.pol, GptTmpl.inf, audit.csv, GPT.INI, Registry.xml
  "preg.signature": info("error", "not a registry.pol signature: Windows ignores the file"),
  "preg.version": info("error", "registry.pol version other than 1: Windows ignores the file"),
  "preg.truncated": info("error", "registry.pol is cut inside its header or a record"),
  "preg.desync": info("error", "not a record where one must start or end; the rest was not read"),
  "preg.unterminated": info("error", "the last record is not closed"),
  "preg.trailing-nul": info("info", "a NUL character after the last record"),
  "preg.key-empty": info("warning", "record without a registry key: skipped"),
  "preg.key-backslash": info("warning", "registry key with a leading or trailing backslash: removed"),
  "preg.hive-prefix": info("warning", "registry key that names a hive; keys of registry.pol have none"),
  "preg.lone-surrogate": info("warning", "half a UTF-16 surrogate pair in a registry name"),
  "preg.type-unknown": info("warning", "unknown registry type: kept as raw bytes"),
  "preg.value-size": info("error", "data size does not fit the registry type: value unusable"),
  "preg.string-form": info(
    "warning",
    "string without NUL at its end, with one inside, or with an odd number of bytes",
  ),
  "preg.multi-string-gap": info("warning", "empty string inside a list of strings: kept"),
  "preg.directive-unknown": info("warning", "unknown ** directive: ignored"),
  "preg.directive-data": info("error", "the list of a ** directive cannot be read"),
  "preg.duplicate": info("warning", "the same registry value twice: the later one counts"),
  "inf.encoding": info("warning", "template is not UTF-16LE with byte order mark: Windows may ignore it"),
  "inf.section-missing": info("warning", "template without a section that the format requires"),
  "inf.section-repeated": info("info", "section occurs twice: continued"),
  "inf.section-broken": info("error", "broken section header"),
  "inf.row-outside": info("warning", "row outside any section: ignored"),
  "inf.row-malformed": info("error", "row does not have the form of its section"),
  "inf.row-misplaced": info("error", "row of another section: its section header may be damaged"),
  "inf.duplicate-key": info("warning", "the same key twice with different values"),
  "inf.duplicate-equal": info("info", "the same key twice with the same value"),
  "inf.value-unusable": info("error", "unusable value"),
  "inf.value-range": info("warning", "number out of range"),
  "inf.audit-key-unknown": info("warning", "unknown key in [Event Audit]: ignored"),
  "inf.audit-value-bits": info("info", "audit value above 4: its two lowest bits count"),
  "inf.truncated": info("error", "the last line is cut: the template may go on"),
  "audit.encoding": info("error", "audit.csv must be UTF-8"),
  "audit.no-rows": info("error", "neither a header nor a row of an audit.csv"),
  "audit.six-columns": info("warning", "six columns: what auditpol measured, not a policy"),
  "audit.field-count": info("error", "row without exactly seven fields"),
  "audit.quote": info("error", "unbalanced quotation mark"),
  "audit.row-unknown": info("error", "row of no known kind"),
  "audit.truncated": info("error", "the last row is cut"),
  "audit.comment": info("info", "comment line: skipped"),
  "audit.guid-form": info("warning", "subcategory GUID without braces"),
  "audit.guid-unknown": info("info", "unknown subcategory GUID: kept"),
  "audit.category-guid": info("warning", "GUID of a category, not of a subcategory: ignored"),
  "audit.name-mismatch": info(
    "warning",
    "the name belongs to another subcategory than the GUID; the GUID counts",
  ),
  "audit.text-mismatch": info("warning", "the text says another value than the number; the number counts"),
  "audit.target-word": info("info", "policy target is not the word System: taken as the system row"),
  "audit.user-row": info("info", "row for one user: not part of the computer's policy"),
  "audit.user-ambiguous": info(
    "warning",
    "row for one user without an exclusion setting: may be meant for the computer",
  ),
  "audit.value-unusable": info("error", "unusable setting value"),
  "audit.duplicate": info("warning", "the same subcategory twice with different values"),
  "audit.duplicate-equal": info("info", "the same subcategory twice with the same value"),
  "gpt-ini.encoding": info("warning", "GPT.INI in UTF-16: Windows writes it as ANSI"),
  "gpt-ini.no-general": info("error", "GPT.INI without the section [General]"),
  "gpt-ini.no-version": info("error", "GPT.INI without a version"),
  "gpt-ini.version": info("error", "unusable version"),
  "gpt-ini.version-repeated": info("warning", "more than one version"),
  "gpt-ini.row-malformed": info("warning", "row that is not key=value: ignored"),
  "gpp.refused": info("error", "XML with a DOCTYPE or with characters that XML 1.0 forbids: not parsed"),
  "gpp.malformed": info("error", "not well-formed XML"),
  "gpp.root": info("error", "root element is not RegistrySettings"),
  "gpp.element-unknown": info("warning", "unknown element: ignored"),
  "gpp.disabled": info("info", "disabled item: skipped"),
  "gpp.filter": info("warning", "item-level targeting: not evaluated"),
  "gpp.action": info("error", "unknown action"),
  "gpp.item": info("error", "registry item without usable properties"),
  "gpp.value": info("error", "value does not fit its type: unusable"),
  "gpp.hex": info("warning", "number that looks decimal: Preferences write hexadecimal"),
  "gpp.variable": info("warning", "registry name with a variable that only Windows can expand"),

  // Directory data: LDIF, snapshots, descriptors, gPLink, extension lists
  "ldif.not-ldif": info("error", "no LDIF record was found in the file"),
  "ldif.csvde": info("error", "a CSV export (csvde) cannot be read; export with ldifde"),
  "ldif.bad-line": info("error", "the line is no attribute, comment or continuation"),
  "ldif.no-dn": info("error", "the record does not begin with a DN"),
  "ldif.bad-dn": info("error", "the DN of the record cannot be read"),
  "ldif.bad-base64": info("error", "the value is not valid base64"),
  "ldif.url-refused": info("error", "the value stands behind a URL, which is never followed"),
  "ldif.range": info("warning", "only a range of the values was exported"),
  "ldif.change-not-applied": info("error", "a change record that cannot be applied"),
  "ldif.search-incomplete": info("error", "the search that wrote the file did not return everything"),
  "ldif.no-count": info(
    "warning",
    "the count that ldbsearch writes at the end is missing: the file may be cut",
  ),
  "ldif.unterminated": info("info", "the last line has no line end: the file may be cut"),
  "snapshot.refused": info("error", "not a snapshot in the layout that gpolint collect writes"),
  "snapshot.bad-object": info("error", "the line of the snapshot is no directory object"),
  "snapshot.truncated": info("error", "the snapshot does not hold all of its objects"),
  "snapshot.problem": info("error", "the directory could not be read in full"),
  "snapshot.partial": info("warning", "only some values of the attribute could be read"),
  "snapshot.unverified": info("warning", "nothing proves that the directory data came from the server"),
  "snapshot.not-collected": info("info", "not part of the snapshot"),
  "directory.object-twice": info("warning", "two exports of the object differ; the later file was used"),
  "directory.conflict-object": info("warning", "an object renamed by a replication conflict was skipped"),
  "directory.bad-value": info("error", "the value of the attribute cannot be read"),
  "directory.no-account-control": info(
    "error",
    "userAccountControl is missing: which computers are domain controllers is not certain",
  ),
  "gplink.malformed": info("error", "gPLink is cut or holds something that is no link"),
  "gplink.odd-options": info("warning", "link options with bits that have no meaning"),
  "gpc.bad-name": info("warning", "a group policy container that is not named by a GUID was skipped"),
  "gpc.odd-flags": info("warning", "GPO flags with bits that have no meaning"),
  "gpc.extensions-malformed": info("error", "the extension list is cut or malformed"),
  "gpc.extensions-unsorted": info(
    "warning",
    "the extension list is out of order: Windows stops reading it there",
  ),
  "gpc.wmi-filter-malformed": info("error", "the reference to a WMI filter cannot be read"),
  "gpc.wmi-filter-missing": info("warning", "the WMI filter of the GPO is not in the directory data"),
  "descriptor.malformed": info("error", "the security descriptor cannot be read"),
} as const satisfies Record<string, DiagnosticInfo>;

export type DiagnosticCode = keyof typeof diagnosticCodes;

interface DiagnosticInfo {
  readonly severity: DiagnosticSeverity;
  readonly title: string;
}

function info(severity: DiagnosticSeverity, title: string): DiagnosticInfo {
  return { severity, title };
}
