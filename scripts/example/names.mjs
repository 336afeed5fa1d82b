/** Names of the example domain: DNs, SIDs, and its four domain controllers. */

export const base = "DC=corp,DC=example";
export const configuration = `CN=Configuration,${base}`;
export const dns = "corp.example";
export const domainSid = "S-1-5-21-2864035721-1174936530-3905117862";
export const rid = (number) => `${domainSid}-${number}`;

export const dcOu = `OU=Domain Controllers,${base}`;
export const readOnlyOu = `OU=Read-Only,${dcOu}`;
export const serversOu = `OU=Servers,${base}`;
export const legacyOu = `OU=Legacy,${serversOu}`;
export const groupsOu = `OU=Groups,OU=Administration,${base}`;

export const computers = [
  {
    name: "HAM-DC01",
    ou: dcOu,
    rid: 1103,
    site: "Hamburg",
    os: "2022",
    build: 20348,
    created: "20220816074409.0Z",
  },
  {
    name: "LIS-DC02",
    ou: dcOu,
    rid: 1108,
    site: "Lisbon",
    os: "2022",
    build: 20348,
    created: "20221004131855.0Z",
  },
  {
    name: "OPO-RODC1",
    ou: readOnlyOu,
    rid: 1117,
    site: "Porto",
    os: "2019",
    build: 17763,
    created: "20200512093327.0Z",
  },
  {
    name: "HAM-DC04",
    ou: legacyOu,
    rid: 1121,
    site: "Hamburg",
    os: "2016",
    build: 14393,
    created: "20171130102214.0Z",
  },
];
export const readOnly = ({ name }) => name === "OPO-RODC1";
export const dnOf = ({ name, ou }) => `CN=${name},${ou}`;
export const siteDn = (name) => `CN=${name},CN=Sites,${configuration}`;
export const serverDn = ({ name, site }) => `CN=${name},CN=Servers,${siteDn(site)}`;
