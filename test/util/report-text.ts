const root = "http://www.microsoft.com/GroupPolicy";
const settings = `${root}/Settings`;
const xsi = "http://www.w3.org/2001/XMLSchema-instance";

export const gpoGuid = "aaaaaaaa-0000-4000-8000-000000000001";

/** One section of a report; the elements carry `prefix`. An empty prefix is the default namespace. */
export function section(namespace: string, type: string, elements: string, prefix = "q1"): string {
  const [declaration, name] = prefix === "" ? ["xmlns", type] : [`xmlns:${prefix}`, `${prefix}:${type}`];
  return (
    `<ExtensionData><Extension ${declaration}="${settings}/${namespace}" xsi:type="${name}">${elements}</Extension>` +
    `<Name>in the language of the console</Name></ExtensionData>`
  );
}

export function tag(name: string, content: string, prefix = "q1"): string {
  const full = prefix === "" ? name : `${prefix}:${name}`;
  return `<${full}>${content}</${full}>`;
}

export function auditSetting(guid: string, value: string, target = "System", prefix = "q1"): string {
  const child = (name: string, text: string): string => tag(name, text, prefix);
  return child(
    "AuditSetting",
    child("PolicyTarget", target) +
      child("SubcategoryName", "Anmelden") +
      child("SubcategoryGuid", guid) +
      child("SettingValue", value),
  );
}

export function securityOption(key: string, value: string): string {
  return tag("SecurityOptions", `${tag("KeyName", key)}${value}`);
}

export interface GpoText {
  readonly guid?: string;
  readonly identifier?: string;
  readonly facts?: string;
  /** Content of Computer behind its versions. */
  readonly computer?: string;
  readonly links?: string;
  readonly enabled?: string;
  readonly versions?: string;
}

/** One GPO element as Get-GPOReport writes it, with the line breaks taken out. */
export function gpoElement(gpo: GpoText = {}): string {
  const {
    guid = `{${gpoGuid.toUpperCase()}}`,
    identifier = `<Identifier><Identifier xmlns="${root}/Types">${guid}</Identifier><Domain xmlns="${root}/Types">Corp.Example</Domain></Identifier>`,
    facts = "<FilterDataAvailable>true</FilterDataAvailable>",
    computer = "",
    links = "",
    enabled = "true",
    versions = "<VersionDirectory>4</VersionDirectory><VersionSysvol>5</VersionSysvol>",
  } = gpo;
  return (
    `<GPO xmlns:xsi="${xsi}" xmlns="${settings}">${identifier}<Name>Audit &amp; more</Name>` +
    `<ReadTime>2026-01-02T03:04:05Z</ReadTime>${facts}` +
    `<Computer>${versions}<Enabled>${enabled}</Enabled>${computer}</Computer>` +
    `<User><VersionDirectory>1</VersionDirectory><VersionSysvol>1</VersionSysvol><Enabled>true</Enabled>` +
    `${section("Registry", "RegistrySettings", tag("Policy", tag("Name", "of the user")))}</User>${links}</GPO>`
  );
}

export const declaration = '<?xml version="1.0" encoding="utf-16"?>';
