import assert from "node:assert/strict";
import { execa } from "execa";
import { sentence, UserError } from "./command";

describe("sentence", () => {
  it("is the message of an error, without its stack", () => {
    assert.equal(sentence(new UserError("there is no such stack")), "there is no such stack");
    assert.equal(sentence("plain text"), "plain text");
  });

  it("is what a child process said, where one failed", async () => {
    const failed = await execa(process.execPath, ["-e", "console.error('the disk is full'); process.exit(3)"]).catch(
      (error: unknown) => error,
    );
    assert.match(sentence(failed), /^Command failed with exit code 3: .*\nthe disk is full$/s);
  });
});
