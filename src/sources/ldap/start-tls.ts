import type { Socket } from "node:net";
import { BerReader, ExtendedRequest, InvalidAsn1Error } from "ldapts";
import { LdapError, oneLine } from "./ldap-error.ts";

const startTlsOid = "1.3.6.1.4.1.1466.20037";
const extendedResponse = 0x78;
const longestAnswer = 64 * 1024;

/** Asks the server to begin TLS on a plain connection (RFC 4511 4.14), and reads its answer and nothing behind it. */
export async function startTls(socket: Socket, server: string): Promise<void> {
  socket.write(new ExtendedRequest({ messageId: 1, oid: startTlsOid }).write());
  const refusal = readAnswer(await receive(socket));
  if (refusal !== null) throw new LdapError("fatal", `cannot connect to ${server}: ${refusal}`);
}

/** What comes until the first message is whole. Reading stops there, so that TLS gets the rest. */
function receive(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const stop = (): void => {
      socket.pause().off("data", onData).off("error", onEnd).off("close", onEnd);
    };
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < longestAnswer && !isWhole(bytes)) return;
      stop();
      resolve(bytes);
    };
    const onEnd = (): void => {
      stop();
      reject(socket.errored ?? Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    };
    socket.on("data", onData).on("error", onEnd).on("close", onEnd);
  });
}

/** True also where the bytes are no message at all, and more of them would make them none the better. */
function isWhole(bytes: Buffer): boolean {
  const reader = new BerReader(bytes);
  try {
    return reader.readSequence() !== null && reader.remain >= reader.length;
  } catch (error) {
    return error instanceof InvalidAsn1Error;
  }
}

/** Null where TLS may begin. Whatever stands behind the answer was sent by somebody who wants it taken for encrypted. */
function readAnswer(bytes: Buffer): string | null {
  const broken = "its answer to the request for TLS cannot be read";
  const reader = new BerReader(bytes);
  try {
    if (reader.readSequence() === null || reader.remain !== reader.length) return broken;
    reader.readInt();
    if (reader.readSequence() !== extendedResponse) return broken;
    const code = reader.readEnumeration();
    reader.readString();
    const text = oneLine(reader.readString() ?? "");
    if (code === 0) return null;
    return `it refuses TLS on this port (result ${code}${text === "" ? "" : `, ${text}`}): use ldaps://`;
  } catch (error) {
    return `${broken} (${oneLine(String(error))})`;
  }
}
