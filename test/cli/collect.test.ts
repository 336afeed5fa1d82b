import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { directoryCommands } from "../../src/app/remedies.ts";
import type { PasswordInput } from "../../src/cli/io.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { runCli } from "../util/cli.ts";
import { forest, rootDse } from "../util/ldap-forest.ts";
import type { Behaviour, LdapRequest, LdapServer } from "../util/ldap-server.ts";
import { directoryBehaviour, startLdapServer } from "../util/ldap-server.ts";
import { example, repoPath } from "../util/run.ts";

const password = "Pa55word!unlikely";
const folder = mkdtempSync(join(tmpdir(), "gpolint collect "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const size = { computers: 2, units: 1, gpos: 2 };
const plain = directoryBehaviour(forest(size), rootDse);
const servers: LdapServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(behave: (request: LdapRequest) => Behaviour = plain): Promise<LdapServer> {
  const server = await startLdapServer(behave);
  servers.push(server);
  return server;
}

function flags({ port }: Pick<LdapServer, "port">): string[] {
  return ["--ldap", `ldap://127.0.0.1:${port}`, "--allow-plaintext", "--user", "reader@corp.example"];
}

const withPassword = { cwd: folder, env: { GPOLINT_PASSWORD: password } };

/** Everything below the folder, as one text. */
function written(): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
    .join("\n");
}

describe("collect", () => {
  it("writes a snapshot named after the domain, and says what is in it and what is not", async () => {
    const run = await runCli(["collect", ...flags(await serve())], withPassword);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toMatch(
      /^corp\.example\.gpodir\.json: 13 objects of corp\.example from dc1\.corp\.example, read as an administrator\n/,
    );
    expect(run.stdout).toContain(
      "not collected: domain child.corp.example: only the domain of the given server is read",
    );
    expect(run.stderr).toMatch(/^gpolint: WARNING: the connection to 127\.0\.0\.1 is not encrypted[^\n]*\n$/);
    const text = readFileSync(join(folder, "corp.example.gpodir.json"), "utf8");
    expect(text).toContain('"time":"2026-01-02T03:04:05.000Z"');
    expect(text).toContain('"transport":"plaintext","certificate":"not-verified"');
  });

  it("is the same again with --deterministic", async () => {
    const runs = ["a.json", "b.json"].map(async (out) =>
      runCli(["collect", ...flags(await serve()), "--deterministic", "--out", out], withPassword),
    );
    for (const run of await Promise.all(runs)) expect(run.code).toBe(0);
    expect(readFileSync(join(folder, "a.json"), "utf8")).toBe(readFileSync(join(folder, "b.json"), "utf8"));
  });

  it("ends with 3 where the server did not give everything, and what it gave is kept", async () => {
    const server = await serve((asked) =>
      asked.type === "search" && JSON.stringify(asked.request.filter).includes('"site"')
        ? { code: 4 }
        : plain(asked),
    );
    const run = await runCli(["collect", ...flags(server), "--out", "part.json"], withPassword);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("gpolint: incomplete: sites: the server's size limit was reached\n");
    const scan = await runCli(["scan", example.sysvol, "--directory", "part.json", "--format", "json"], {
      cwd: folder,
    });
    expect(scan.code).toBe(3);
    const { findings } = JSON.parse(scan.stdout) as ScanResult;
    expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(new Set(["unknown"]));
  });
});

describe("scan --ldap", () => {
  it("finds what scan --directory finds in the snapshot of collect", async () => {
    const server = await serve();
    await runCli(
      ["collect", ...flags(server), "--out", "corp.example.gpodir.json", "--deterministic"],
      withPassword,
    );
    const shape = ["--format", "json", "--deterministic", "--root", "."];
    const online = await runCli(["scan", example.sysvol, ...flags(server), ...shape], withPassword);
    const offline = await runCli(
      ["scan", example.sysvol, "--directory", "corp.example.gpodir.json", ...shape],
      withPassword,
    );
    expect(online.code).toBe(offline.code);
    expect(online.stdout).toBe(offline.stdout);
    const result = JSON.parse(online.stdout) as ScanResult;
    expect(result.findings.length).toBeGreaterThan(10);
    expect(result.run.inputs.filter(({ kind }) => kind === "gpolint snapshot")).toMatchObject([
      { path: "corp.example.gpodir.json", mattered: true },
    ]);
    expect(result.coverage.limits.join("\n")).toContain(
      "corp.example.gpodir.json was read without encryption",
    );
  });

  it.each(["effective", "explain"])("is understood by %s as well", async (command) => {
    const more = command === "explain" ? ["--setting", "Credential Validation"] : [];
    const run = await runCli(
      [command, example.sysvol, ...flags(await serve()), ...more, "--format", "json"],
      withPassword,
    );
    expect(run.stdout).toContain("CN=DC1,OU=Domain Controllers,DC=corp,DC=example");
  });
});

describe("the password", () => {
  const source =
    (input: Partial<PasswordInput>, ...more: readonly string[]) =>
    async (server: LdapServer) =>
      runCli(["collect", ...flags(server), ...more, "--out", "p.json"], { cwd: folder, stdin: input });

  it.each([
    [
      "standard input",
      source({ readAll: () => Promise.resolve(`${password}\r\n`) }, "--password-stdin"),
      password,
    ],
    [
      "standard input, blanks and all",
      source({ readAll: () => Promise.resolve(" x \n\n") }, "--password-stdin"),
      " x \n",
    ],
    ["a person", source({ isTTY: true, readHidden: () => Promise.resolve(password) }), password],
  ])("comes from %s", async (_what, start, expected) => {
    const server = await serve();
    const run = await start(server);
    expect(run.code, run.stderr).toBe(0);
    expect(server.requests[0]).toMatchObject({ type: "bind", dn: "reader@corp.example", password: expected });
  });

  it.each([
    ["none", {}, [], "no password: set GPOLINT_PASSWORD"],
    ["an empty one", { readAll: () => Promise.resolve("\n") }, ["--password-stdin"], "the password is empty"],
    ["a person who stops", { isTTY: true }, [], "no password was typed"],
    [
      "a terminal that would show it",
      { isTTY: true },
      ["--password-stdin"],
      "a terminal would show the password",
    ],
  ] as const)("%s is refused before anything is sent", async (_what, input, more, message) => {
    const server = await serve();
    const run = await source(input, ...more)(server);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`gpolint: ${message}`.replace("gpolint: a terminal", "a terminal"));
    expect(server.connections()).toBe(0);
  });

  it("is in no file, no report and no message, whatever goes wrong", async () => {
    const outputs: string[] = [];
    const failures: readonly ((request: LdapRequest) => Behaviour)[] = [
      plain,
      () => ({ code: 49, text: "data 52e" }),
      () => "close",
      (asked) => (asked.type === "search" ? { code: 1, text: "no" } : {}),
      (asked) => (asked.type === "search" ? Buffer.from("300502010264ff", "hex") : {}),
    ];
    for (const behave of failures) {
      const server = await serve(behave);
      const reports = ["--report-dir", "reports", "--out", "sarif=x.sarif", "--debug"];
      for (const args of [
        ["collect", ...flags(server), "--debug"],
        ["scan", example.sysvol, ...flags(server), ...reports],
      ]) {
        const run = await runCli(args, withPassword);
        outputs.push(run.stdout, run.stderr);
      }
      expect(server.requests[0]).toMatchObject({ type: "bind", password });
    }
    const all = [...outputs, written()].join("\n");
    for (const part of ["wrong user or password", "UnreadError", "corp.example.gpodir.json"]) {
      expect(all.includes(part), part).toBe(true);
    }
    for (const form of [password, Buffer.from(password).toString("base64"), encodeURIComponent(password)]) {
      expect(all.includes(form), form).toBe(false);
    }
  }, 60_000);
});

