import { AwsClient } from "aws4fetch";
import type { Clerk } from "../session";
import type { Settings } from "../settings";
import { answerOf, isThrottled, Trouble } from "./trouble";

/** What the page needs of its surroundings. */
export interface Surroundings {
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  delay: (milliseconds: number) => Promise<void>;
  /** Who is signed in; undefined when it is too late. It may be a trouble to find out. */
  clerk: () => Promise<Clerk | undefined>;
}

/** Credentials as the identity pool gives them. */
interface Given {
  AccessKeyId: string;
  SecretKey: string;
  SessionToken: string;
  /** Seconds since 1970. */
  Expiration: number;
}

/** New ones are asked for as long before the old ones end, in milliseconds. */
const EARLY = 5 * 60_000;

/** Lends the signed-in clerk's role in AWS, for as long as they are signed in. */
export class Credentials {
  private given: { email: string; client: AwsClient; until: number } | undefined;
  private isClosed = false;

  constructor(
    private readonly settings: Settings,
    private readonly surroundings: Surroundings,
  ) {}

  /**
   * What signs requests, and in whose name.
   *
   * @throws Trouble When nobody is signed in, or nothing answers.
   */
  async lend(): Promise<{ email: string; client: AwsClient }> {
    const { now, clerk } = this.surroundings;
    if (this.isClosed) throw new Trouble("signed-out", "the page has been left");
    if (this.given && now() < this.given.until - EARLY) return this.given;
    const who = await clerk();
    if (!who) throw new Trouble("signed-out", "the session is over");
    const { region, userPoolId, identityPoolId } = this.settings;
    const Logins = { [`cognito-idp.${region}.amazonaws.com/${userPoolId}`]: who.idToken };
    const { IdentityId } = await this.ask<{ IdentityId: string }>("GetId", { IdentityPoolId: identityPoolId, Logins });
    const { Credentials } = await this.ask<{ Credentials: Given }>("GetCredentialsForIdentity", { IdentityId, Logins });
    const { AccessKeyId: accessKeyId, SecretKey: secretAccessKey, SessionToken: sessionToken, Expiration } = Credentials;
    const client = new AwsClient({ accessKeyId, secretAccessKey, sessionToken, region });
    this.given = { email: who.email, client, until: Expiration * 1000 };
    return this.given;
  }

  /** Has new ones asked for next time. */
  forget(): void {
    this.given = undefined;
  }

  /** Lends nothing any more, whoever asks. */
  close(): void {
    this.forget();
    this.isClosed = true;
  }

  private async ask<T>(action: string, body: unknown): Promise<T> {
    const { fetch, delay } = this.surroundings;
    const request = {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityService.${action}` },
      body: JSON.stringify(body),
    };
    const response = await answerOf((signal) => fetch(`${this.settings.endpoints.cognitoIdentity}/`, { ...request, signal }), delay);
    if (response.ok) return (await response.json()) as T;
    const text = await response.text();
    const isOver = response.status < 500 && response.status !== 429 && !isThrottled(text);
    throw new Trouble(isOver ? "signed-out" : "refused", `${action}: ${response.status} ${text}`);
  }
}
