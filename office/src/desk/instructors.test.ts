import assert from "node:assert/strict";
import { PROFILES_KEY } from "../../../common/uploads";
import type { Instructor } from "../../../planning/day";
import { profilesText } from "../../../planning/profiles-text";
import { DATE, instructor } from "../../../planning/testing/days";
import { School } from "../testing/desk";
import type { Desk } from "./desk";
import { saveProfiles } from "./instructors";
import { newInstructor } from "./profiles";

const OTHER_DAY = "2026-12-28";
const AWAY = () => [instructor("jana", { absences: [DATE] }), instructor("petr")];

describe("edited instructors", () => {
  let school: School;
  let clerk: Desk;

  const file = () => JSON.parse(school.aws.files.get(PROFILES_KEY) ?? "{}");
  const saveElsewhere = (...profiles: Instructor[]) => school.aws.files.set(PROFILES_KEY, profilesText(profiles));
  const absences = () => clerk.state.edited?.find(({ id }) => id === "jana")?.absences;

  beforeEach(async () => {
    school = new School();
    clerk = await school.desk();
    clerk.edit(AWAY());
  });

  it("are saved", async () => {
    assert.ok(clerk.hasWork);
    await school.save(clerk);
    assert.deepEqual(file().jana, { name: "jana", languages: [], absences: [DATE] });
    assert.deepEqual([clerk.state.edited, clerk.state.notice, clerk.hasWork], [undefined, clerk.words.profilesSaved, false]);
    assert.equal(school.kept.length, 0);
  });

  it("are merged with what somebody else has saved meanwhile, to be looked at and saved again", async () => {
    saveElsewhere(instructor("jana", { absences: [OTHER_DAY] }), instructor("petr", { languages: ["pl"] }));
    await saveProfiles(clerk);
    assert.deepEqual(Object.keys(file().jana.absences), ["0"], "nothing is overwritten before the clerk has seen it");
    assert.equal(clerk.state.notice, `${clerk.words.profilesMerged} (jana, petr)`);
    await school.save(clerk);
    assert.deepEqual(file(), {
      jana: { name: "jana", languages: [], absences: [DATE, OTHER_DAY] },
      petr: { name: "petr", languages: ["pl"] },
    });
  });

  it("undo nothing that somebody else has saved, whenever that is read", async () => {
    saveElsewhere(instructor("jana"), instructor("petr", { languages: ["pl"] }));
    await clerk.reload();
    assert.equal(clerk.state.notice, `${clerk.words.profilesMerged} (petr)`);
    await school.save(clerk);
    assert.deepEqual(file().petr.languages, ["pl"]);
  });

  it("are on the desk again after a reload, with what was saved since", async () => {
    saveElsewhere(instructor("jana"), instructor("petr", { languages: ["pl"] }));
    clerk = await school.desk();
    assert.deepEqual(absences(), [DATE]);
    assert.deepEqual(clerk.state.edited?.find(({ id }) => id === "petr")?.languages, ["pl"]);
  });

  it("stay to be saved when they are typed while others are being saved", async () => {
    const before = school.aws.files.get(PROFILES_KEY);
    const { put } = school.aws.bucket;
    school.aws.bucket.put = async (...asked) => {
      clerk.edit([instructor("jana", { absences: [DATE, OTHER_DAY] }), instructor("petr")]);
      return put.apply(school.aws.bucket, asked);
    };
    const saving = saveProfiles(clerk);
    await school.isPut(PROFILES_KEY, before);
    school.process(PROFILES_KEY);
    await saving;
    assert.deepEqual([file().jana.absences, absences()], [[DATE], [DATE, OTHER_DAY]]);
    clerk = await school.desk();
    assert.deepEqual(absences(), [DATE, OTHER_DAY]);
  });

  it("are not told to be saved, nor given back, because of what became of an earlier save", async () => {
    const first = await school.beginToSave(clerk);
    await school.aWhile();
    const between = school.aws.files.get(PROFILES_KEY) ?? "";
    clerk.edit([instructor("jana", { absences: [DATE, OTHER_DAY] }), instructor("petr")]);
    const second = await school.beginToSave(clerk);
    await school.aWhile();
    school.processEarlier(PROFILES_KEY, between, "rejected");
    await first.end;
    assert.deepEqual([clerk.state.notice, absences()], [clerk.words.waitingForScreen, undefined]);
    school.process(PROFILES_KEY);
    await second.end;
    assert.deepEqual([clerk.state.notice, clerk.hasWork], [clerk.words.profilesSaved, false]);
  });

  it("say that somebody was quicker where nothing of theirs is to be seen", async () => {
    saveElsewhere(instructor("jana"), instructor("petr"));
    await saveProfiles(clerk);
    assert.deepEqual([clerk.state.notice, absences()], [clerk.words.troubles.changed, [DATE]]);
  });

  it("are saved once, however often that is asked", async () => {
    const saving = Promise.all([school.save(clerk), saveProfiles(clerk)]);
    await saving;
    assert.equal(clerk.state.trouble, undefined);
    assert.equal(school.aws.asked.filter(({ url, headers }) => url.endsWith(PROFILES_KEY) && headers.has("content-type")).length, 1);
  });

  it("stay to be saved when the function rejects them", async () => {
    await school.save(clerk, "rejected");
    assert.deepEqual([clerk.state.notice, absences()], ["No.", [DATE]]);
    assert.deepEqual(
      clerk.state.instructors?.map(({ absences: days }) => days),
      [undefined, undefined],
      "what is in force is what others see",
    );
    clerk = await school.desk();
    assert.deepEqual(absences(), [DATE]);
  });

  it("are there after a reload, too, when the function rejects them after it", async () => {
    void saveProfiles(clerk);
    await school.isPut(PROFILES_KEY);
    await school.aWhile();
    clerk = await school.desk();
    assert.equal(clerk.state.edited, undefined, "as long as they may be taken");
    school.process(PROFILES_KEY, "rejected");
    clerk = await school.desk();
    assert.deepEqual(absences(), [DATE]);
  });

  it("are one new instructor for who saves one and reloads the page", async () => {
    clerk.edit([...AWAY(), { ...newInstructor(), name: "Eva" }]);
    void saveProfiles(clerk);
    await school.isPut(PROFILES_KEY);
    await school.aWhile();
    clerk = await school.desk();
    assert.deepEqual(
      (clerk.state.edited ?? clerk.state.instructors)?.map(({ id }) => id),
      ["eva", "jana", "petr"],
    );
  });

  it("cannot be saved before it is known who is there", async () => {
    school.aws.isReachable = false;
    const blank = await school.desk();
    blank.edit([instructor("eva")]);
    school.aws.isReachable = true;
    await saveProfiles(blank);
    assert.equal(school.aws.files.has(PROFILES_KEY), false);
  });
});
