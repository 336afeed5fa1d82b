import type { Verification, VerifiedDifference, VerifiedState } from "../model/verification.ts";
import { verifiedStates } from "../model/verification.ts";
import type { Paint, Style } from "./ansi.ts";
import { painter } from "./ansi.ts";
import { visible } from "./escape.ts";
import { plural } from "./words.ts";

/** Every format of `verify`. */
export const verifyReporters = {
  pretty: prettyVerification,
  json: (verification: Verification): string => `${JSON.stringify(verification, null, 2)}\n`,
} as const;

const titles: Readonly<Record<VerifiedState, { readonly title: string; readonly style: Style }>> = {
  changed: { title: "Changed", style: "red" },
  missing: { title: "Missing", style: "red" },
  new: { title: "New: a scan would read it, and the result does not have it", style: "red" },
  unreadable: { title: "Not readable", style: "yellow" },
};

function prettyVerification(verification: Verification, color: boolean): string {
  const paint = painter(color);
  const sections = verifiedStates.flatMap((state) => {
    const own = verification.differences.filter((difference) => difference.state === state);
    const { title, style } = titles[state];
    return own.length === 0 ? [] : [[paint("bold", paint(style, title)), ...own.flatMap(differenceLines)]];
  });
  return `${[...sections, footLines(verification, paint)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const nouns = { input: "", policy: "policy pack ", waivers: "register of waivers " } as const;

function differenceLines({ what, path, recorded, found, text }: VerifiedDifference): string[] {
  return [
    `  ${nouns[what]}${visible(path)}`,
    ...(recorded === null || found === null
      ? []
      : [`    was ${contentText(recorded)}`, `    is  ${contentText(found)}`]),
    ...(text === null ? [] : [`    ${visible(text)}`]),
  ];
}

function contentText({ size, sha256 }: NonNullable<VerifiedDifference["found"]>): string {
  return `SHA-256 ${sha256}${size === null ? "" : `, ${plural(size, "byte")}`}`;
}

function footLines({ result, tool, same, counts, exitCode }: Verification, paint: Paint): string[] {
  const parts = verifiedStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`);
  const registers = same.waivers === 0 ? "" : `, ${plural(same.waivers, "register")} of waivers`;
  const sameText = `${plural(same.input, "input")}, ${plural(same.policy, "policy pack")}${registers} the same`;
  const made = `gpolint ${result.toolVersion}${result.startTime === null ? "" : ` at ${result.startTime}`}`;
  const other = result.toolVersion === tool.version ? "" : `; this is gpolint ${tool.version}`;
  return [
    paint("bold", paint(exitCode === 0 ? "green" : exitCode === 1 ? "red" : "yellow", headlines[exitCode])),
    `${sameText}${parts.length === 0 ? "" : `; ${parts.join(", ")}`}.`,
    visible(`${result.path} was made by ${made}${other}.`),
  ];
}

const headlines = {
  0: "Everything that the result rests on is still the same",
  1: "Not everything that the result rests on is still the same",
  3: "Not everything could be verified",
} as const;
