import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { address, caFile, host, otherHost, reader } from "./dc/settings.ts";
import { newFolder } from "./util/exports.ts";
import type { Attempt } from "./util/attempt.ts";
import { expectLine, failToCollect as fail } from "./util/attempt.ts";
import { gpolint, live } from "./util/program.ts";
import type { Listener } from "./util/proxy.ts";
import { startProxy, startStartTlsFront, startTlsFront } from "./util/proxy.ts";

const listeners: Listener[] = [];
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

async function started(listener: Promise<Listener>): Promise<Listener> {
  const here = await listener;
  listeners.push(here);
  return here;
}

describe("a login that fails is one line", () => {
  it.each<readonly [string, Attempt, number, RegExp]>([
    ["wrong password", { password: "Wrong-but-long-1!" }, 3, /wrong user or password/],
    ["unknown user", { user: "nobody@corp.example" }, 3, /wrong user or password|no such account/],
    ["empty password", { password: "" }, 2, /password/],
    ["no user", { user: "" }, 2, /user/],
  ])("%s", async (_what, attempt, code, words) => {
    expectLine(await fail(attempt), code, words);
  });
});

describe("a login that works", () => {
  it.each(["CORP\\reader", "CN=reader,CN=Users,DC=corp,DC=example", "READER@corp.example"])(
    "as %s",
    async (user) => {
      const out = join(newFolder("login"), "corp.example.gpodir.json");
      const args = ["collect", "--ldap", `ldaps://${host}`, "--user", user, "--ca", caFile, "--out", out];
      const run = await gpolint([...args, "--password-stdin"], { stdin: `${reader.password}\n` });
      expect(run.code, run.stderr).toBe(0);
      expect(run.stdout).toContain("limited account");
    },
  );
});

describe("every command that reads a live directory", () => {
  it.each([["scan"], ["effective"], ["explain", "--setting", "Directory Service Access"]])(
    "%s ends with one line where the login fails, and prints no half result",
    async (...command) => {
      const args = [...command, "examples/corp.example/sysvol", ...live(reader), "--debug"];
      const run = await gpolint(args, { password: "Wrong-but-long-1!" });
      expect(run.code).toBe(3);
      expect(run.stdout).toBe("");
      expect(run.stderr).toContain("gpolint: cannot log on to");
      expect(run.stderr).not.toContain("Wrong-but-long-1!");
    },
  );
});

describe("a server that is not to be trusted gets no password", () => {
  it.each<readonly [string, Attempt, RegExp]>([
    ["unknown authority", { ca: null }, /not trusted.*--ca/],
    ["unknown authority, StartTLS", { ca: null, url: `ldap://${host}` }, /not trusted.*--ca/],
    ["other name", { url: `ldaps://${otherHost}` }, /certificate is for .*ham-dc01/i],
    ["other name, StartTLS", { url: `ldap://${otherHost}` }, /certificate is for .*ham-dc01/i],
  ])("%s", async (_what, attempt, words) => {
    expectLine(await fail(attempt), 3, words);
  });

  it.each([
    ["expired", /expired/],
    ["self-signed", /not trusted/],
  ] as const)("%s certificate, over LDAPS and StartTLS", async (name, words) => {
    const front = await started(startTlsFront(name));
    expectLine(await fail({ url: `ldaps://${host}:${front.port}` }), 3, words);
    const upgraded = await started(startStartTlsFront(name));
    expectLine(await fail({ url: `ldap://${host}:${upgraded.port}` }), 3, words);
    expect(upgraded.received().toString("latin1")).not.toContain(reader.password);
  });

  it("--insecure goes on, and says so loudly in every place", async () => {
    const out = join(newFolder("insecure"), "corp.example.gpodir.json");
    const args = [
      "collect",
      "--ldap",
      `ldaps://${otherHost}`,
      "--user",
      reader.user,
      "--insecure",
      "--out",
      out,
    ];
    const run = await gpolint(args, { password: reader.password });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/insecure|not verified/i);
    const report = await gpolint([
      "scan",
      "examples/corp.example/sysvol",
      "--directory",
      out,
      "--format",
      "json",
    ]);
    expect(report.stdout).toMatch(/not[ -]verified/i);
  });
});

describe("plain LDAP", () => {
  it("is upgraded before a word of the login, unless told otherwise", async () => {
    const proxy = await started(startProxy(389));
    const out = join(newFolder("starttls"), "corp.example.gpodir.json");
    const args = ["collect", ...live(reader, `ldap://${host}:${proxy.port}`), "--out", out];
    const run = await gpolint(args, { password: reader.password });
    expect(run.code, run.stderr).toBe(0);
    expect(proxy.received().toString("latin1")).not.toContain(reader.name);
    expect(proxy.received().length).toBeGreaterThan(1000);
  });

  it("is refused by the server where it is allowed here", async () => {
    expectLine(
      await fail({ url: `ldap://${address}`, ca: null, more: ["--allow-plaintext"] }),
      3,
      /encrypted/,
    );
  });
});
