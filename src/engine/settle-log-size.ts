import type { SettingKey } from "../model/setting.ts";
import { baseWorld } from "./choices.ts";
import type { Replay } from "./replay.ts";
import type { Ending, Problem } from "./settle-registry.ts";
import { stagedProblem } from "./settle-registry.ts";
import { logSizeStages } from "./stages.ts";

const rowsDiffer = "two rows write it differently, and either may be written last";

/**
 * The size of an event log. The value of the administrative template comes first; without one counts what the service
 * keeps, which a registry value and the section of the log in a security template both write.
 */
export function logSizeProblem(replay: Replay, key: SettingKey): Problem {
  const stages = logSizeStages(key);
  const policy = stagedProblem(replay, stages.policy);
  const service = stagedProblem(replay, stages.service, rowsDiffer);
  // Where the policy is certain, what may be below it does not matter.
  const isCertain =
    policy.choices.size === 0 && policy.solve(baseWorld).every(({ outcome }) => outcome.kind !== "absent");
  return {
    choices: isCertain ? policy.choices : new Set([...policy.choices, ...service.choices]),
    solve(world) {
      const [first, ...rest] = policy.solve(world);
      const below = (ending: Ending): [Ending, ...Ending[]] => {
        if (ending.outcome.kind !== "absent") return [ending];
        const [kept, ...others] = service.solve(world);
        return [withWhy(kept, ending.why), ...others.map((other) => withWhy(other, ending.why))];
      };
      return [...below(first), ...rest.flatMap(below)];
    },
  };
}

function withWhy(ending: Ending, why: string): Ending {
  return { ...ending, why: [why, ending.why].filter((text) => text !== "").join(", and ") };
}
