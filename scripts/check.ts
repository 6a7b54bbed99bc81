import { run, UserError } from "../stack/command";
import { noteTypes } from "./build";
import { objection, SOURCE_CHECKS, TYPES } from "./source-checks";

run(async () => {
  const failed: string[] = [];
  for (const check of SOURCE_CHECKS) {
    const against = await objection(check);
    console.log(`${against === undefined ? "ok  " : "FAIL"} ${check.name}`);
    if (against !== undefined) {
      failed.push(check.name);
      console.log(against);
    } else if (check === TYPES) {
      await noteTypes();
    }
  }
  if (failed.length > 0) {
    throw new UserError(`${failed.length} of ${SOURCE_CHECKS.length} checks failed: ${failed.join(", ")}`);
  }
});
