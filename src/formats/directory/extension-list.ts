import type { ExtensionList, Guid } from "../../model/gpo.ts";

const guid = String.raw`\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}`;

/**
 * Reads gPCMachineExtensionNames, `[{extension}{tool}...]...`. Windows stops at the first group that stands out of
 * order, compared without case (MS-GPOL 2.2.4): that group and all behind it are listed in vain.
 */
export function parseExtensionList(text: string): ExtensionList {
  const effective: Guid[] = [];
  const ineffective: Guid[] = [];
  const group = new RegExp(String.raw`\s*\[(${guid})(?:${guid})*\]\s*`, "iy");
  let previous = "";
  let position = 0;
  for (let match = group.exec(text); match !== null; match = group.exec(text)) {
    const extension = (match[1] ?? "").slice(1, -1).toLowerCase();
    const inOrder = ineffective.length === 0 && extension >= previous;
    (inOrder ? effective : ineffective).push(extension);
    previous = extension;
    position = group.lastIndex;
  }
  return { effective, ineffective, damaged: text.slice(position).trim() !== "" };
}
