import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import type { Doubt } from "../../model/setting.ts";

const lfsHead = "version https://git-lfs";

/**
 * Why a file is not worth parsing at all, or null: it is too large, or a clone without Git LFS left a pointer in
 * place of the content. Either way the true content may say anything.
 */
export function refuseWhole(bytes: Uint8Array, diagnostics: DiagnosticCollector): Doubt | null {
  if (bytes.length > limits.fileBytes) {
    diagnostics.atFile("limit.exceeded", `${bytes.length} bytes`);
    return { code: "limit.exceeded", text: "the file is larger than the limit and was not read" };
  }
  if (new TextDecoder("latin1").decode(bytes.subarray(0, lfsHead.length)) === lfsHead) {
    diagnostics.atFile("file.lfs-pointer");
    return { code: "file.lfs-pointer", text: "the file is a Git LFS pointer, not the content" };
  }
  return null;
}
