import { join } from "node:path";
import type { TestContext } from "vitest";
import { describe, expect, it } from "vitest";
import { administrator, host, reader } from "./dc/settings.ts";
import { expectLine, failToCollect } from "./util/attempt.ts";
import { newFolder } from "./util/exports.ts";
import { gpolint, live } from "./util/program.ts";
import type { Listener } from "./util/proxy.ts";
import { startProxy, startSilence } from "./util/proxy.ts";

const transports = [
  { how: "LDAPS", port: 636, scheme: "ldaps" },
  { how: "StartTLS", port: 389, scheme: "ldap" },
] as const;

/** Somewhere between the login and the end. */
const middle = 20_000;

async function started({ onTestFinished }: TestContext, listener: Promise<Listener>): Promise<Listener> {
  const here = await listener;
  onTestFinished(() => here.close());
  return here;
}

const { password } = administrator;

// Mostly they wait, so they wait together.
describe.concurrent("a server", () => {
  it("was never there", async () => {
    expectLine(await failToCollect({ url: `ldaps://${host}:1` }), 3, /refuses the connection/);
  });

  it("has a name that nobody knows", async () => {
    const run = await gpolint(["collect", ...live(reader, "ldaps://no-such-host.example"), "--out", "x"], {
      password: reader.password,
      environment: { GPOLINT_TEST_NAMES: `${host},no-such-host.example` },
    });
    expectLine(run, 3, /cannot be resolved/);
  });

  it.for(transports)("goes away once, over $how, and is asked again", async ({ port, scheme }, test) => {
    const proxy = await started(test, startProxy(port, { afterBytes: middle, does: "cut", once: true }));
    const out = join(newFolder("cut"), "corp.example.gpodir.json");
    const url = `${scheme}://${host}:${proxy.port}`;
    const run = await gpolint(["collect", ...live(administrator, url), "--out", out], { password });
    expect(run.code, run.stderr).toBe(0);
    expect(proxy.connections()).toBeGreaterThan(1);
  });

  it.for(transports)("goes away again and again, over $how: an error", async ({ port, scheme }, test) => {
    const proxy = await started(test, startProxy(port, { afterBytes: middle, does: "cut" }));
    const url = `${scheme}://${host}:${proxy.port}`;
    expectLine(await failToCollect({ ...administrator, url }), 3, /lost/);
    expect(proxy.connections()).toBeGreaterThan(1);
  });

  it.for(transports)(
    "falls silent in the middle, over $how, and does not hold us",
    async (transport, test) => {
      const proxy = await started(test, startProxy(transport.port, { afterBytes: middle, does: "freeze" }));
      const url = `${transport.scheme}://${host}:${proxy.port}`;
      const run = await failToCollect({ ...administrator, url, more: ["--timeout", "2"] });
      expectLine(run, 3, /did not answer|no answer/);
    },
  );

  it.for(transports)("takes the connection and never answers, over $how", async ({ scheme }, test) => {
    const silence = await started(test, startSilence());
    const run = await failToCollect({ url: `${scheme}://${host}:${silence.port}`, more: ["--timeout", "2"] });
    expectLine(run, 3, /no answer/);
  });
});
