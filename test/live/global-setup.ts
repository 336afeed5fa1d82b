import { makeCertificates } from "./dc/certificates.ts";
import { provision } from "./dc/provision.ts";
import { startServer } from "./dc/server.ts";

/** One domain controller for the whole suite. The namespaces end it, and all that it started, in any case. */
export async function setup(): Promise<() => void> {
  makeCertificates();
  provision();
  const server = await startServer();
  return () => void server.kill();
}
