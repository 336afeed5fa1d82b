import type { ComparedResult } from "../model/comparison.ts";
import { runLabels, trendCells, trendColumns } from "./compare-words.ts";

/** Counts of several results: a picture, and the table that says all of it in numbers. */
export interface TrendView {
  readonly description: string;
  readonly grid: readonly { readonly y: number; readonly textY: number; readonly value: number }[];
  readonly ticks: readonly {
    readonly x: number;
    readonly anchor: "start" | "middle" | "end";
    readonly text: string;
  }[];
  readonly lines: readonly TrendLine[];
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly path: string;
    readonly cells: readonly number[];
  }[];
}

interface TrendLine {
  readonly kind: "fail" | "unknown" | "waived";
  readonly path: string;
  /** Markers differ by shape, lines by dashes: nothing hangs on the colour. */
  readonly markers: string;
  readonly label: string;
  readonly labelY: number;
}

const plot = { left: 44, right: 588, top: 14, bottom: 178 } as const;
const labelHeight = 16;
const kinds = [
  { kind: "fail", word: "Fail" },
  { kind: "unknown", word: "Unknown" },
  { kind: "waived", word: "Waived" },
] as const;

export function trendView(results: readonly ComparedResult[]): TrendView {
  const labels = runLabels(results);
  const used = kinds.filter(({ kind }) => kind === "fail" || results.some(({ counts }) => counts[kind] > 0));
  const top = niceTop(Math.max(...results.flatMap(({ counts }) => used.map(({ kind }) => counts[kind]))));
  const x = (index: number): number =>
    round(plot.left + ((plot.right - plot.left) * index) / Math.max(results.length - 1, 1));
  const y = (value: number): number => round(plot.bottom - ((plot.bottom - plot.top) * value) / top);
  const lines = used.map(({ kind, word }): TrendLine => {
    const points = results.map(({ counts }, index) => ({ x: x(index), y: y(counts[kind]) }));
    const last = results.at(-1)?.counts[kind] ?? 0;
    return {
      kind,
      path: points.map((point, index) => `${index === 0 ? "M" : "L"}${point.x} ${point.y}`).join(" "),
      markers: points.map((point) => marker(kind, point)).join(" "),
      label: `${word} ${last}`,
      labelY: y(last) + 4,
    };
  });
  return {
    description: used
      .map(({ kind, word }) => `${word}: ${results.map(({ counts }) => counts[kind]).join(", ")}.`)
      .join(" "),
    grid: [0, top / 2, top].map((value) => ({ y: y(value), textY: y(value) + 4, value })),
    ticks: tickIndexes(results.length).map((index) => ({
      x: x(index),
      anchor: index === 0 ? "start" : index === results.length - 1 ? "end" : "middle",
      text: shortLabel(labels[index] ?? ""),
    })),
    lines: spread(lines),
    columns: trendColumns.map((column) => column.charAt(0).toUpperCase() + column.slice(1)),
    rows: results.map((result, index) => ({
      label: labels[index] ?? "",
      path: result.path,
      cells: trendCells(result),
    })),
  };
}

/** An even number that no value is above. */
function niceTop(value: number): number {
  if (value <= 2) return 2;
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * unit >= value) ?? 10;
  const top = step * unit;
  return top % 2 === 0 ? top : top + 1;
}

function marker(kind: TrendLine["kind"], { x, y }: { readonly x: number; readonly y: number }): string {
  switch (kind) {
    case "fail":
      return `M${x - 4} ${y - 4}h8v8h-8z`;
    case "unknown":
      return `M${x} ${round(y - 5)}l5 9h-10z`;
    case "waived":
      return `M${x} ${round(y - 5)}l5 5l-5 5l-5 -5z`;
  }
}

/** Labels that would stand on each other, moved apart; the lowest value stays lowest. */
function spread(lines: readonly TrendLine[]): TrendLine[] {
  const placed = [...lines].sort((a, b) => b.labelY - a.labelY);
  let floor = plot.bottom + labelHeight;
  return placed.map((line) => {
    const labelY = Math.min(line.labelY, floor - labelHeight);
    floor = labelY;
    return { ...line, labelY };
  });
}

/** First, last and what fits between. */
function tickIndexes(count: number): number[] {
  const all = [...Array(count).keys()];
  return count <= 5 ? all : [0, Math.floor((count - 1) / 2), count - 1];
}

/** A day, or a file name, that leaves room for others. */
function shortLabel(label: string): string {
  const day = /^\d{4}-\d{2}-\d{2}(?= .*UTC$)/.exec(label);
  if (day !== null) return day[0];
  return label.length > 16 ? `${label.slice(0, 15).replace(/\p{Cs}$/u, "")}...` : label;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
