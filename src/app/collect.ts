import type { CollectedSnapshot, CollectRequest } from "../sources/ldap/collect-directory.ts";
import { collectDirectory } from "../sources/ldap/collect-directory.ts";

export type { CollectedSnapshot };

/** Which server to read, how to reach it, and as whom. */
export interface CollectOptions extends Pick<CollectRequest, "time" | "version" | "progress" | "names"> {
  readonly host: string;
  readonly port: number;
  readonly kind: "ldaps" | "starttls" | "plaintext";
  /** Certificates to trust, in PEM; null for those that Node brings. */
  readonly ca: string | null;
  readonly verify: boolean;
  readonly user: string;
  readonly password: string;
  /** Seconds without an answer after which the server is given up. */
  readonly timeout: number;
}

/** Half of what a server of AD sends at once (MaxPageSize 1000), so that one answer stays small. */
const pageSize = 500;
const retryDelays = [500, 2000];

/** Reads the directory of one domain over LDAP into a snapshot. Throws LdapError where that cannot be done. */
export function collect(options: CollectOptions): Promise<CollectedSnapshot> {
  const { host, port, kind, ca, verify, user, password, time, version, progress, names } = options;
  const timeout = options.timeout * 1000;
  return collectDirectory({
    session: {
      transport: { host, port, kind, ca, verify, connectTimeout: timeout },
      user,
      password,
      timeout,
      pageSize,
      retryDelays,
    },
    time,
    version,
    progress,
    names,
  });
}
