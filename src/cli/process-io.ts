import { writeSync } from "node:fs";
import process from "node:process";
import type { CliIo, TextSink } from "./io.ts";

/** The real edges of the process. */
export function processIo(): CliIo {
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    now: () => new Date().toISOString(),
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
