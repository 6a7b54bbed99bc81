/** One test, and how long it took. */
export interface TestTime {
  suite: string;
  title: string;
  seconds: number;
}

const ENTITIES: Record<string, string> = { "&quot;": '"', "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/**
 * Reads the times of a suite's tests as mocha and pytest both write them, which is JUnit's form.
 *
 * @example
 * testTimes("local", '<testcase classname="stacks" name="are found" time="0.25"/>'); // [{ suite: "local", title: "stacks: are found", seconds: 0.25 }]
 */
export function testTimes(suite: string, report: string): TestTime[] {
  return [...report.matchAll(/<testcase ([^>]*)>/g)].map(([, attributes = ""]) => {
    const value = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    return { suite, title: plain(`${value("classname")}: ${value("name")}`), seconds: Number(value("time")) };
  });
}

/** The tests that took longest, the longest first. */
export function slowest(times: TestTime[], count: number): TestTime[] {
  return times.toSorted((a, b) => b.seconds - a.seconds).slice(0, count);
}

function plain(text: string): string {
  const decimal = text.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) => String.fromCodePoint(Number.parseInt(code, hex === "" ? 10 : 16)));
  return decimal.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
}
