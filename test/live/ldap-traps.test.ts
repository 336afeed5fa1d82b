import { readFileSync } from "node:fs";
import type { SearchEntry } from "ldapts";
import { afterEach, describe, expect, it } from "vitest";
import { LdapConnection } from "../../src/sources/ldap/connection.ts";
import { SdFlagsControl } from "../../src/sources/ldap/controls.ts";
import type { Transport } from "../../src/sources/ldap/open-socket.ts";
import { completeRanges, entryObject } from "../../src/sources/ldap/entry-object.ts";
import { openSocket } from "../../src/sources/ldap/open-socket.ts";
import { LdapSession } from "../../src/sources/ldap/session.ts";
import { bigGroup } from "./dc/extra-objects.ts";
import { load, onDatabase } from "./dc/run-tool.ts";
import type { Account } from "./dc/settings.ts";
import { administrator, caFile, domain, host, reader } from "./dc/settings.ts";
import type { Listener } from "./util/proxy.ts";
import { startProxy } from "./util/proxy.ts";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function transport(port = 636, kind: Transport["kind"] = "ldaps"): Transport {
  return { host, port, kind, ca: readFileSync(caFile, "utf8"), verify: true, connectTimeout: 5_000 };
}

function session(
  account: Account,
  options: Partial<ConstructorParameters<typeof LdapSession>[0]> = {},
): LdapSession {
  const made = new LdapSession({
    transport: transport(),
    user: account.user,
    password: account.password,
    timeout: 5_000,
    pageSize: 20,
    retryDelays: [],
    ...options,
  });
  open.push(made);
  return made;
}

const nameOf = (entry: SearchEntry): string => entry.name;

describe("a page without entries", () => {
  const unit = `OU=Empty Page,${domain.base}`;
  const spec = { base: unit, scope: "one", filter: "(objectClass=contact)", attributes: ["cn"] } as const;

  /** Sixty objects, of which the second page of twenty will be gone when it is asked for. */
  async function sixtyObjects(): Promise<readonly string[]> {
    const contacts = Array.from({ length: 60 }, (_, index) => `CN=short-lived ${index},${unit}`);
    load("ldbadd", [
      `dn: ${unit}\nobjectClass: organizationalUnit\n\n`,
      ...contacts.map((dn) => `dn: ${dn}\nobjectClass: contact\n\n`),
    ]);
    const { found } = await session(administrator).search("all", spec, nameOf);
    expect(found).toHaveLength(60);
    return found;
  }

  afterEach(() => void onDatabase("ldbdel", ["--recursive", unit]));

  it("is followed by others on a real server", async () => {
    const order = await sixtyObjects();
    const connection = new LdapConnection(await openSocket(transport()), 5_000);
    open.push(connection);
    await connection.bind(administrator.user, administrator.password);
    const sizes: number[] = [];
    let cookie = Buffer.alloc(0);
    do {
      const answer = await connection.search(spec, { size: 20, cookie });
      if (sizes.push(answer.entries.length) === 1) onDatabase("ldbdel", order.slice(20, 40));
      cookie = answer.cookie as typeof cookie;
    } while (cookie.length > 0);
    expect(sizes.slice(0, 3)).toEqual([20, 0, 20]);
  });

  it("does not end a search", async () => {
    const order = await sixtyObjects();
    let count = 0;
    const { found, failure } = await session(administrator).search("contacts", spec, (entry) => {
      if (++count === 20) onDatabase("ldbdel", order.slice(20, 40));
      return entry.name;
    });
    expect(failure).toBeNull();
    expect(found).toEqual([...order.slice(0, 20), ...order.slice(40)]);
  });
});

describe("a group with more values than one answer holds", () => {
  it("is read to its last member", async () => {
    const reading = session(reader);
    const first = { base: bigGroup.dn, scope: "base", filter: "(objectClass=*)" } as const;
    const wanted = new Set(["member"]);
    // A server of Windows sends a part unasked; one of Samba sends it when it is asked for.
    const { found } = await reading.search(
      "part",
      { ...first, attributes: ["member;range=0-499"] },
      (entry) => entryObject(entry, wanted),
    );
    const [group] = found;
    if (group === undefined) throw new Error("the group was not found");
    expect(group.attributes.get("member")).toHaveLength(500);
    await completeRanges(reading, group);
    expect(new Set(group.attributes.get("member")).size).toBe(bigGroup.members);
    expect(group.partial.size).toBe(0);
  });
});

describe("security descriptors", () => {
  it.each([
    [administrator, 7, 1],
    [administrator, 8, 1],
    [administrator, 15, 1],
    [reader, 7, 1],
    // Who may not see the audit list is told nothing at all: no descriptor is not an empty one.
    [reader, 8, 0],
    [reader, 15, 0],
  ])("of the domain head for $name with flags %i", async ({ ...account }, flags, expected) => {
    const { found } = await session(account).search(
      "domain head",
      {
        base: domain.base,
        scope: "base",
        filter: "(objectClass=*)",
        attributes: ["nTSecurityDescriptor"],
        controls: [new SdFlagsControl(flags)],
      },
      ({ attributes }) => attributes.length,
    );
    expect(found).toEqual([expected]);
  });
});

describe("a connection that was lost", () => {
  const spec = {
    base: domain.base,
    scope: "sub",
    filter: "(objectClass=contact)",
    attributes: ["cn"],
  } as const;

  async function proxied(port: number): Promise<Listener> {
    // Between the login and the end of the search.
    const proxy = await startProxy(port, { afterBytes: 15_000, does: "cut", once: true });
    open.push(proxy);
    return proxy;
  }

  it.each([
    ["ldaps", 636],
    ["starttls", 389],
  ] as const)("is made again with a login, over %s, and the search begins anew", async (kind, port) => {
    const proxy = await proxied(port);
    const lost = session(reader, { transport: transport(proxy.port, kind), retryDelays: [10] });
    const { found, failure } = await lost.search("contacts", spec, nameOf);
    expect(failure).toBeNull();
    expect(proxy.connections()).toBe(2);
    expect(new Set(found).size).toBe(bigGroup.members);
    expect(found).toHaveLength(bigGroup.members);
  });

  it.each([
    ["ldaps", 636],
    ["starttls", 389],
  ] as const)("is an error, over %s, where no attempt is left: never a short answer", async (kind, port) => {
    const proxy = await proxied(port);
    const lost = session(reader, { transport: transport(proxy.port, kind) });
    await expect(lost.search("contacts", spec, nameOf)).rejects.toThrow(/connection was lost/);
    expect(proxy.connections()).toBe(1);
  });
});
