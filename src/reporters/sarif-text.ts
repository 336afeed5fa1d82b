import type { Location } from "../model/location.ts";
import { isByteLocation } from "../model/location.ts";
import { visible } from "./escape.ts";

const maxText = 1024;

/**
 * Text of a SARIF message (2.1.0, 3.11). Braces would be placeholders and `](` a link, and GPO names are written by
 * others: both are taken apart. Nothing invisible passes.
 */
export function messageText(text: string): string {
  return visible(plain(text)).replace(/[{}]/g, "");
}

/** The same, shortened to what GitHub takes for a description. */
export function descriptionText(text: string): string {
  const full = sentence(messageText(text));
  return full.length > maxText ? `${full.slice(0, maxText - 3)}...` : full;
}

/** Markdown that shows a text as it is. */
export function markdownText(text: string): string {
  return messageText(text).replace(/[\\`*_<>[\]|#]/g, "\\$&");
}

/** One line for a message, closed with a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function plain(text: string): string {
  return text
    .replace(/[ \t\r\n]+/g, " ")
    .trim()
    .replaceAll("](", "] (");
}

/**
 * URI of a path of the run: relative, every segment percent-encoded, so that blanks, `#`, `%` and braces survive.
 * Nothing may climb out of the root or start at another one: GitHub rejects `..` and a leading slash.
 */
export function pathUri(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  return segments.length === 0 ? "." : segments.map(encodeSegment).join("/");
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD"));
}

export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId: "SRCROOT";
}

export function artifactLocation(path: string): ArtifactLocation {
  return { uri: pathUri(path), uriBaseId: "SRCROOT" };
}

export interface PhysicalLocation {
  readonly artifactLocation: ArtifactLocation;
  readonly region: Region;
}

type Region = TextRegion | Readonly<Record<"byteOffset" | "byteLength", number>>;

interface TextRegion {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly snippet?: { readonly text: string };
}

/**
 * Physical location. GitHub cannot show a byte range (a region without a line is rejected), so unless `byteRegions` a binary
 * file is pointed at as a whole, by its first character; the offset stands in message and properties.
 */
export function physicalLocation(
  location: Location,
  quote: string | null,
  byteRegions: boolean,
): PhysicalLocation {
  const file = artifactLocation(location.path);
  if (isByteLocation(location)) {
    const { byteOffset, byteLength } = location;
    if (byteRegions) return { artifactLocation: file, region: { byteOffset, byteLength } };
    return { artifactLocation: file, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } };
  }
  const region = { startLine: Math.max(1, location.line) };
  if (quote === null || quote === "") return { artifactLocation: file, region };
  return { artifactLocation: file, region: { ...region, snippet: { text: visible(quote) } } };
}
