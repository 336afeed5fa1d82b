const root = "http://www.microsoft.com/GroupPolicy";

/** Namespaces of what the Group Policy console writes. Prefixes are the writer's choice and mean nothing. */
export const namespaces = {
  manifest: `${root}/GPOOperations/Manifest`,
  backup: `${root}/GPOOperations`,
  types: `${root}/Types`,
  settings: `${root}/Settings`,
  rsop: `${root}/Rsop`,
  base: `${root}/Settings/Base`,
  auditing: `${root}/Settings/Auditing`,
  security: `${root}/Settings/Security`,
  /** Administrative templates: registry.pol. */
  templates: `${root}/Settings/Registry`,
  /** Preferences: Registry.xml. Its type has the same local name as that of the templates. */
  preferences: `${root}/Settings/Windows/Registry`,
  instance: "http://www.w3.org/2001/XMLSchema-instance",
} as const;
