import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import type { Filter } from "ldapts";
import {
  AndFilter,
  Ber,
  BerReader,
  BerWriter,
  Control,
  EqualityFilter,
  ExtensibleFilter,
  OrFilter,
  PagedResultsControl,
  PresenceFilter,
  SearchRequest,
} from "ldapts";
import { readSid } from "../../src/formats/security-descriptor/sid.ts";

/** A server of real LDAP messages that does what no real server can be made to do on demand. */
export interface LdapServer {
  readonly port: number;
  /** Everything that was asked, in order. */
  readonly requests: readonly LdapRequest[];
  readonly connections: () => number;
  close(): Promise<void>;
}

export type LdapRequest =
  | { readonly type: "bind"; readonly connection: number; readonly dn: string; readonly password: string }
  | {
      readonly type: "search";
      readonly connection: number;
      readonly request: SearchRequest;
      readonly cookie: string;
      readonly pageSize: number | null;
      readonly sdFlags: number | null;
    }
  | { readonly type: "other"; readonly connection: number; readonly bytes: Buffer };

export interface FakeEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>;
}

export interface Reply {
  readonly entries?: readonly FakeEntry[];
  readonly references?: readonly string[];
  readonly code?: number;
  readonly text?: string;
  readonly cookie?: string;
}

/** `close`: hangs up; `silence`: says nothing; bytes: sends them as they are. */
export type Behaviour = Reply | "close" | "silence" | Buffer;

