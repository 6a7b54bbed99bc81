import { sentence, UserError } from "../../stack/command";
import { whatIsThere } from "./account";
import type { PulumiStack, Say } from "./pulumi-stack";
import { takeSteps } from "./steps";
import type { Trial } from "./trial";

/**
 * Removes all of a trial, what outlives a stack included.
 *
 * @param interrupted Ends it before that.
 * @param wasBroken Pulumi was ended hard, and may not know all that it has made: what it cannot remove for that reason is removed by name.
 * @throws UserError What is left, and how to remove it.
 */
export async function takeDown(trial: Trial, interrupted: AbortSignal, wasBroken = false): Promise<void> {
  const { name, clients } = trial;
  const pulumi = trial.pulumi.until(interrupted);
  const steps = [
    { title: "Destroy the stack", work: (_: unknown, say: Say) => destroyed(pulumi, wasBroken, say) },
    {
      title: "Remove what outlives it",
      work: async (_: unknown, say: Say) => {
        const found = await whatIsThere(clients, name);
        for (const { what, remove } of found) {
          interrupted.throwIfAborted();
          say(what);
          await remove();
        }
        await pulumi.forget();
        return found.map(({ what }) => what).join(", ") || "nothing did";
      },
    },
    {
      title: "Look for anything left",
      work: async () => {
        const left = await whatIsThere(clients, name);
        if (left.length > 0) {
          throw new UserError("something is left");
        }
        return "nothing";
      },
    },
  ];
  try {
    await takeSteps(steps, interrupted, "interrupted: what Pulumi has begun is finished, and the rest is left");
  } catch (error) {
    throw new UserError(`${sentence(error)}\n${await remains(trial)}\nto remove it, run this again: npm run acceptance -- --stack ${name}`);
  }
}

async function destroyed(pulumi: PulumiStack, wasBroken: boolean, say: Say): Promise<string> {
  try {
    await pulumi.destroy(say);
    return "all that Pulumi knows of";
  } catch (error) {
    if (!wasBroken) {
      throw error;
    }
    return "not all of it, as Pulumi does not know all that is there";
  }
}

async function remains({ name, clients, pulumi }: Trial): Promise<string> {
  try {
    const there = (await whatIsThere(clients, name)).map(({ what }) => what);
    const lines = [...((await pulumi.isThere()) ? [`the stack ${name}`] : []), ...there];
    return lines.length === 0 ? "nothing is left" : `still there:\n${lines.map((line) => `  ${line}`).join("\n")}`;
  } catch (error) {
    return `what is left is not known: ${sentence(error)}`;
  }
}
