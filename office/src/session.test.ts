import assert from "node:assert/strict";
import { Trouble } from "./aws/trouble";
import { GuardedStorage } from "./keep";
import { Session } from "./session";
import { SETTINGS } from "./testing/aws";

describe("a session whose token has to be renewed", () => {
  const { fetch } = globalThis;
  const answering = async (answer: () => Promise<Response>) => {
    globalThis.fetch = answer;
    const storage = new GuardedStorage(() => assert.fail("no browser"));
    const user = {
      id_token: "id",
      access_token: "access",
      refresh_token: "refresh",
      expires_at: 1,
      profile: { email: "jana@example.com" },
    };
    storage.setItem(`oidc.user:${SETTINGS.signInUrl}:${SETTINGS.clientId}`, JSON.stringify(user));
    return new Session(SETTINGS, "https://school.example", storage).current();
  };
  const isTrouble = (kind: string) => (error: unknown) => error instanceof Trouble && error.kind === kind;

  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it("is over when Cognito says so", async () => {
    assert.equal(await answering(async () => Response.json({ error: "invalid_grant" }, { status: 400 })), undefined);
  });

  it("is not over because there is no network, or nothing answers", async () => {
    await assert.rejects(
      answering(async () => {
        throw new TypeError("Failed to fetch");
      }),
      isTrouble("offline"),
    );
    await assert.rejects(
      answering(async () => new Response("", { status: 503, statusText: "Service Unavailable" })),
      isTrouble("refused"),
    );
  });
});
