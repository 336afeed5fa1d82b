import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { expect } from "vitest";
import { validateXML } from "xmllint-wasm";

export interface JunitCase {
  readonly suite: string;
  readonly className: string;
  readonly name: string;
  readonly outcome: "failure" | "error" | "skipped" | null;
  readonly type: string;
  readonly message: string;
}

/** Reads JUnit XML, holds its counts against its cases, and returns all cases but that of the run. */
export function readJunit(text: string): { readonly run: JunitCase; readonly cases: readonly JunitCase[] } {
  const cases: JunitCase[] = [];
  const suites: Readonly<Record<string, string>>[] = [];
  let open: { -readonly [K in keyof JunitCase]: JunitCase[K] } | null = null;
  const parser = new SaxesParser();
  parser.on("error", (error) => expect.fail(error.message));
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testsuite" || name === "testsuites") suites.push(attributes);
    if (name === "testcase") {
      const suite = suites.at(-1)?.["name"] ?? "";
      open = {
        suite,
        className: attributes["classname"] ?? "",
        name: attributes["name"] ?? "",
        outcome: null,
        type: "",
        message: "",
      };
      cases.push(open);
    }
    if (open !== null && (name === "failure" || name === "error" || name === "skipped"))
      Object.assign(open, {
        outcome: name,
        type: attributes["type"] ?? "",
        message: attributes["message"] ?? "",
      });
  });
  parser.on("closetag", ({ name }) => {
    if (name === "testcase") open = null;
  });
  parser.write(text).close();
  for (const suite of suites) {
    const own = suites[0] === suite ? cases : cases.filter((item) => item.suite === suite["name"]);
    const count = (outcome: JunitCase["outcome"]): string =>
      String(own.filter((item) => item.outcome === outcome).length);
    expect(suite).toMatchObject({
      tests: String(own.length),
      failures: count("failure"),
      errors: count("error"),
    });
    if (suites[0] !== suite) expect(suite["skipped"]).toBe(count("skipped"));
  }
  const identities = cases.map(({ className, name }) => JSON.stringify([className, name]));
  expect(new Set(identities).size, "GitLab drops a case of a class and name that it knows").toBe(
    cases.length,
  );
  const [run, ...others] = cases;
  if (run === undefined) return expect.fail("no case");
  return { run, cases: others };
}

const schema = readFileSync(new URL("../reporters/schema/junit-10.xsd", import.meta.url), "utf8");

/** Mistakes that the schema of Jenkins finds. */
export async function junitErrors(text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "junit.xml", contents: text }],
    schema: [{ fileName: "junit-10.xsd", contents: schema }],
  });
  return errors.map(({ message }) => message);
}
