import { afterEach, describe, expect, it } from "vitest";
import { parseSnapshot } from "../../src/formats/snapshot/parse-snapshot.ts";
import { collectDirectory } from "../../src/sources/ldap/collect-directory.ts";
import { base, forest, rootDse, sidBytes } from "../util/ldap-forest.ts";
import type { Behaviour, FakeEntry, LdapRequest, LdapServer } from "../util/ldap-server.ts";
import { directoryBehaviour, startLdapServer } from "../util/ldap-server.ts";

const open: LdapServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const password = "Secret!1";

async function collectFrom(behave: (request: LdapRequest) => Behaviour, names: readonly string[] = []) {
  const server = await startLdapServer(behave);
  open.push(server);
  const snapshot = await collectDirectory({
    session: {
      transport: {
        host: "127.0.0.1",
        port: server.port,
        kind: "plaintext",
        ca: null,
        verify: true,
        connectTimeout: 2000,
      },
      user: "reader@corp.example",
      password,
      timeout: 5000,
      pageSize: 500,
      retryDelays: [],
    },
    time: null,
    version: "0.0.0",
    progress: () => undefined,
    names,
  });
  const document = parseSnapshot(Buffer.from(snapshot.text), snapshot.fileName);
  const dns = document.records.map(({ dn }) => dn);
  return { server, snapshot, document, dns };
}

const small = { computers: 3, units: 2, gpos: 2 };

/** The server of a small forest, but for the requests that the change answers. */
function changed(
  change: (asked: Extract<LdapRequest, { type: "search" }>) => Behaviour | null,
): (asked: LdapRequest) => Behaviour {
  const plain = directoryBehaviour(forest(small), rootDse);
  return (asked) => (asked.type === "search" ? (change(asked) ?? plain(asked)) : plain(asked));
}

describe("collect", () => {
  it("reads what precedence needs, and no computer that is no domain controller", async () => {
    const { dns, snapshot, document } = await collectFrom(directoryBehaviour(forest(small), rootDse));
    expect(snapshot.fileName).toBe("corp.example.gpodir.json");
    expect(document.damaged).toBe(false);
    expect(dns.map((dn) => dn.replace(`,${base}`, "")).toSorted()).toEqual([
      "CN=Configuration",
      "CN=DC1,CN=Servers,CN=HQ,CN=Sites,CN=Configuration",
      "CN=DC1,OU=Domain Controllers",
      "CN=HQ,CN=Sites,CN=Configuration",
      "CN=Inner",
      "CN=Pilots",
      "CN=Schema,CN=Configuration",
      "CN=Services,CN=Configuration",
      "CN={A0000000-0000-4000-8000-000000000000},CN=Policies,CN=System",
      "CN={A0000000-0000-4000-8000-000000000001},CN=Policies,CN=System",
      "DC=corp,DC=example",
      "OU=Domain Controllers",
      "OU=Unit 0",
      "OU=Unit 1",
    ]);
  });

  it("looks up named accounts, and says what it asked for", async () => {
    const entries: FakeEntry[] = [
      ...forest(small),
      {
        dn: `CN=Bait,CN=Users,${base}`,
        attributes: { objectClass: ["user"], sAMAccountName: ["bait"], userAccountControl: ["512"] },
      },
    ];
    const typed = ["CORP\\bait", "ghost@corp.example", "a*)(cn", `CN=Bait,CN=Users,${base}`];
    const { dns, snapshot } = await collectFrom(directoryBehaviour(entries, rootDse), typed);
    expect(snapshot.header.lookedUp).toEqual({
      names: ["a*)(cn", "bait", "ghost"],
      principalNames: [],
    });
    expect(dns).toContain(`CN=Bait,CN=Users,${base}`);
    // A name is a value and never a part of the filter: nobody else came along.
    expect(dns.filter((dn) => dn.includes("CN=Users"))).toHaveLength(1);
  });

  it.each<[string, (entry: FakeEntry) => boolean, readonly string[]]>([
    ["one domain of several", () => true, []],
    ["the only domain", ({ attributes }) => !JSON.stringify(attributes).includes("DC=child"), ["HTTP/mdi"]],
    ["a forest whose domains are hidden", ({ dn }) => !dn.includes("CN=Partitions"), []],
  ])("of %s, holders of a service principal name", async (_, kept, expected) => {
    const managed: FakeEntry = {
      dn: `CN=mdi,CN=Users,${base}`,
      attributes: {
        objectClass: ["user", "msDS-GroupManagedServiceAccount"],
        sAMAccountName: ["mdi$"],
        servicePrincipalName: ["HTTP/mdi"],
      },
    };
    const entries = [...forest(small).filter(kept), managed];
    const { snapshot } = await collectFrom(directoryBehaviour(entries, rootDse));
    expect(snapshot.header.lookedUp).toEqual({ names: ["mdi"], principalNames: expected });
  });

  it("says which domains and GPOs of the forest it did not read", async () => {
    const { snapshot } = await collectFrom(directoryBehaviour(forest(small), rootDse));
    const foreign = snapshot.header.notCollected
      .map(({ what }) => what)
      .filter((what) => /^(GPO|domain)/.test(what));
    expect(foreign).toEqual([
      "GPO {a0000000-0000-4000-8000-000000000001} of other.example, linked to CN=HQ,CN=Sites,CN=Configuration,DC=corp,DC=example",
      "domain child.corp.example",
    ]);
  });

  it("asks for no secret, and keeps none that comes unasked", async () => {
    const plain = directoryBehaviour(forest(small), rootDse);
    const { server, snapshot } = await collectFrom((asked) => {
      const reply = plain(asked);
      if (asked.type !== "search" || typeof reply !== "object" || Buffer.isBuffer(reply)) return reply;
      const entries = (reply.entries ?? []).map((entry) => ({
        ...entry,
        attributes: {
          ...entry.attributes,
          unicodePwd: ["hash"],
          "msDS-ManagedPassword": ["blob"],
          "msKds-RootKeyData": ["key"],
        },
      }));
      return { ...reply, entries };
    });
    const asked = server.requests.flatMap((each) => (each.type === "search" ? each.request.attributes : []));
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((name) => /pwd$|password$|credential|rootkeydata|^\*$|^\+$/i.test(name))).toEqual([]);
    expect(asked).not.toContain("");
    expect(snapshot.text).not.toMatch(/"hash"|"blob"|"key"|never asked for/);
    expect(snapshot.text).not.toContain(password);
    expect(
      server.requests.every((each) => each.type !== "search" || each.request.attributes.length > 0),
    ).toBe(true);
  });

  it("asks for the readable part of descriptors and for audit entries apart, never together", async () => {
    const { server } = await collectFrom(directoryBehaviour(forest(small), rootDse));
    const flags = server.requests.flatMap((each) =>
      each.type === "search" && each.request.attributes.includes("ntsecuritydescriptor")
        ? [each.sdFlags]
        : [],
    );
    expect(new Set(flags)).toEqual(new Set([7, 8]));
  });

  it.each<readonly [string, readonly string[] | null, "administrator" | "limited"]>([
    ["built-in administrators", ["S-1-5-32-544"], "administrator"],
    ["domain admins", ["S-1-5-21-1-2-3-512"], "administrator"],
    ["enterprise admins of this root", ["S-1-5-21-1-2-3-519"], "administrator"],
    ["domain admins of elsewhere", ["S-1-5-21-9-9-9-512"], "limited"],
    ["users", ["S-1-5-21-1-2-3-513", "S-1-5-32-545"], "limited"],
    ["nobody knows what", null, "limited"],
  ])("takes a member of %s for what it is", async (_what, sids, account) => {
    const { tokenGroups: _own, ...rest } = rootDse.attributes;
    const root: FakeEntry = {
      dn: "",
      attributes: sids === null ? rest : { ...rest, tokenGroups: sids.map(sidBytes) },
    };
    const { snapshot } = await collectFrom(directoryBehaviour(forest(small), root));
    expect(snapshot.header.collected.account).toBe(account);
  });

  it("finds the groups of the account at its own object where the server does not say", async () => {
    const { tokenGroups: _own, ...attributes } = rootDse.attributes;
    const user: FakeEntry = {
      dn: `CN=Reader,${base}`,
      attributes: {
        objectClass: ["user"],
        userPrincipalName: ["reader@corp.example"],
        tokenGroups: [sidBytes("S-1-5-32-544")],
      },
    };
    const { snapshot } = await collectFrom(
      directoryBehaviour([...forest(small), user], { dn: "", attributes }),
    );
    expect(snapshot.header.collected.account).toBe("administrator");
    expect(snapshot.text).not.toContain("CN=Reader");
  });
});

