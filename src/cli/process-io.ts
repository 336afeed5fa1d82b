import { writeSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { runGit } from "./git.ts";
import type { CliIo, PasswordInput, TextSink } from "./io.ts";

/** The real edges of the process. */
export function processIo(): CliIo {
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    stdin: passwordInput(),
    now: () => new Date().toISOString(),
    git: runGit,
  };
}

/**
 * Writes at once and in full: a stream would still hold text when the process ends. A reader that goes away (`| head`)
 * is no error of ours.
 */
function sink(stream: NodeJS.WriteStream & { readonly fd: 1 | 2 }): TextSink {
  let open = true;
  return {
    isTTY: stream.isTTY,
    write(text) {
      const bytes = Buffer.from(text);
      for (let offset = 0; open && offset < bytes.length;) {
        try {
          offset += writeSync(stream.fd, bytes, offset);
        } catch (error) {
          const code = error instanceof Error && "code" in error ? error.code : "";
          if (code === "EPIPE") open = false;
          else if (code !== "EAGAIN") throw error;
        }
      }
    },
  };
}

/** Standard input is touched only when a password is wanted from it: an open one would keep the process from ending. */
function passwordInput(): PasswordInput {
  return {
    isTTY: process.stdin.isTTY,
    async readAll() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    readHidden: (prompt) =>
      new Promise((resolve) => {
        process.stderr.write(prompt);
        // The line editor shows what is typed by writing it: to nowhere, here.
        const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
        const lines = createInterface({
          input: process.stdin,
          output: nowhere,
          terminal: true,
          historySize: 0,
        });
        let typed: string | null = null;
        lines.on("line", (line) => {
          typed = line;
          lines.close();
        });
        lines.on("SIGINT", () => lines.close());
        lines.on("close", () => {
          process.stderr.write("\n");
          resolve(typed);
        });
      }),
  };
}
