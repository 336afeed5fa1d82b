import { ShapeReader } from "./shape-reader.ts";
import type { LookedUp, Remark, SnapshotDomain, SnapshotHeader } from "./snapshot-header.ts";
import { snapshotKind, snapshotVersion } from "./snapshot-header.ts";

export type HeaderResult =
  | { readonly ok: true; readonly header: SnapshotHeader; readonly objectCount: number }
  /** One phrase that says what is wrong. */
  | { readonly ok: false; readonly problem: string };

/** Reads the head of a snapshot: the parsed JSON of everything but the objects. */
export function readHeader(value: unknown): HeaderResult {
  const shape = new ShapeReader();
  const top = shape.object(value, "the document");
  shape.choice(top["kind"], [snapshotKind], "kind");
  shape.choice(top["schemaVersion"], [snapshotVersion], "schemaVersion");
  const by = shape.object(top["collected"], "collected");
  const header: SnapshotHeader = {
    collected: {
      time: shape.textOrNull(by["time"], "collected.time"),
      server: shape.text(by["server"], "collected.server"),
      transport: shape.choice(by["transport"], ["ldaps", "starttls", "plaintext"], "collected.transport"),
      certificate: shape.choice(by["certificate"], ["verified", "not-verified"], "collected.certificate"),
      account: shape.choice(by["account"], ["administrator", "limited"], "collected.account"),
      tool: shape.text(by["tool"], "collected.tool"),
    },
    domains: shape.list(top["domains"], "domains").map((domain) => readDomain(shape, domain)),
    notCollected: readRemarks(shape, top["notCollected"], "notCollected"),
    problems: readRemarks(shape, top["problems"], "problems"),
    lookedUp: readLookedUp(shape, top["lookedUp"]),
  };
  const objectCount = shape.count(top["objectCount"], "objectCount");
  return shape.problem === null ? { ok: true, header, objectCount } : { ok: false, problem: shape.problem };
}

function readDomain(shape: ShapeReader, value: unknown): SnapshotDomain {
  const domain = shape.object(value, "a domain");
  return {
    dn: shape.text(domain["dn"], "the dn of a domain"),
    name: shape.text(domain["name"], "the name of a domain"),
    sid: shape.textOrNull(domain["sid"], "the sid of a domain"),
  };
}

function readLookedUp(shape: ShapeReader, value: unknown): LookedUp {
  const lookedUp = shape.object(value, "lookedUp");
  const texts = (name: string): string[] =>
    shape
      .list(lookedUp[name], `lookedUp.${name}`)
      .map((item) => shape.text(item, `an entry of lookedUp.${name}`));
  return { names: texts("names"), principalNames: texts("principalNames") };
}

function readRemarks(shape: ShapeReader, value: unknown, where: string): readonly Remark[] {
  return shape.list(value, where).map((item) => {
    const remark = shape.object(item, `an entry of ${where}`);
    return {
      what: shape.text(remark["what"], `what in ${where}`),
      why: shape.text(remark["why"], `why in ${where}`),
    };
  });
}
