import type { ControllerFacts, ReadinessOutcome } from "../../model/readiness.ts";
import { perController } from "./controller-placement.ts";
import type { CheckWith } from "./outcome.ts";
import { controllerSubject, fail, pass, unknown } from "./outcome.ts";

/** The sensor runs on this version of Windows Server. The directory does not tell Server Core from the desktop: both do. */
export const operatingSystem: CheckWith<"operating-system"> = (parameters, input) =>
  perController(input, (controller) => judge(controller, parameters));

function judge(
  controller: ControllerFacts,
  { minimumBuild, minimumYear }: { readonly minimumBuild: number; readonly minimumYear: number },
): ReadinessOutcome {
  const subject = controllerSubject(controller);
  const { operatingSystem: system, operatingSystemVersion: version } = controller;
  const actual = [system, version].filter((part) => part !== null).join(", ");
  const runs = `'${controller.name}' runs ${actual}`;
  if (system !== null && !/windows.*server|hyper-v server/i.test(system))
    return fail(subject, actual, `${runs}, which is no Windows Server.`);
  if (system !== null && /\bnano\b/i.test(system))
    return fail(subject, actual, `${runs}: the sensor does not run on Nano Server.`);
  const build = buildOf(version);
  const year = yearOf(system);
  const answers = [
    ...(build === null ? [] : [build >= minimumBuild]),
    ...(year === null ? [] : [year >= minimumYear]),
  ];
  const [answer] = answers;
  if (answer === undefined || answers.includes(!answer)) {
    const why =
      actual === ""
        ? `The operating system of '${controller.name}' is not in the directory data`
        : `${runs}, from which its version cannot be told`;
    return unknown(
      subject,
      `${why}.`,
      `it runs Windows Server ${minimumYear} or later`,
      "it runs an older one",
    );
  }
  return answer ? pass(subject, actual, `${runs}.`) : fail(subject, actual, `${runs}, which is too old.`);
}

/** "10.0 (17763)"; older versions count their builds from the start, and so are smaller. */
function buildOf(version: string | null): number | null {
  const match = /^\s*(\d{1,3})\.\d{1,3} \((\d{1,6})\)\s*$/.exec(version ?? "");
  return match?.[2] === undefined ? null : Number(match[2]);
}

/** "Windows Server 2012 R2 Standard", "Windows 2000 Server"; releases between two years carry none. */
function yearOf(system: string | null): number | null {
  const match = /\b(20\d\d)\b/.exec(system ?? "");
  return match?.[1] === undefined ? null : Number(match[1]);
}