export async function startLdapServer(behave: (request: LdapRequest) => Behaviour): Promise<LdapServer> {
  const requests: LdapRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    let rest = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        // Who speaks TLS, say, is not answered.
        if (rest.length > 0 && rest[0] !== 0x30) return;
        const reader = new BerReader(rest);
        if (reader.readSequence() === null || reader.remain < reader.length) return;
        const end = reader.offset + reader.length;
        const message = rest.subarray(0, end);
        rest = rest.subarray(end);
        const parsed = parseRequest(message, connection);
        if (parsed === "unbind") continue;
        requests.push(parsed.request);
        const reply = behave(parsed.request);
        if (reply === "close") socket.destroy();
        else if (Buffer.isBuffer(reply)) socket.write(reply);
        else if (reply !== "silence") socket.write(writeReply(parsed.id, parsed.request.type, reply));
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

class FlagsControl extends Control {
  flags: number | null = null;

  constructor() {
    super("1.2.840.113556.1.4.801");
  }

  override parseControl(reader: BerReader): void {
    reader.readSequence();
    this.flags = reader.readInt();
  }
}

function parseRequest(
  message: Buffer,
  connection: number,
): { readonly id: number; readonly request: LdapRequest } | "unbind" {
  const reader = new BerReader(message);
  reader.readSequence();
  const id = reader.readInt() ?? 0;
  const operation = reader.peek();
  if (operation === 0x42) return "unbind";
  reader.readSequence();
  if (operation === 0x60) {
    reader.readInt();
    const dn = reader.readString() ?? "";
    return { id, request: { type: "bind", connection, dn, password: reader.readString(Ber.Context) ?? "" } };
  }
  if (operation !== 0x63) return { id, request: { type: "other", connection, bytes: message } };
  const request = new SearchRequest({
    messageId: id,
    filter: new PresenceFilter({ attribute: "objectClass" }),
  });
  request.parse(reader, [new FlagsControl()]);
  const paged = request.controls?.find((control) => control instanceof PagedResultsControl);
  const flags = request.controls?.find((control) => control instanceof FlagsControl);
  return {
    id,
    request: {
      type: "search",
      connection,
      request,
      cookie: paged?.value?.cookie?.toString() ?? "",
      pageSize: paged?.value?.size ?? null,
      sdFlags: flags?.flags ?? null,
    },
  };
}

function writeReply(id: number, type: LdapRequest["type"], reply: Reply): Buffer {
  const messages = (reply.entries ?? []).map((entry) =>
    writeMessage(id, 0x64, (writer) => writeEntry(writer, entry)),
  );
  if (reply.references !== undefined) {
    const uris = reply.references;
    messages.push(writeMessage(id, 0x73, (writer) => uris.forEach((uri) => writer.writeString(uri))));
  }
  const done = { bind: 0x61, search: 0x65, other: 0x78 }[type];
  messages.push(writeMessage(id, done, (writer) => writeResult(writer, reply), reply.cookie));
  return Buffer.concat(messages);
}

/** One message; with a cookie, a control that says that pages follow. */
export function writeMessage(
  id: number,
  tag: number,
  body: (writer: BerWriter) => void,
  cookie?: string,
): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  body(writer);
  writer.endSequence();
  if (cookie !== undefined) {
    writer.startSequence(0xa0);
    new PagedResultsControl({ value: { size: 0, cookie: Buffer.from(cookie) } }).write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

function writeResult(writer: BerWriter, { code = 0, text = "" }: Reply): void {
  writer.writeEnumeration(code);
  writer.writeString("");
  writer.writeString(text);
}

function writeEntry(writer: BerWriter, { dn, attributes }: FakeEntry): void {
  writer.writeString(dn);
  writer.startSequence();
  for (const [name, values] of Object.entries(attributes)) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(0x31);
    for (const value of values) {
      if (typeof value === "string") writer.writeString(value);
      else writer.writeBuffer(value, Ber.OctetString);
    }
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
}

/** Answers searches over a list of objects: scope, filter, attributes and pages as a server does. */
export function directoryBehaviour(
  objects: readonly FakeEntry[],
  root: FakeEntry,
): (request: LdapRequest) => Behaviour {
  return (asked) => {
    if (asked.type !== "search") return {};
    const { request, pageSize, cookie } = asked;
    if (request.baseDN === "") return { entries: [pick(root, request.attributes)] };
    const base = request.baseDN.toLowerCase();
    if (!objects.some(({ dn }) => dn.toLowerCase() === base)) return { code: 32 };
    const all = objects.filter(
      (object) => inScope(object.dn.toLowerCase(), base, request.scope) && matches(request.filter, object),
    );
    const start = cookie === "" ? 0 : Number(cookie);
    const size = pageSize ?? all.length;
    const entries = all.slice(start, start + size).map((object) => pick(object, request.attributes));
    return start + size < all.length ? { entries, cookie: String(start + size) } : { entries, cookie: "" };
  };
}

function inScope(dn: string, base: string, scope: string): boolean {
  if (scope === "base") return dn === base;
  if (scope === "sub") return dn === base || dn.endsWith(`,${base}`);
  return dn.endsWith(`,${base}`) && !dn.slice(0, -base.length - 1).includes(",");
}

function pick({ dn, attributes }: FakeEntry, wanted: readonly string[]): FakeEntry {
  const names = new Set(wanted.map((name) => name.toLowerCase()));
  const kept = Object.entries(attributes).filter(([name]) => names.has(name.toLowerCase()));
  return { dn, attributes: Object.fromEntries(kept) };
}

/** A server compares the text of a SID in a filter with the bytes that it holds (MS-ADTS 3.1.1.3.1.2.5). */
function sidText(bytes: Buffer): string {
  return readSid(bytes, 0, bytes.length) ?? "";
}

function matches(filter: Filter, object: FakeEntry): boolean {
  if (filter instanceof AndFilter) return filter.filters.every((part) => matches(part, object));
  if (filter instanceof OrFilter) return filter.filters.some((part) => matches(part, object));
  const values = (name: string): readonly string[] =>
    Object.entries(object.attributes)
      .filter(([key]) => key.toLowerCase() === name.toLowerCase())
      .flatMap(([, list]) => list.map((value) => (typeof value === "string" ? value : sidText(value))));
  // ldapts cannot read this kind of filter, only write it; (objectClass=*) is the only one that is used.
  if (filter instanceof PresenceFilter) return true;
  if (filter instanceof EqualityFilter) {
    const wanted = String(filter.value).toLowerCase();
    return values(filter.attribute).some((value) => value.toLowerCase() === wanted);
  }
  if (!(filter instanceof ExtensibleFilter)) throw new Error("a filter that this server does not know");
  const bits = Number(filter.value);
  return values(filter.matchType).some((value) => (Number(value) & bits) === bits);
}
