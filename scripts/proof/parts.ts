/** A part of the proof: a test run that takes figures. */
export interface Part {
  name: string;
  title: string;
  /** What it does, as the report says it. */
  does: string;
  program: string;
  /** Its arguments, with the folder for its figures. */
  args: (figures: string) => string[];
  /** The files of figures that it leaves there. */
  figures: string[];
  /** Whether one of its cases can be run again by its seed. */
  takesSeed: boolean;
}

/** What the proof consists of, what takes longest first. */
export const PARTS: Part[] = [
  pytest("disorder", "Disorder", {
    takesSeed: true,
    does:
      "Random histories of exports, profiles and rosters: valid, broken, old, doubled, uploaded in the same millisecond; their events " +
      "late, twice and in random order to four workers, each with its own AWS clients, on a real table and real buckets of the embedded " +
      "AWS; instructors leave and come back in the profiles; between them items of a day disappear alone, or the whole table does and " +
      "all is delivered again; and at random, AWS calls fail in the middle of a run. At the end there is a night. Afterwards table and documents equal those of a run that saw only the " +
      "newest valid file of each kind, but for revisions and times; every document keeps the contract, the index lists exactly what is in " +
      "place, and no broken file was accepted or forgotten. In most histories the workers take turns call by call, so that a seed repeats " +
      "a failure exactly; in the others they truly run at once.",
  }),
  pytest("bad-exports", "Bad exports", {
    takesSeed: true,
    does:
      "Mutated exports: damaged bytes, odd values in every column, rows cut, doubled, shuffled, columns dropped, renamed, doubled, other " +
      "encodings, files cut off, and what is no export at all. Each mutation knows which rows it did not touch: an accepted file publishes " +
      "every one of them as it says, a rejected one gave the reason itself and changes nothing, every document keeps the contract, and no " +
      "run fails. Every eighth goes through buckets and table, the others from the bytes to the documents.",
  }),
  pytest("bad-json", "Bad profiles and rosters", {
    takesSeed: true,
    does:
      "Mutated profiles and rosters: odd values, missing and superfluous ones, damaged bytes, deep nesting, other encodings, sizes around " +
      "the limit. A rejected file changes nothing, an accepted one loses no lesson, every document keeps the contract, and no run fails.",
  }),
  pytest("limits", "Limits", {
    does:
      "The largest files that may be uploaded, each the worst of its kind for whoever has to read it, among them 50 MB of nothing, each " +
      "through the handler in a process of its own: within the function's 512 MiB and 300 s, a season of 100,000 rows within 60 % of both.",
  }),
  pytest("load", "Load", {
    does:
      "A school ten times as large uploads its season every five minutes of a day, while people book, move and cancel. An upload costs what " +
      "changed in it; in the end the table is exactly as large as one that saw only the last upload.",
  }),
  pytest("crash-points", "Crash points", {
    does:
      "Runs of an export, of profiles, of a roster and of a broken export: each AWS call in turn fails before it took effect, after it took " +
      "effect but before the answer, and, where it reads an object, with half of the answer; then the event is tried again. The end is that " +
      "of an undisturbed run, byte for byte but for times. Then pairs of such failures, in two attempts one after the other.",
  }),
  mocha("doors", "Doors", ["doors", "role", "office-role"], {
    does:
      "On the deployed stack, with rights enforced: without credentials, whatever S3 can be asked, of either bucket, by path, host and " +
      "website endpoint; through CloudFront, the site and the documents and nothing else; under the function's role, and under the one that " +
      "the office lends to who has signed in, every operation of a dozen services, compared with a role without rights; another role cannot " +
      "invoke the function, nor become it. Operations that the embedded AWS does not guard at all are listed: what the policies say of them " +
      "is tested with a policy simulator in `infrastructure/grants.test.ts` and `infrastructure/office-rights.test.ts`.",
  }),
  pytest("long-life", "Long life", {
    does:
      "Seventy-five days of a school, the clock set forward: three exports a day of all that was ever booked, rosters, profiles, broken " +
      "files. Expired items and old uploads are deleted as AWS does it, two days late as it may be (the embedded AWS expires by its own " +
      "clock only). Table and bucket stop growing, past days leave, and nothing of the 61st day before is found anywhere.",
  }),
  mocha("fetches", "Fetches", ["fetches"], {
    does:
      "Weeks of fetches every ten minutes, among them those in which the clocks change, at the times that the schedule's own expressions " +
      "give: bookings change, the server fails, is busy or forgets its ETag, runs die before and after every write, a slow run is " +
      "overtaken, and a machine's clock is wrong by up to a year. No older export is put over a newer, an unchanged one costs no write, and in the end the newest is shown.",
  }),
  mocha("notifications", "Notifications", ["notifications"], {
    does:
      "On the deployed stack, files of every kind one right after the other: S3 notifies, Lambda runs as many functions at once as there " +
      "are events, and what is published in the end is the newest of each kind, with nothing in the failure queue.",
  }),
];

function pytest(name: string, title: string, { does, takesSeed = false }: { does: string; takesSeed?: boolean }): Part {
  const file = `test/proof/test_${name.replaceAll("-", "_")}.py`;
  const args = (folder: string) => ["-m", "pytest", file, "-s", "--full", "--figures", folder];
  return { name, title, does, program: ".venv/bin/python", args, figures: [name], takesSeed };
}

function mocha(name: string, title: string, files: string[], { does }: { does: string }): Part {
  const args = () => files.map((file) => `test/proof/${file}.test.ts`);
  return { name, title, does, program: "mocha", args, figures: [name], takesSeed: false };
}
