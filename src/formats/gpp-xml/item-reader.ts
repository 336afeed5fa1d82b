import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { InspectEntry } from "../../model/inspect.ts";
import type { Doubt, GptPart, SettingKey, Write } from "../../model/setting.ts";
import { registryValueKey, registryValuePrefix } from "../../model/setting.ts";
import { itemValue } from "./item-value.ts";
import type { XmlElement } from "./xml-tree.ts";

const machineHive = "HKEY_LOCAL_MACHINE";
const otherHives = new Set(["HKEY_CURRENT_USER", "HKEY_USERS", "HKEY_CLASSES_ROOT", "HKEY_CURRENT_CONFIG"]);

/** What the collections around an item say about it. */
interface Surroundings {
  readonly disabled: boolean;
  readonly filter: Doubt | null;
}

/** Collects the registry items of one document in the order in which Windows processes them. */
export class ItemReader {
  readonly entries: InspectEntry[] = [];
  readonly writes: Write[] = [];
  readonly open: GptPart["open"][number][] = [];
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #lineOf: (element: XmlElement) => number;
  readonly #quote: (element: XmlElement) => string;

  /** `quote`: the start tag of an element as evidence. */
  constructor(
    path: string,
    diagnostics: DiagnosticCollector,
    lineOf: (element: XmlElement) => number,
    quote: (element: XmlElement) => string,
  ) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.#lineOf = lineOf;
    this.#quote = quote;
  }

  /** Takes the items below an element; its own `disabled` and `Filters` cover all of them. */
  addAll(parent: XmlElement, outer: Surroundings = { disabled: false, filter: null }): void {
    const around = this.#surroundings(parent, outer);
    for (const child of parent.children) {
      if (child.name === "Collection") this.addAll(child, around);
      else if (child.name === "Registry") this.#addItem(child, this.#surroundings(child, around));
      else if (child.name !== "Filters") this.#report("gpp.element-unknown", child, child.name);
    }
  }

  #surroundings(element: XmlElement, outer: Surroundings): Surroundings {
    return {
      disabled: outer.disabled || element.attributes.get("disabled") === "1",
      filter: this.#filterOf(element) ?? outer.filter,
    };
  }

  /** Item-level targeting is decided on the computer itself, so the row may apply or not. */
  #filterOf(element: XmlElement): Doubt | null {
    const filters = element.children
      .filter((child) => child.name === "Filters")
      .flatMap((child) => child.children);
    if (filters.length === 0) return null;
    const names = [...new Set(filters.map((filter) => filter.name))].join(", ");
    this.#report("gpp.filter", element, names);
    return {
      code: "gpp.filter",
      text: `item-level targeting (${names}) is only decided on the computer`,
      selective: true,
    };
  }

  #addItem(item: XmlElement, { disabled, filter }: Surroundings): void {
    const properties = item.children.find((child) => child.name === "Properties");
    const at = (name: string): string => properties?.attributes.get(name) ?? "";
    const [hive, path] = [at("hive"), at("key").replace(/^\\+|\\+$/g, "")];
    const line = this.#lineOf(item);
    const key = `${hive}\\${at("key")}`;
    this.entries.push({
      action: at("action"),
      key,
      name: at("name"),
      type: at("type"),
      value: at("value"),
      line,
    });

    if (disabled) {
      this.#report("gpp.disabled", item, `${key}\\${at("name")}`);
      return;
    }
    // In the context of the user, or below another hive, nothing reaches the machine.
    if (item.attributes.get("userContext") === "1" || otherHives.has(hive)) return;
    if (properties === undefined || hive !== machineHive || path === "") {
      this.#fault("gpp.item", item, registryValuePrefix);
      return;
    }
    const name = at("default") === "1" ? "" : at("name");
    const known = /^(.*?)%[^%\\]*%/s.exec(`machine\\${path}\\${name}`)?.[1];
    if (known !== undefined) {
      // What the variable stands for shows on the computer only; what stands before it holds.
      this.#fault("gpp.variable", item, registryValuePrefix + known.toLowerCase());
      return;
    }
    const base = { location: this.#location(properties), quote: this.#quote(properties), doubt: filter };
    if (name === "" && at("default") !== "1") this.#addKey(properties, path, base);
    else this.#addValue(properties, registryValueKey(path, name), base);
  }

  #addValue(
    properties: XmlElement,
    key: SettingKey,
    base: Pick<Write, "location" | "quote" | "doubt">,
  ): void {
    const action = properties.attributes.get("action") ?? "";
    if (action === "D") {
      this.writes.push({ ...base, action: "delete", key });
      return;
    }
    if (!["", "C", "R", "U"].includes(action)) {
      this.#report("gpp.action", properties, action);
      this.writes.push({ ...base, action: "unusable", key });
      return;
    }
    const value = itemValue(properties);
    if (value === null) {
      this.#report("gpp.value", properties, base.quote);
      this.writes.push({ ...base, action: "unusable", key });
      return;
    }
    if (value.ambiguous) this.#report("gpp.hex", properties, base.quote);
    this.writes.push({
      ...base,
      action: action === "C" ? "set-if-absent" : "set",
      key,
      value: value.value,
      type: value.type,
      alternatives: [],
    });
  }

  /**
   * An item without a value name is about the key itself. Replace deletes it with everything below and makes it anew,
   * delete only deletes it; create and update see to it that it exists and write no value.
   */
  #addKey(properties: XmlElement, path: string, base: Pick<Write, "location" | "quote" | "doubt">): void {
    const action = properties.attributes.get("action") ?? "";
    const keyPrefix = registryValueKey(path, "");
    if (action === "D" || action === "R") this.writes.push({ ...base, action: "delete-keys", keyPrefix });
    else if (!["", "C", "U"].includes(action)) {
      this.#fault("gpp.action", properties, keyPrefix);
    }
    // A value without a name may be meant for the default value.
    if (action !== "D" && (properties.attributes.get("value") ?? "") !== "") {
      this.#report("gpp.value", properties, base.quote);
      this.writes.push({ ...base, action: "unusable", key: keyPrefix });
    }
  }

  #fault(code: DiagnosticCode, element: XmlElement, keyPrefix: SettingKey): void {
    this.#report(code, element, this.#quote(element));
    const text = `the registry item in line ${this.#lineOf(element)} of Registry.xml cannot be used as it stands`;
    this.open.push({ keyPrefix, doubt: { code, text } });
  }

  #report(code: DiagnosticCode, element: XmlElement, detail: string): void {
    this.#diagnostics.atLine(code, this.#lineOf(element), detail);
  }

  #location(element: XmlElement): Write["location"] {
    return { path: this.#path, line: this.#lineOf(element) };
  }
}
