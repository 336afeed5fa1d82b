import { afterEach, describe, expect, it } from "vitest";
import { entryObject, completeRanges } from "../../src/sources/ldap/entry-object.ts";
import { LdapError } from "../../src/sources/ldap/ldap-error.ts";
import type { SessionOptions } from "../../src/sources/ldap/session.ts";
import { LdapSession } from "../../src/sources/ldap/session.ts";
import type { Behaviour, FakeEntry, LdapRequest, LdapServer } from "../util/ldap-server.ts";
import { startLdapServer, writeMessage } from "../util/ldap-server.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve(behave: (request: LdapRequest) => Behaviour, options: Partial<SessionOptions> = {}) {
  const server = await startLdapServer(behave);
  const transport = {
    host: "127.0.0.1",
    port: server.port,
    kind: "plaintext",
    ca: null,
    verify: true,
    connectTimeout: 2000,
  } as const;
  const session = new LdapSession({
    transport,
    user: "reader@corp.example",
    password: "Secret!1",
    timeout: 2000,
    pageSize: 2,
    retryDelays: [],
    ...options,
  });
  open.push(session, server);
  return { server, session };
}

const spec = { base: "DC=x", scope: "sub", filter: "(objectClass=*)", attributes: ["member"] } as const;
const named = (...dns: readonly string[]): readonly FakeEntry[] => dns.map((dn) => ({ dn, attributes: {} }));
const kinds = (server: LdapServer): readonly string[] =>
  server.requests.map(({ connection, type }) => `${connection} ${type}`);

async function names(session: LdapSession): Promise<readonly string[]> {
  const { found, failure } = await session.search("all", spec, ({ name }) => name);
  expect(failure).toBeNull();
  return found;
}

describe("a paged search", () => {
  it("goes on behind a page without entries", async () => {
    const pages: Readonly<Record<string, Behaviour>> = {
      "": { entries: named("CN=a", "CN=b"), cookie: "1" },
      "1": { entries: [], cookie: "2" },
      "2": { entries: [], references: ["ldap://other.example/DC=other"], cookie: "3" },
      "3": { entries: named("CN=c"), cookie: "" },
    };
    const { session } = await serve((asked) =>
      asked.type === "search" ? (pages[asked.cookie] ?? { code: 53 }) : {},
    );
    expect(await names(session)).toEqual(["CN=a", "CN=b", "CN=c"]);
  });

  it("does not go on for ever", async () => {
    const { session } = await serve((asked) => (asked.type === "search" ? { cookie: "again" } : {}));
    await expect(names(session)).rejects.toThrow("all: the server sends empty pages without end");
  });

  it("asks for pages of its size, no limit of entries, and two minutes of the server's time", async () => {
    const { server, session } = await serve(() => ({}));
    await names(session);
    expect(server.requests[1]).toMatchObject({
      type: "search",
      pageSize: 2,
      request: { sizeLimit: 0, timeLimit: 120 },
    });
  });

  it.each([
    [4, "the server's size limit was reached"],
    [3, "the server's time limit was reached"],
    [10, "another server holds it, and none but the given one is asked"],
    [32, "there is no such object, or the account may not see it"],
    [53, "the server refuses the operation (result 53, because)"],
  ])("that ends with result %i is not whole, and what came is kept", async (code, message) => {
    const { session } = await serve((asked) =>
      asked.type === "search" ? { entries: named("CN=a"), code, text: "because" } : {},
    );
    const { found, failure } = await session.search("all", spec, ({ name }) => name);
    expect(found).toEqual(["CN=a"]);
    expect(failure).toMatchObject({ failure: "result", code, message });
  });
});

describe("a lost connection", () => {
  /** Hangs up at the second page of the first `times` connections. */
  const losing =
    (times: number) =>
    (asked: LdapRequest): Behaviour => {
      if (asked.type !== "search") return {};
      if (asked.cookie === "") return { entries: named("CN=a", "CN=b"), cookie: "1" };
      return asked.connection <= times ? "close" : { entries: named("CN=c"), cookie: "" };
    };

  it("is made again: first the login, then the search from its beginning", async () => {
    const { server, session } = await serve(losing(2), { retryDelays: [1, 1] });
    expect(await names(session)).toEqual(["CN=a", "CN=b", "CN=c"]);
    const once = (connection: number): string[] =>
      ["bind", "search", "search"].map((type) => `${connection} ${type}`);
    expect(kinds(server)).toEqual([...once(1), ...once(2), ...once(3)]);
  });

  it("is given up after as many attempts as are allowed", async () => {
    const { server, session } = await serve(losing(9), { retryDelays: [1, 1] });
    await expect(names(session)).rejects.toThrow("all: the connection was lost");
    expect(server.connections()).toBe(3);
  });

  it("is never read from without a login", async () => {
    const { server, session } = await serve(
      (asked) => {
        if (asked.type === "bind") return asked.connection === 1 ? {} : { code: 49, text: "data 775" };
        return asked.connection === 1 ? "close" : { entries: named("CN=secret") };
      },
      { retryDelays: [1, 1] },
    );
    await expect(names(session)).rejects.toThrow(/cannot log on .* the account is locked/);
    // A refused login is not tried again: that would lock the account.
    expect(kinds(server)).toEqual(["1 bind", "1 search", "2 bind"]);
  });
});

