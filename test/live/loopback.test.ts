import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { address, administrator, host } from "./dc/settings.ts";
import { newFolder } from "./util/exports.ts";
import { gpolint, live } from "./util/program.ts";

const example = ["examples/corp.example/sysvol", "--directory", "examples/corp.example/directory.ldif"];

describe("the network", () => {
  it("of this suite is loopback and nothing else", async () => {
    expect(Object.keys(networkInterfaces())).toEqual(["lo"]);
    // An address for documentation (RFC 5737): there is no way out even for who asks.
    const socket = connect({ host: "192.0.2.1", port: 636 });
    const [error] = (await once(socket, "error").catch((reason: unknown) => [reason])) as [
      NodeJS.ErrnoException,
    ];
    expect(error.code).toBe("ENETUNREACH");
  });

  it.each([
    [["scan", ...example]],
    [["effective", ...example]],
    [["explain", ...example, "--setting", "Directory Service Access"]],
    [["inspect", "examples/corp.example"]],
    [["scan", "examples/corp.example/sysvol"]],
    [["--help"]],
  ])("is not touched by %j", async (args) => {
    const run = await gpolint(args);
    expect([0, 1, 3]).toContain(run.code);
    expect(run.contacts).toEqual([]);
  });

  it.each(["ldaps", "ldap"])("is touched by %s only at the server that was named", async (scheme) => {
    const url = `${scheme}://${host}`;
    const out = join(newFolder("contacts"), "corp.example.gpodir.json");
    const { password } = administrator;
    const collected = await gpolint(["collect", ...live(administrator, url), "--out", out], { password });
    expect(collected.code, collected.stderr).toBe(0);
    const scanned = await gpolint(["scan", example[0] ?? "", ...live(administrator, url)], { password });
    const expected = `${host}:${scheme === "ldaps" ? 636 : 389}`;
    for (const run of [collected, scanned]) expect(new Set(run.contacts)).toEqual(new Set([expected]));
  });

  it("has a fence that works: an address outside is refused and seen", async () => {
    const run = await gpolint(["collect", ...live(administrator, "ldaps://192.0.2.1"), "--out", "x"], {
      password: administrator.password,
    });
    expect(run.contacts).toEqual(["192.0.2.1:636"]);
    expect(run.code).not.toBe(0);
    expect(address).toMatch(/^127\./);
  });
});
