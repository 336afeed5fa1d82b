import { once } from "node:events";
import { connect, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { LdapError } from "./ldap-error.ts";
import { connectError } from "./socket-errors.ts";
import { startTls } from "./start-tls.ts";

/** How to reach a server, and how sure to be that it is the one. */
export interface Transport {
  readonly host: string;
  readonly port: number;
  readonly kind: "ldaps" | "starttls" | "plaintext";
  /** Certificates in PEM to trust instead of those that Node brings; null for those. */
  readonly ca: string | null;
  readonly verify: boolean;
  /** Milliseconds for everything until the connection can be used. */
  readonly connectTimeout: number;
}

/**
 * Opens a connection and, unless it is to be plain, puts TLS on it. All of it happens before the LDAP library sees the
 * socket: a library that upgrades a connection by itself keeps listening to the one below, and never hears when it dies.
 */
export async function openSocket(transport: Transport): Promise<Socket> {
  const server = serverName(transport);
  const raw = connect({ host: transport.host, port: transport.port });
  const timeout = setTimeout(() => {
    raw.destroy(
      new LdapError(
        "fatal",
        `cannot connect to ${server}: no answer within ${transport.connectTimeout / 1000} s`,
      ),
    );
  }, transport.connectTimeout);
  try {
    await once(raw, "connect");
    if (transport.kind === "plaintext") return raw;
    if (transport.kind === "starttls") await startTls(raw, server);
    return await secure(raw, transport);
  } catch (error) {
    raw.destroy();
    throw connectError(server, error);
  } finally {
    clearTimeout(timeout);
  }
}

/** `host:port`, as errors name a server. */
export function serverName({ host, port }: Pick<Transport, "host" | "port">): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** TLS on an open connection. */
function secure(raw: Socket, { host, ca, verify }: Transport): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      socket: raw,
      // What the certificate must be for; an address is no server name (RFC 6066 3).
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === null ? {} : { ca: [ca] }),
      rejectUnauthorized: verify,
      minVersion: "TLSv1.2",
    });
    // A connection that ends below ends the one above, sometimes without a word.
    const onClose = (): void => {
      reject(raw.errored ?? Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    };
    raw.on("error", onClose);
    socket.once("error", reject).once("close", onClose);
    socket.once("secureConnect", () => {
      socket.off("error", reject).off("close", onClose);
      resolve(socket);
    });
  });
}
