import { setTimeout as delay } from "node:timers/promises";
import type { SearchEntry } from "ldapts";
import type { SearchSpec } from "./connection.ts";
import { LdapConnection } from "./connection.ts";
import { LdapError } from "./ldap-error.ts";
import type { Transport } from "./open-socket.ts";
import { openSocket, serverName } from "./open-socket.ts";
import { bindError, resultCodes, resultError } from "./result-errors.ts";

export interface SessionOptions {
  readonly transport: Transport;
  readonly user: string;
  readonly password: string;
  /** Milliseconds without a word from the server. */
  readonly timeout: number;
  readonly pageSize: number;
  /** Milliseconds to wait before each new attempt after a lost connection; as many attempts as there are waits. */
  readonly retryDelays: readonly number[];
}

/** Pages without an entry that a server may send in a row; each of them may be followed by a full one. */
const maxEmptyPages = 1000;

/** Searches on an authenticated connection, which is made again, login included, where it was lost. */
export class LdapSession {
  readonly #options: SessionOptions;
  readonly #retries: number[];
  #connection: LdapConnection | null = null;

  constructor(options: SessionOptions) {
    if (options.user === "" || options.password === "") {
      // A server takes either for an anonymous login and calls it a success (RFC 4513 5.1.2).
      throw new LdapError("fatal", "an empty user or password is refused: it would be an anonymous login");
    }
    this.#options = options;
    this.#retries = [...options.retryDelays];
  }

  /** Connects and logs on, so that what is wrong with either is known at once. */
  async open(): Promise<void> {
    const { transport, user, password, timeout } = this.#options;
    const server = serverName(transport);
    const connection = new LdapConnection(await openSocket(transport), timeout);
    try {
      const { code, text } = await connection.bind(user, password);
      if (code !== resultCodes.success) throw bindError(server, user, code, text);
    } catch (error) {
      connection.close();
      throw error instanceof LdapError && error.code === null
        ? new LdapError(error.failure, `cannot log on to ${server} as ${user}: ${error.message}`)
        : error;
    }
    this.#connection = connection;
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  /**
   * All entries of a search, page by page. Where the connection is lost, the search begins anew on another one: a
   * cookie belongs to its connection. What was read up to an error of the server is given back with it.
   */
  async search<T>(
    what: string,
    spec: SearchSpec,
    convert: (entry: SearchEntry) => T,
  ): Promise<SearchOutcome<T>> {
    for (;;) {
      try {
        if (this.#connection === null) await this.open();
        return await this.#searchOnce(spec, convert);
      } catch (error) {
        if (!(error instanceof LdapError) || error.failure === "result") throw error;
        this.close();
        const wait = error.failure === "lost" ? this.#retries.shift() : undefined;
        if (wait === undefined) throw new LdapError("fatal", `${what}: ${error.message}`, error.code);
        await delay(wait);
      }
    }
  }

  async #searchOnce<T>(spec: SearchSpec, convert: (entry: SearchEntry) => T): Promise<SearchOutcome<T>> {
    const found: T[] = [];
    let cookie = Buffer.alloc(0);
    let empty = 0;
    do {
      const page = spec.scope === "base" ? null : { size: this.#options.pageSize, cookie };
      const answer = await this.#current().search(spec, page);
      for (const entry of answer.entries) found.push(convert(entry));
      if (answer.code !== resultCodes.success) {
        return { found, failure: resultError(answer.code, answer.text) };
      }
      // A page may be empty and not the last: what it held may have been deleted, or be hidden from the account.
      empty = answer.entries.length === 0 ? empty + 1 : 0;
      if (empty > maxEmptyPages) throw new LdapError("fatal", "the server sends empty pages without end");
      cookie = Buffer.from(answer.cookie);
    } while (cookie.length > 0);
    return { found, failure: null };
  }

  #current(): LdapConnection {
    if (this.#connection === null) throw new LdapError("lost", "the connection was lost");
    return this.#connection;
  }
}

export interface SearchOutcome<T> {
  readonly found: readonly T[];
  /** Why the server ended the search early; null where all of it is there. */
  readonly failure: LdapError | null;
}