describe("what is refused before anything is sent", () => {
  let certificate = "";
  beforeAll(() => {
    certificate = join(folder, "not-a-certificate.der");
    writeFileSync(certificate, Buffer.from([0x30, 0x82]));
  });

  it.each([
    ["no user", ["--ldap", "ldaps://127.0.0.1"], "no --user NAME"],
    [
      "a password in the URL",
      ["--ldap", `ldaps://reader:${password}@127.0.0.1`, "--user", "x"],
      "no user and no password in the LDAP URL",
    ],
    [
      "another protocol",
      ["--ldap", "https://127.0.0.1", "--user", "x"],
      "cannot use the LDAP URL 'https://127.0.0.1'",
    ],
    ["a path in the URL", ["--ldap", "ldaps://127.0.0.1/DC=x", "--user", "x"], "cannot use the LDAP URL"],
    ["a port that is none", ["--ldap", "ldaps://127.0.0.1:70000", "--user", "x"], "cannot use the LDAP URL"],
    [
      "two servers",
      ["--ldap", "ldaps://127.0.0.1", "--ldap", "ldaps://127.0.0.2", "--user", "x"],
      "--ldap can be given only once",
    ],
    [
      "a password as argument",
      ["--ldap", "ldaps://127.0.0.1", "--user", "x", `--password=${password}`],
      "Unknown argument: password",
    ],
    [
      "trust in two ways",
      ["--ldap", "ldaps://127.0.0.1", "--user", "x", "--insecure", "--ca", "x"],
      "--ca and --insecure exclude each other",
    ],
    [
      "no certificate file",
      ["--ldap", "ldaps://127.0.0.1", "--user", "x", "--ca", "nowhere.pem"],
      "cannot read certificate file 'nowhere.pem': no such file",
    ],
    [
      "a certificate that is not PEM",
      ["--ldap", "ldaps://127.0.0.1", "--user", "x", "--ca", "not-a-certificate.der"],
      "it holds no certificate in PEM",
    ],
    [
      "no time",
      ["--ldap", "ldaps://127.0.0.1", "--user", "x", "--timeout", "0"],
      "--timeout must be 1 to 3600 seconds",
    ],
    ["a user without a server", ["--user", "x"], "ldap"],
  ])("%s", async (_what, args, message) => {
    const run = await runCli(["collect", ...args], withPassword);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
    expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(run.stderr).not.toContain(password);
    expect(run.stdout).toBe("");
  });
});