describe("what ends early", () => {
  it.each([
    ["GPOs", "groupPolicyContainer"],
    ["units", "organizationalUnit"],
    ["sites", "site"],
    ["groups", "S-1-5-21-1-2-3-2000"],
  ])("is a problem of the snapshot, for %s, and everything is in doubt", async (_what, value) => {
    const { document, snapshot } = await collectFrom(
      changed(({ request }) =>
        JSON.stringify(request.filter).toLowerCase().includes(`"${value.toLowerCase()}"`)
          ? { code: 4 }
          : null,
      ),
    );
    expect(snapshot.header.problems).toContainEqual(
      expect.objectContaining({ why: "the server's size limit was reached" }),
    );
    expect(document.damaged).toBe(true);
  });

  it("keeps a domain controller whose token groups the server cannot work out", async () => {
    const { document, snapshot } = await collectFrom(
      changed(({ request }) =>
        request.baseDN !== "" && request.attributes.includes("tokengroups") ? { code: 1 } : null,
      ),
    );
    const controller = document.records.find(({ dn }) => dn.startsWith("CN=DC1,OU="));
    expect(controller?.attributes.has("useraccountcontrol")).toBe(true);
    expect(controller?.attributes.has("tokengroups")).toBe(false);
    expect(snapshot.header.notCollected.map(({ what }) => what)).toContain(
      `token groups of CN=DC1,OU=Domain Controllers,${base}`,
    );
  });

  it.each([
    ["no rootDSE", { code: 1 }, "cannot read the rootDSE: the server refuses the operation (result 1)"],
    [
      "another kind of server",
      { entries: [{ dn: "", attributes: { vendorName: ["x"] } }] },
      "the server names no domain: it is no domain controller of Active Directory",
    ],
  ] as const)("%s is an error", async (_what, reply, message) => {
    await expect(
      collectFrom(changed(({ request }) => (request.baseDN === "" ? reply : null))),
    ).rejects.toThrow(message);
  });
});

describe("a large domain", () => {
  it("costs the same with 20,000 computers as with none", async () => {
    const size = { units: 2_000, gpos: 3_000 };
    const none = await collectFrom(directoryBehaviour(forest({ ...size, computers: 0 }), rootDse));
    const many = await collectFrom(directoryBehaviour(forest({ ...size, computers: 20_000 }), rootDse));
    expect(many.snapshot.text).toBe(none.snapshot.text);
    expect(many.server.requests.length).toBe(none.server.requests.length);
    expect(many.snapshot.objectCount).toBeGreaterThan(5_000);
    // One object of each kind stands for what the snapshot may cost: it holds no object twice.
    expect(many.snapshot.text.length / many.snapshot.objectCount).toBeLessThan(1_000);
  });
});