describe("a server that does not speak", () => {
  it("is given up, and nothing waits behind it", async () => {
    const { session } = await serve((asked) => (asked.type === "search" ? "silence" : {}), {
      timeout: 50,
      retryDelays: [1],
    });
    await expect(names(session)).rejects.toThrow("all: the server did not answer within 0.05 s");
  });

  it.each([
    ["something else", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), /no LDAP|did not answer/],
    ["a broken message", Buffer.from("300502010264ff", "hex"), /no LDAP|did not answer/],
    ["a message without end", Buffer.from("3084ffffffff", "hex"), /no LDAP|did not answer/],
  ])("LDAP but %s is an error", async (_what, bytes, message) => {
    const { session } = await serve((asked) => (asked.type === "search" ? bytes : {}), { timeout: 100 });
    await expect(names(session)).rejects.toThrow(message);
  });

  it("and says that it is about to hang up", async () => {
    const notice = writeMessage(0, 0x78, (writer) => {
      writer.writeEnumeration(52);
      writer.writeString("");
      writer.writeString("going down");
    });
    const { session } = await serve((asked) => (asked.type === "search" ? notice : {}), { timeout: 50 });
    await expect(names(session)).rejects.toThrow(LdapError);
  });
});

describe("a login", () => {
  it.each([
    ["", "x"],
    ["reader@corp.example", ""],
  ])("as '%s' with '%s' is refused before anything is sent", async (user, password) => {
    const { server, session } = await serve(() => ({}));
    await expect(serve(() => ({}), { user, password })).rejects.toThrow(/anonymous login/);
    session.close();
    expect(server.connections()).toBe(0);
  });

  it.each([
    [
      49,
      "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v1db1",
      "wrong user or password",
    ],
    [49, "… data 533, v1db1", "the account is disabled"],
    [49, "", "wrong user or password"],
    [
      8,
      "",
      "the server demands a signed or encrypted connection: use ldaps://, or ldap:// without --allow-plaintext (result 8)",
    ],
    [80, "", "the server refuses it (result 80)"],
  ])("that ends with %i, '%s' is one line", async (code, text, reason) => {
    const { server, session } = await serve(() => ({ code, text }));
    await expect(session.open()).rejects.toThrow(
      `cannot log on to 127.0.0.1:${server.port} as reader@corp.example: ${reason}`,
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe("values that a server keeps back", () => {
  const group = "CN=Big,DC=x";

  /** Sends five members in ranges of two, and the attribute once more without any, as servers do. */
  const ranged =
    (last: (from: number) => Readonly<Record<string, readonly string[]>>) =>
    (asked: LdapRequest): Behaviour => {
      if (asked.type !== "search") return {};
      const from = Number(/range=(\d+)/.exec(asked.request.attributes[0] ?? "")?.[1] ?? 0);
      return { entries: [{ dn: group, attributes: last(from) }] };
    };

  async function members(behave: (request: LdapRequest) => Behaviour) {
    const { session } = await serve(behave);
    const { found } = await session.search("group", spec, (entry) => entryObject(entry, new Set(["member"])));
    const [object] = found;
    if (object === undefined) throw new Error("no object");
    await completeRanges(session, object);
    return { members: object.attributes.get("member"), partial: [...object.partial] };
  }

  it("are fetched, though the plain attribute looks empty", async () => {
    const all = ["CN=0", "CN=1", "CN=2", "CN=3", "CN=4"];
    const behave = ranged((from) =>
      from < 4
        ? { member: [], [`member;range=${from}-${from + 1}`]: all.slice(from, from + 2) }
        : { [`member;range=${from}-*`]: all.slice(from) },
    );
    expect(await members(behave)).toEqual({ members: all, partial: [] });
  });

  it.each([
    ["are gone meanwhile", (): Readonly<Record<string, readonly string[]>> => ({})],
    ["come without an end", () => ({ "member;range=0-1": ["CN=0", "CN=1"] })],
  ])("and then %s leave the attribute partial", async (_what, rest) => {
    const behave = ranged((from) => (from === 0 ? { "member;range=0-1": ["CN=0", "CN=1"] } : rest()));
    const result = await members(behave);
    expect(result.partial).toEqual(["member"]);
    expect(result.members?.slice(0, 2)).toEqual(["CN=0", "CN=1"]);
  });
});

describe("an entry", () => {
  it("is kept by bytes: none, one, several; text only where it is text; nothing that was not asked for", async () => {
    const sid = Buffer.from("01020000000000052000000020020000", "hex");
    const attributes = {
      None: [],
      One: ["x"],
      Many: ["a", "b"],
      objectSid: [sid],
      Mark: ["\ufeffx"],
      unicodePwd: ["secret"],
    };
    const { session } = await serve((asked) =>
      asked.type === "search" ? { entries: [{ dn: "CN=x", attributes }] } : {},
    );
    const wanted = new Set(["none", "one", "many", "objectsid", "mark"]);
    const { found } = await session.search("one", spec, (entry) => entryObject(entry, wanted));
    expect(Object.fromEntries(found[0]?.attributes ?? [])).toEqual({
      one: ["x"],
      many: ["a", "b"],
      objectsid: [{ base64: sid.toString("base64") }],
      mark: ["\ufeffx"],
    });
  });
});
