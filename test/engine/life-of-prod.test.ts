import { type EngineStack, startEngineStack } from "./engine-stack";
import { describeFirstDeployment } from "./first-deployment";
import { describeClosing } from "./office";
import { makeInTwo } from "./refusal";
import { describeProtection } from "./removal";

/** One stack lives through all of it: each part finds what the one before it left. */
describe("the stack prod", function () {
  this.timeout(120_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("prod");
  });

  after(() => engine?.stop());

  describeFirstDeployment("prod", () => engine, makeInTwo);
  describeProtection(() => engine);
  describeClosing(() => engine);
});