describe("a server that cannot be used", () => {
  it.each<readonly [string, Behaviour, RegExp]>([
    [
      "refuses TLS",
      { code: 52, text: "no certificate" },
      /it refuses TLS on this port \(result 52, no certificate\): use ldaps:\/\//,
    ],
    ["hangs up", "close", /it closed the connection while it was made/],
    ["says nothing", "silence", /no answer within 0\.3 s/],
    [
      "is no LDAP server",
      Buffer.from("220 mail.example ESMTP\r\n"),
      /its answer to the request for TLS cannot be read|no answer/,
    ],
    // What follows the answer in the clear was put there by somebody who wants it taken for encrypted.
    [
      "says more than it was asked",
      Buffer.concat([
        Buffer.from("300c02010178070a010004000400", "hex"),
        Buffer.from("300c02010261070a010004000400", "hex"),
      ]),
      /cannot be read/,
    ],
  ])("over StartTLS: one that %s gets no login", async (_what, behaviour, message) => {
    const server = await serve(() => behaviour);
    const args = ["collect", "--ldap", `ldap://127.0.0.1:${server.port}`, "--user", "x", "--timeout", "0.3"];
    const run = await runCli(args, withPassword);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(message);
    expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(server.requests.map(({ type }) => type)).toEqual(["other"]);
  });

  it("speaks no TLS where LDAPS is wanted", async () => {
    const server = await serve(() => "silence");
    const run = await runCli(
      ["collect", "--ldap", `ldaps://127.0.0.1:${server.port}`, "--user", "x", "--timeout", "0.3"],
      withPassword,
    );
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/^gpolint: cannot connect to 127\.0\.0\.1:\d+: no answer within 0\.3 s\n$/);
  });
});

it("is described with the commands that gpolint itself prints", () => {
  const page = readFileSync(repoPath("docs/collecting.md"), "utf8");
  const commands = directoryCommands("corp.example").match(/ldifde -f .*/g) ?? [];
  expect(commands).toHaveLength(2);
  for (const command of commands) expect(page).toContain(command);
});

it("loads the LDAP library only when a server is named", () => {
  const seen = new Set<string>();
  const outside = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(repoPath(path), "utf8");
    // An import with parentheses is made when it is reached; one of types, never.
    for (const [, kind, specifier = ""] of text.matchAll(
      /^(import|export)\b(?! type)[^;(]*?from "([^"]+)";/gm,
    )) {
      expect(kind).toBeDefined();
      if (specifier.startsWith(".")) walk(posix.join(posix.dirname(path), specifier));
      else outside.add(specifier);
    }
  };
  for (const entry of ["bin.ts", "index.ts", "cli/commands/scan.ts", "cli/commands/collect.ts"])
    walk(`src/${entry}`);
  expect(seen.size).toBeGreaterThan(80);
  expect(outside).toContain("yargs");
  expect(outside).not.toContain("ldapts");
});
