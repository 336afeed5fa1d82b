import { formatLocation } from "../model/location.ts";
import type { Finding } from "../model/result.ts";
import type { Paint } from "./ansi.ts";
import { visible } from "./escape.ts";
import type { NonEmpty, TargetNames } from "./groups.ts";
import { groupBy } from "./groups.ts";
import { isOwnRow, measuredText, toldMeasured } from "./measured-words.ts";
import { indent, wrap } from "./pretty-layout.ts";
import { shortList } from "./words.ts";

/** Evidence of a story is printed for so many computers; the rest is in the other reports. */
const maxPlaces = 4;

/**
 * What computers measured where that is not what they are configured to do, or not enough. Why they differ stands in the
 * finding about that, which shows the row that it rests on itself.
 */
export function measuredLines(group: NonEmpty<Finding>, names: TargetNames, paint: Paint): string[] {
  const rows = group.flatMap((finding) =>
    toldMeasured(finding)
      .filter((row) => !isOwnRow(row, finding))
      .map((row) => ({ finding, row, text: measuredText(row, finding) })),
  );
  return groupBy(rows, ({ text }) => text).flatMap((story) => {
    const labels = new Set(names.list(story.map(({ finding }) => finding)));
    const where = group.length === 1 ? "" : ` on ${shortList([...labels], maxPlaces)}`;
    const text = visible(`measured${where}: ${story[0].text}`);
    return [
      ...wrap(text, indent(4), `${indent(3)}${paint("yellow", "=")} `, 8),
      ...placeLines(
        story.map(({ row }) => ({ location: row.location, quote: null })),
        { level: 4, paint },
      ),
    ];
  });
}

/** Files and rows, each on a line of its own, so that it can be clicked. */
export function placeLines(
  places: readonly Pick<Finding, "location" | "quote">[],
  { level, paint }: { readonly level: number; readonly paint: Paint },
): string[] {
  const rest = places.length - maxPlaces;
  return [
    ...places
      .slice(0, maxPlaces)
      .flatMap(({ location, quote }) => [
        ...(location === null ? [] : [indent(level) + paint("blue", visible(formatLocation(location)))]),
        ...(quote === null ? [] : [indent(level) + paint("dim", `| ${visible(quote)}`)]),
      ]),
    ...(rest > 0 ? [`${indent(level)}${rest} more in the JSON report`] : []),
  ];
}
