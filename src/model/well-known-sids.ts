/** SIDs that mean the same on every Windows computer (MS-DTYP 2.4.2.4), with their English names, by authority. */
const byAuthority: Readonly<Record<string, readonly (readonly [sid: string, name: string])[]>> = {
  "": [
    ["S-1-1-0", "Everyone"],
    ["S-1-2-0", "LOCAL"],
    ["S-1-3-0", "CREATOR OWNER"],
    ["S-1-3-1", "CREATOR GROUP"],
  ],
  "NT AUTHORITY": [
    ["S-1-5-1", "DIALUP"],
    ["S-1-5-2", "NETWORK"],
    ["S-1-5-3", "BATCH"],
    ["S-1-5-4", "INTERACTIVE"],
    ["S-1-5-6", "SERVICE"],
    ["S-1-5-7", "ANONYMOUS LOGON"],
    ["S-1-5-9", "ENTERPRISE DOMAIN CONTROLLERS"],
    ["S-1-5-10", "SELF"],
    ["S-1-5-11", "Authenticated Users"],
    ["S-1-5-12", "RESTRICTED"],
    ["S-1-5-13", "TERMINAL SERVER USER"],
    ["S-1-5-14", "REMOTE INTERACTIVE LOGON"],
    ["S-1-5-15", "This Organization"],
    ["S-1-5-17", "IUSR"],
    ["S-1-5-18", "SYSTEM"],
    ["S-1-5-19", "LOCAL SERVICE"],
    ["S-1-5-20", "NETWORK SERVICE"],
    ["S-1-5-113", "Local account"],
    ["S-1-5-114", "Local account and member of Administrators group"],
  ],
  BUILTIN: [
    ["S-1-5-32-544", "Administrators"],
    ["S-1-5-32-545", "Users"],
    ["S-1-5-32-546", "Guests"],
    ["S-1-5-32-547", "Power Users"],
    ["S-1-5-32-548", "Account Operators"],
    ["S-1-5-32-549", "Server Operators"],
    ["S-1-5-32-550", "Print Operators"],
    ["S-1-5-32-551", "Backup Operators"],
    ["S-1-5-32-552", "Replicator"],
    ["S-1-5-32-554", "Pre-Windows 2000 Compatible Access"],
    ["S-1-5-32-555", "Remote Desktop Users"],
    ["S-1-5-32-556", "Network Configuration Operators"],
    ["S-1-5-32-557", "Incoming Forest Trust Builders"],
    ["S-1-5-32-558", "Performance Monitor Users"],
    ["S-1-5-32-559", "Performance Log Users"],
    ["S-1-5-32-560", "Windows Authorization Access Group"],
    ["S-1-5-32-561", "Terminal Server License Servers"],
    ["S-1-5-32-562", "Distributed COM Users"],
    ["S-1-5-32-568", "IIS_IUSRS"],
    ["S-1-5-32-569", "Cryptographic Operators"],
    ["S-1-5-32-573", "Event Log Readers"],
    ["S-1-5-32-574", "Certificate Service DCOM Access"],
    ["S-1-5-32-575", "RDS Remote Access Servers"],
    ["S-1-5-32-576", "RDS Endpoint Servers"],
    ["S-1-5-32-577", "RDS Management Servers"],
    ["S-1-5-32-578", "Hyper-V Administrators"],
    ["S-1-5-32-579", "Access Control Assistance Operators"],
    ["S-1-5-32-580", "Remote Management Users"],
  ],
  "NT SERVICE": [["S-1-5-80-0", "ALL SERVICES"]],
  "NT VIRTUAL MACHINE": [["S-1-5-83-0", "Virtual Machines"]],
  "Window Manager": [["S-1-5-90-0", "Window Manager Group"]],
};

/** Accounts that every domain has, by the last part of their SID. */
const byRid = new Map([
  ["500", "Administrator"],
  ["501", "Guest"],
  ["502", "krbtgt"],
  ["512", "Domain Admins"],
  ["513", "Domain Users"],
  ["514", "Domain Guests"],
  ["515", "Domain Computers"],
  ["516", "Domain Controllers"],
  ["517", "Cert Publishers"],
  ["518", "Schema Admins"],
  ["519", "Enterprise Admins"],
  ["520", "Group Policy Creator Owners"],
  ["521", "Read-only Domain Controllers"],
  ["525", "Protected Users"],
  ["526", "Key Admins"],
  ["527", "Enterprise Key Admins"],
]);

const names = new Map<string, string>();
const sids = new Map<string, string>();
for (const [authority, accounts] of Object.entries(byAuthority)) {
  for (const [sid, name] of accounts) {
    names.set(sid, authority === "NT SERVICE" ? `${authority}\\${name}` : name);
    sids.set(name.toLowerCase(), sid);
    if (authority !== "") sids.set(`${authority}\\${name}`.toLowerCase(), sid);
  }
}

/** What people call a SID; null where only the domain or the computer itself could tell. */
export function sidName(sid: string): string | null {
  const rid = /^S-1-5-21-\d+-\d+-\d+-(\d+)$/.exec(sid)?.[1];
  return names.get(sid) ?? (rid === undefined ? null : (byRid.get(rid) ?? null));
}

/** The SID behind an English well-known name, with or without its authority; null for every other account. */
export function wellKnownSid(name: string): string | null {
  return sids.get(name.trim().toLowerCase()) ?? null;
}
