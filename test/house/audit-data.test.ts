import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  auditCategories,
  auditSubcategories,
  findAuditSubcategory,
} from "../../src/model/audit-subcategories.ts";
import {
  eventsOf,
  isKnownEvent,
  nearestEvents,
  producersOf,
  techniquesOf,
} from "../../src/model/audit-events.ts";
import { attackTechnique, guidTail, knownSubcategories } from "../util/subcategories.ts";

const folder = new URL("../../policies/data/", import.meta.url);
const files = readdirSync(folder).sort();
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const events = read("audit-events.json");
const subcategories = read("audit-subcategories.json");
const techniques = read("attack-techniques.json");

const lists: readonly {
  readonly subcategory: string;
  readonly name: string;
  readonly events: readonly { readonly id: number; readonly on: string; readonly provider?: string }[];
}[] = events.subcategories;

describe("the data files", () => {
  it.each(files)("%s says where its facts come from, and stays small enough to review", (name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const { title, licence, sources } = JSON.parse(text);
    expect(text.length).toBeLessThan(200_000);
    expect([title, licence].every((item) => typeof item === "string" && item !== "")).toBe(true);
    const named = sources.map(({ id }: { id: string }) => id);
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named).size).toBe(named.length);
    for (const { url } of sources) expect(url === null || /^https:\/\/[\w.-]+\//.test(url)).toBe(true);
    const cited = [...text.matchAll(/"source": "([\w-]+)"/g)].map((match) => match[1]);
    expect(cited.filter((id) => !named.includes(id))).toEqual([]);
  });
});

describe("subcategories", () => {
  it("are those that Windows has, under the names that it shows", () => {
    const sorted = (names: readonly string[]): string[] => [...names].sort();
    expect(
      auditSubcategories.map(({ guid, category, hasFailure, names }) => [
        guid,
        category,
        hasFailure,
        names[0],
        sorted(names),
      ]),
    ).toEqual(
      knownSubcategories.map(([head, category, hasFailure, names]) => [
        head + guidTail,
        category,
        hasFailure,
        names[0],
        sorted(names),
      ]),
    );
  });

  it("stand in a folder of the editor, each category in one", () => {
    expect(subcategories.categories.map(({ key }: { key: string }) => key)).toEqual(auditCategories);
    expect(findAuditSubcategory(`0cce9248${guidTail}`)).toMatchObject({
      editorName: "Audit PNP Activity",
      editorFolder: "Detailed Tracking",
    });
    expect(auditSubcategories.filter(({ editorName }) => !editorName.startsWith("Audit "))).toEqual([]);
  });

  it("have failure events in the data exactly where they are said to be documented", () => {
    const sides = new Map<string, readonly string[]>(
      // AD FS writes through a subcategory whose own events have no documented side.
      lists.map((list) => [
        list.subcategory,
        list.events.filter(({ provider }) => provider === undefined).map(({ on }) => on),
      ]),
    );
    for (const { guid, hasFailure, names } of auditSubcategories) {
      const own = sides.get(guid) ?? [];
      const silent = own.every((side) => side === "undocumented");
      const expected = silent ? null : own.some((side) => side === "failure" || side === "both");
      expect([names[0], hasFailure]).toEqual([names[0], expected]);
    }
  });
});

describe("events", () => {
  it("are listed for every subcategory, once each and in order", () => {
    expect(lists.map(({ subcategory, name }) => [subcategory, name])).toEqual(
      auditSubcategories.map(({ guid, names }) => [guid, names[0]]),
    );
    for (const { events: own } of lists) {
      const ids = own.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    }
  });

  it("have a summary, a source and gates that the program understands", () => {
    const ids = new Set<number>(
      JSON.stringify(events)
        .match(/(?<="id":)\d+/g)
        ?.map(Number),
    );
    expect(ids.size).toBeGreaterThan(380);
    for (const id of ids) {
      const producers = producersOf(id);
      expect(producers.length, String(id)).toBeGreaterThan(0);
      for (const { summary, source } of producers)
        expect([summary !== "", source !== null]).toEqual([true, true]);
    }
  });

  it("name conditions and subcategories that exist", () => {
    const text = JSON.stringify(events);
    const conditions = events.conditions.map(({ id }: { id: string }) => id);
    const used = [...text.matchAll(/"condition":"([\w-]+)"/g)].map((match) => match[1]);
    expect(new Set(used)).toEqual(new Set(conditions));
    const guids = [...text.matchAll(/[0-9a-f]{8}-69ae-11d9-bed3-505054503030/g)].map(([guid]) => guid);
    expect(guids.filter((guid) => findAuditSubcategory(guid) === undefined)).toEqual([]);
  });

  const guid = (head: string): string => `0cce92${head}${guidTail}`;

  it.each<[string, string, 1 | 2 | 3, readonly number[]]>([
    ["Computer Account Management, success", "36", 1, [4741, 4742, 4743]],
    ["Computer Account Management, failure", "36", 2, []],
    ["Account Lockout, success", "17", 1, []],
    ["Account Lockout, failure", "17", 2, [4625]],
    ["Directory Service Access, either half", "3b", 2, [4661, 4662]],
    ["SAM, with what another subcategory must let through", "20", 1, [4658, 4661]],
    ["Handle Manipulation, with what it lets through", "23", 1, [4658, 4690]],
    ["Application Generated, success", "22", 1, [1202]],
    ["Application Generated, failure", "22", 2, [1203]],
    [
      "Application Generated, whole: those without a documented side too",
      "22",
      3,
      [1202, 1203, 4665, 4666, 4667, 4668],
    ],
    ["Other Account Logon Events", "41", 3, []],
    ["no subcategory", "ff", 3, []],
  ])("of %s", (_name, head, half, ids) => {
    expect(eventsOf(guid(head), half).map(({ id }) => id)).toEqual(ids);
  });

  it("say which of them come whatever the subcategory says", () => {
    const free = eventsOf(guid("2f"), 1).filter(({ gated }) => !gated);
    expect(free.map(({ id }) => id)).toEqual([4715, 4719, 4817, 4906, 4908, 4912]);
    expect(eventsOf(guid("11"), 3)).toContainEqual({ id: 4697, log: "Security", gated: true });
    expect(eventsOf(guid("11"), 3).map(({ id }) => id)).not.toContain(7045);
  });

  it("have neighbours for whoever mistypes one", () => {
    expect([isKnownEvent(4776), isKnownEvent(4560)]).toEqual([true, false]);
    expect(nearestEvents(4560, 3)).toEqual([4608, 4609, 4610]);
  });
});

describe("techniques", () => {
  it("are ATT&CK identifiers, those with the most rules first", () => {
    for (const { subcategory, name, rules } of techniques.subcategories) {
      expect(findAuditSubcategory(subcategory)?.names[0]).toBe(name);
      const own = techniquesOf(subcategory);
      expect(own.filter(({ id }) => !attackTechnique.test(id))).toEqual([]);
      const counts = own.map((item) => item.rules);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
      expect(Math.max(0, ...counts)).toBeLessThanOrEqual(rules);
    }
    expect(techniquesOf(`0cce923f${guidTail}`)[0]).toEqual({ id: "T1078", rules: 2 });
  });
});
