import type { Socket } from "node:net";
import type { Control, SearchEntry } from "ldapts";
import {
  BindRequest,
  BindResponse,
  FilterParser,
  MessageParser,
  PagedResultsControl,
  SearchEntry as Entry,
  SearchReference,
  SearchRequest,
  SearchResponse,
  UnbindRequest,
} from "ldapts";
import { LdapError, oneLine } from "./ldap-error.ts";
import { errorCode } from "./socket-errors.ts";

/** One search as it goes to the server. */
export interface SearchSpec {
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly filter: string;
  readonly attributes: readonly string[];
  readonly controls?: readonly Control[];
}

/** What one request of a search brought. */
export interface SearchAnswer {
  readonly entries: readonly SearchEntry[];
  /** Not empty where more pages follow (RFC 2696). */
  readonly cookie: Buffer;
  /** Result code (RFC 4511 4.1.9) with the server's words. */
  readonly code: number;
  readonly text: string;
}

interface Pending {
  readonly message: BindRequest | SearchRequest;
  readonly entries: SearchEntry[];
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: SearchAnswer) => void;
  readonly reject: (error: LdapError) => void;
}

/** Seconds that the server may spend on one request. */
const serverTimeLimit = 120;
const maxEntries = 100_000;
const maxMessageBytes = 64 * 1024 * 1024;

/**
 * One LDAP connection, made of the messages and the parser of ldapts but not of its client. That one connects again
 * without a word and then reads unauthenticated, ends a paged search at the first empty page, and hides the result codes,
 * the paging cookie and the bytes of values. This one is used up when its socket is.
 */
export class LdapConnection {
  readonly #socket: Socket;
  readonly #timeout: number;
  readonly #parser = new MessageParser();
  readonly #pending = new Map<string, Pending>();
  #lastId = 1;
  #unparsed = 0;
  #ended: LdapError | null = null;

  /** `timeout`: milliseconds without a word from the server after which an operation is given up. */
  constructor(socket: Socket, timeout: number) {
    this.#socket = socket;
    this.#timeout = timeout;
    this.#parser.on("message", (message) => this.#receive(message));
    this.#parser.on("error", (error: Error) =>
      this.#end(
        new LdapError("fatal", `the server sent something that is no LDAP: ${oneLine(error.message)}`),
      ),
    );
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("error", (error) => this.#end(lost(errorCode(error))));
    socket.on("close", () => this.#end(lost("")));
    socket.resume();
  }

  /** Simple bind. Gives back the result code and the server's words; throws where there is no answer. */
  async bind(user: string, password: string): Promise<SearchAnswer> {
    return this.#send(new BindRequest({ messageId: this.#nextId(), dn: user, password }));
  }

  /** One page of a search; without `page` the search is not paged. */
  async search(
    spec: SearchSpec,
    page: { readonly size: number; readonly cookie: Buffer } | null,
  ): Promise<SearchAnswer> {
    const paged = page === null ? [] : [new PagedResultsControl({ value: { ...page } })];
    return this.#send(
      new SearchRequest({
        messageId: this.#nextId(),
        baseDN: spec.base,
        scope: spec.scope,
        filter: FilterParser.parseString(spec.filter),
        attributes: [...spec.attributes],
        sizeLimit: 0,
        timeLimit: serverTimeLimit,
        controls: [...(spec.controls ?? []), ...paged],
      }),
    );
  }

  close(): void {
    this.#end(lost(""));
    if (this.#socket.writable) this.#socket.write(new UnbindRequest({ messageId: this.#nextId() }).write());
    this.#socket.destroySoon();
  }

  #send(message: BindRequest | SearchRequest): Promise<SearchAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) {
        reject(this.#ended);
        return;
      }
      const timer = setTimeout(() => {
        this.#end(new LdapError("fatal", `the server did not answer within ${this.#timeout / 1000} s`));
        this.#socket.destroy();
      }, this.#timeout);
      this.#pending.set(String(message.messageId), { message, entries: [], timer, resolve, reject });
      this.#socket.write(message.write());
    });
  }

  #read(chunk: Buffer): void {
    if (this.#ended !== null) return;
    this.#unparsed += chunk.length;
    if (this.#unparsed > maxMessageBytes) this.#overflow(`a message of more than ${maxMessageBytes} bytes`);
    else this.#parser.read(chunk, this.#pending);
  }

  #receive(message: unknown): void {
    this.#unparsed = 0;
    if (!isResponse(message)) return;
    const pending = this.#pending.get(String(message.messageId));
    // What belongs to no request is a notice that the server is about to hang up (RFC 4511 4.4.1).
    if (pending === undefined) return;
    pending.timer.refresh();
    if (message instanceof SearchReference) return;
    if (message instanceof Entry) {
      pending.entries.push(message);
      if (pending.entries.length > maxEntries)
        this.#overflow(`more than ${maxEntries} entries in one answer`);
      return;
    }
    clearTimeout(pending.timer);
    this.#pending.delete(String(message.messageId));
    pending.resolve({
      entries: pending.entries,
      cookie: cookieOf(message.controls ?? []),
      code: message.status,
      text: oneLine(message.errorMessage),
    });
  }

  #overflow(what: string): void {
    this.#end(new LdapError("fatal", `the server sent ${what}`));
    this.#socket.destroy();
  }

  /** Everything that still waits fails, and so does everything asked later. */
  #end(error: LdapError): void {
    this.#ended ??= error;
    for (const { timer, reject } of this.#pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#pending.clear();
  }

  #nextId(): number {
    return ++this.#lastId;
  }
}

type Response = BindResponse | SearchEntry | SearchReference | SearchResponse;

function isResponse(message: unknown): message is Response {
  return [BindResponse, Entry, SearchReference, SearchResponse].some((kind) => message instanceof kind);
}

function cookieOf(controls: readonly Control[]): Buffer {
  for (const control of controls) {
    if (control instanceof PagedResultsControl) return control.value?.cookie ?? Buffer.alloc(0);
  }
  return Buffer.alloc(0);
}

function lost(code: string): LdapError {
  return new LdapError("lost", `the connection was lost${code === "" ? "" : ` (${code})`}`);
}
