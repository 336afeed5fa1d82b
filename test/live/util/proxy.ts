import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { TLSSocket, createSecureContext } from "node:tls";
import type { CertificateName } from "../dc/certificates.ts";
import { certificate } from "../dc/certificates.ts";
import { address } from "../dc/settings.ts";

export interface Listener {
  readonly port: number;
  /** Connections that were made so far. */
  connections(): number;
  /** Everything that clients sent, as it went over the wire. */
  received(): Buffer;
  close(): void;
}

/** What a proxy does to the one connection that reaches its limit: close both ends, or never pass a byte again. */
export interface Fault {
  readonly afterBytes: number;
  readonly does: "cut" | "freeze";
  /** Only the first connection meets it; without, every one does. */
  readonly once?: boolean;
}

/** Passes connections on to a port of the domain controller, until the server has sent so many bytes. */
export function startProxy(port: number, fault: Fault | null = null): Promise<Listener> {
  return listen((client, number) => {
    const server = connect({ host: address, port });
    let passed = 0;
    const isFaulty = fault !== null && (fault.once !== true || number === 1);
    server.on("data", (chunk: Buffer) => {
      passed += chunk.length;
      if (!isFaulty || passed < fault.afterBytes) client.write(chunk);
      else if (fault.does === "cut") client.destroy();
      else server.pause();
    });
    client.on("data", (chunk) => server.write(chunk));
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      // An end that breaks off is what this is for.
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  });
}

/** Takes connections and never says a word. */
export function startSilence(): Promise<Listener> {
  return listen(() => undefined);
}

/** Shows a certificate that nobody should accept; behind it there is nothing. */
export function startTlsFront(name: CertificateName): Promise<Listener> {
  return listen((client) => upgrade(client, name));
}

/** The same behind StartTLS: agrees to the first request, whatever it is, and then begins TLS (RFC 4511 4.14). */
export function startStartTlsFront(name: CertificateName): Promise<Listener> {
  return listen((client) => {
    client.once("data", (request: Buffer) => {
      // The message id is the first integer inside the sequence: 30 length 02 01 id.
      const id = request[request.indexOf(0x02) + 2] ?? 1;
      client.write(Buffer.from([0x30, 0x0c, 0x02, 0x01, id, 0x78, 0x07, 0x0a, 0x01, 0, 0x04, 0, 0x04, 0]));
      client.removeAllListeners("data");
      upgrade(client, name);
    });
  });
}

function upgrade(client: Socket, name: CertificateName): void {
  const { cert, key } = certificate(name);
  const secureContext = createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) });
  // The client hangs up during the handshake: that is the point.
  new TLSSocket(client, { isServer: true, secureContext }).on("error", () => client.destroy());
}

async function listen(serve: (client: Socket, number: number) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  const chunks: Buffer[] = [];
  let connections = 0;
  const server: Server = createServer((client) => {
    sockets.add(client.on("error", () => client.destroy()));
    client.on("data", (chunk: Buffer) => chunks.push(chunk));
    serve(client, ++connections);
  });
  server.listen(0, address);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    received: () => Buffer.concat(chunks),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
