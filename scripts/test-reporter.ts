import { type MochaOptions, type Runner, reporters } from "mocha";

/** Mocha's reporter for people, and beside it the one that writes how long each test took: `--reporter-option output=FILE`. */
class TestReporter extends reporters.Spec {
  private readonly times: reporters.XUnit;

  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    this.times = new reporters.XUnit(runner, options);
  }

  override done(failures: number, finish: (failures: number) => void): void {
    this.times.done(failures, finish);
  }
}

export = TestReporter;
