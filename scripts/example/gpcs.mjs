/** The directory half of the GPOs: groupPolicyContainer objects, their links, the WMI filter. */
import { allow, inventedGuid, securityDescriptor } from "./encode.mjs";
import { auditGpos, wmiFilter } from "./gpos-audit.mjs";
import { otherGpos } from "./gpos-other.mjs";
import { versionOf } from "./gpt.mjs";
import { entry } from "./ldif.mjs";
import { base, dns, rid } from "./names.mjs";

export const gpos = { ...otherGpos, ...auditGpos };

/** Real order in gPLink: the last link is link order 1 and the strongest. */
export function links(...items) {
  return items.map(([gpo, options]) => `[LDAP://${linkedDn(gpo)};${options}]`).join("");
}

function linkedDn(gpo) {
  // The console writes small attribute names; the links that the first DC made are older than the console.
  return gpo.builtIn === true ? gpcDn(gpo) : `cn=${gpo.guid},cn=policies,cn=system,${base}`;
}

function gpcDn(gpo) {
  return `CN=${gpo.guid},CN=Policies,CN=System,${base}`;
}

export function gpcEntry(gpo) {
  return entry(gpcDn(gpo), {
    objectClass: ["top", "container", "groupPolicyContainer"],
    cn: gpo.guid,
    distinguishedName: gpcDn(gpo),
    whenCreated: gpo.created,
    displayName: gpo.name,
    objectGUID: inventedGuid(gpcDn(gpo)),
    flags: gpo.flags ?? 0,
    versionNumber: versionOf(gpo),
    gPCFunctionalityVersion: 2,
    gPCFileSysPath: `\\\\${dns}\\sysvol\\${dns}\\Policies\\${gpo.guid}`,
    gPCMachineExtensionNames: gpo.machineExtensions,
    gPCUserExtensionNames: gpo.userExtensions,
    gPCWQLFilter: gpo.wmiFilter && `[${dns};${gpo.wmiFilter.id};0]`,
    nTSecurityDescriptor: gpcDescriptor(gpo === gpos.baseline ? rid(1132) : "S-1-5-11"),
  });
}

/** The default descriptor of a GPC; `appliesTo` is whom the console lists under security filtering. */
function gpcDescriptor(appliesTo) {
  const [containerInherit, inheritOnly] = [0x02, 0x08];
  const [edit, read, controlAccess] = [0xf00ff, 0x20094, 0x100];
  const domainAdmins = rid(512);
  const readers = ["S-1-5-9", "S-1-5-11", ...(appliesTo === "S-1-5-11" ? [] : [appliesTo])];
  return securityDescriptor({
    owner: domainAdmins,
    group: domainAdmins,
    aces: [
      allow({ to: domainAdmins, mask: edit, flags: containerInherit }),
      allow({ to: rid(519), mask: edit, flags: containerInherit }),
      allow({ to: "S-1-3-0", mask: edit, flags: containerInherit | inheritOnly }),
      allow({ to: domainAdmins, mask: edit }),
      allow({ to: "S-1-5-18", mask: edit, flags: containerInherit }),
      ...readers.map((to) => allow({ to, mask: read, flags: containerInherit })),
      allow({
        to: appliesTo,
        mask: controlAccess,
        flags: containerInherit,
        objectType: "edacfd8f-ffb3-11d1-b41d-00a0c968f939", // Apply-Group-Policy
      }),
    ],
  });
}

export function wmiFilterEntry() {
  const { id, name, query } = wmiFilter;
  const dn = `CN=${id},CN=SOM,CN=WMIPolicy,CN=System,${base}`;
  return entry(dn, {
    objectClass: ["top", "msWMI-Som"],
    cn: id,
    distinguishedName: dn,
    "msWMI-ID": id,
    "msWMI-Name": name,
    "msWMI-Parm2": `1;3;10;${query.length};WQL;root\\CIMv2;${query};`,
  });
}
