import { describeDrift } from "./drift";
import { type EngineStack, startEngineStack } from "./engine-stack";
import { describeFirstDeployment, makeAtOnce } from "./first-deployment";
import { describeOffice } from "./office";
import { describePolicy } from "./policy";
import { describeWrongSetting } from "./refusal";
import { describeRemoval } from "./removal";
import { describeUpdates } from "./update";

/** One stack lives through all of it: each part finds what the one before it left. */
describe("the stack dev", function () {
  this.timeout(120_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("dev");
  });

  after(() => engine?.stop());

  describeWrongSetting(() => engine);
  describeFirstDeployment("dev", () => engine, makeAtOnce);
  describePolicy(() => engine);
  describeUpdates(() => engine);
  describeOffice(() => engine);
  describeDrift(() => engine);
  describeRemoval(() => engine);
});
