/**
 * The floors of the house, the lowest first: a file may import from its own floor and from those below it.
 * docs/architecture.md draws them; `npm run check` holds them.
 */
const FLOORS = [
  "contract",
  "mapping",
  "common",
  "planning",
  "infrastructure",
  "policy",
  "stack",
  "local/provider",
  "local",
  "scripts",
  "test",
];

/** What is on a floor, and on none that lies in it. */
const on = (floor) => {
  const within = FLOORS.filter((other) => other.startsWith(`${floor}/`)).map((other) => `${other.slice(floor.length + 1)}/`);
  return `^${floor}/${within.length === 0 ? "" : `(?!${within.join("|")})`}`;
};

const upwards = FLOORS.slice(0, -1).map((floor, level) => ({
  name: `${floor}-stands-below`,
  comment: `${floor}/ knows nothing of the floors above it`,
  severity: "error",
  from: { path: on(floor) },
  to: { path: FLOORS.slice(level + 1).map(on) },
}));

const above = (floor) => FLOORS.slice(FLOORS.indexOf(floor) + 1).map(on);
const aboveMapping = above("mapping");

module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    ...upwards,
    {
      name: "one-way-into-the-local-home",
      comment: "only scripts/connect.ts finds what runs on this machine",
      severity: "error",
      from: { path: on("scripts"), pathNot: "^scripts/connect\\.ts$" },
      to: { path: "^local/" },
    },
    {
      name: "the-fetcher-stands-alone",
      comment: "what is bundled into the function knows nothing but how another system's export is read",
      severity: "error",
      from: { path: "^lambda/" },
      to: { path: aboveMapping },
    },
    {
      name: "the-display-stands-alone",
      comment:
        "the site knows nothing but the contract, how another system's export is read, and what it has in common with the office's page",
      severity: "error",
      from: { path: "^website/" },
      to: { path: [...above("common"), "^office/"] },
    },
    {
      name: "the-office-stands-alone",
      comment: "the office's page knows the display's words and clock, and how a day is planned",
      severity: "error",
      from: { path: "^office/" },
      to: { path: [...above("planning"), "^website/"] },
    },
    {
      name: "nothing-stands-on-a-page",
      comment: "what uses a page's code is a test",
      severity: "error",
      from: { path: FLOORS.slice(0, -1).map(on) },
      to: { path: ["^website/", "^office/"] },
    },
    {
      name: "no-code-needs-a-test",
      comment: "tests and what they stand on are imported by tests alone",
      severity: "error",
      from: { pathNot: ["\\.test\\.ts$", "/testing/", "^test/"] },
      to: { path: ["\\.test\\.ts$", "/testing/"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // An import of a type is an arrow, too.
    tsPreCompilationDeps: true,
  },
};
