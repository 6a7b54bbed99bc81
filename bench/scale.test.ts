import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { World } from "../lambda/fetcher/testing/world";
import { numbers } from "../test/proof/numbers";
import { busiestMinute } from "./busiest-minute";
import { type Counted, costOf, monthOf, times, total } from "./costs";
import { prices } from "./prices.json";
import counted from "./requests.json";
import { monthlyCosts, type Resources, scalePage, stacksAnAccount } from "./scale-page";
import { stackResources } from "./stack-resources";

describe("docs/scale.md", () => {
  let resources: { plain: Resources; fetching: Resources; office: Resources };

  before(async () => {
    resources = await stackResources();
  });

  it("is what the counted requests, the program's resources and AWS's lists give", () => {
    assert.equal(readFileSync("docs/scale.md", "utf8"), scalePage(counted, resources), "`npm run scale` writes it anew");
  });

  it("agrees with what docs/operations.md tells of costs", () => {
    const operations = readFileSync("docs/operations.md", "utf8").split("## What it costs")[1] ?? "";
    for (const fetches of [false, true]) {
      const { alone, list } = monthlyCosts(counted, fetches ? resources.fetching : resources.plain, fetches);
      assert.ok(operations.includes(`${total(alone).toFixed(2)} – ${total(list).toFixed(2)}`), `${total(alone)} – ${total(list)}`);
    }
  });

  it("agrees with what docs/operations.md tells of how many stacks an account holds", () => {
    const [fewest, offices] = [resources.fetching, resources.office].map((each) => stacksAnAccount(each)[0]?.stacks);
    assert.deepEqual([fewest, offices], [20, 6]);
    const operations = readFileSync("docs/operations.md", "utf8").replace(/\s+/g, " ");
    assert.ok(operations.includes("Twenty stacks fit into an account, six where each has an office"));
  });

  it("has a quota for what a stack really has", () => {
    for (const { what, each } of stacksAnAccount(resources.fetching)) {
      assert.ok(each > 0, what);
    }
  });
});

describe("the cost of a month", () => {
  const fixed = { alarms: 10, dashboards: 1 };
  const requests: Counted = counted;

  it("is by list the same for each school, and less where something is free", () => {
    const month = monthOf(requests, fixed, true);
    assert.equal(total(costOf(times(month, 7), false)).toFixed(6), (7 * total(costOf(month, false))).toFixed(6));
    assert.ok(total(costOf(month, true)) < total(costOf(month, false)));
  });

  it("takes what is free off once, and never below nothing", () => {
    const month = times(monthOf(requests, fixed, false), 0);
    assert.equal(total(costOf(month, true)), 0);
    const { usd, free } = prices.dashboards;
    assert.equal(costOf({ ...month, dashboards: free + 2 }, true).dashboards, 2 * usd);
  });

  it("has what fetches ask beside, and no upload of the office's then", () => {
    const [without, beside] = [monthOf(requests, fixed, false), monthOf(requests, fixed, true)];
    const puts = 40 * requests["a fetch that finds a changed export"].s3_writes;
    assert.equal(beside["S3 writes"] - without["S3 writes"], 30 * (puts - 40));
    assert.equal(beside["scheduled calls"] - without["scheduled calls"], 30 * 48);
    assert.equal(beside["CloudFront requests"], without["CloudFront requests"]);
  });
});

describe("the requests of a fetch", () => {
  it("are those that a fetch makes", async () => {
    const world = new World();
    await world.run();
    for (const [text, what] of [
      ["b", "a fetch that finds a changed export"],
      ["b", "a fetch that finds nothing new"],
    ] as const) {
      const { writes } = world;
      world.server = () => world.holds(text);
      await world.run();
      assert.equal(world.writes - writes, counted[what].s3_writes);
    }
  });
});

describe("the busiest minute", () => {
  it("has every fetch at once when all come in the same second, and few when they are spread", () => {
    assert.equal(busiestMinute(1000, 1, counted, numbers(1)).fetchers, 1000);
    assert.ok(busiestMinute(1000, 60, counted, numbers(1)).fetchers < 100);
  });
});
