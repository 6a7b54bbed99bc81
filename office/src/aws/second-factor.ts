import type { Settings } from "../settings";
import { answerOf, Trouble } from "./trouble";

/** What the second factor needs of its surroundings. */
export interface FactorSurroundings {
  fetch: typeof fetch;
  /** What Cognito knows the clerk by; undefined when it is too late. */
  accessToken: () => Promise<string | undefined>;
}

/** Who makes the codes, as apps list it. */
const ISSUER = "GoldSport";

/** How Cognito calls a code that is not the one. */
const WRONG_CODE = /CodeMismatch|EnableSoftwareTokenMFA|InvalidParameter/;

/** A clerk's own second factor: the codes of an app, which the sign-in pages ask for once it is set up. */
export class SecondFactor {
  constructor(
    private readonly settings: Settings,
    private readonly surroundings: FactorSurroundings,
  ) {}

  /**
   * Whether it is set up.
   *
   * @throws Trouble
   */
  async isSetUp(): Promise<boolean> {
    const { UserMFASettingList: known = [] } = await this.ask<{ UserMFASettingList?: string[] }>("GetUser", {});
    return known.includes("SOFTWARE_TOKEN_MFA");
  }

  /**
   * Begins to set it up: the secret that an app needs. Nothing changes until {@link confirm}.
   *
   * @throws Trouble
   */
  async begin(): Promise<string> {
    return (await this.ask<{ SecretCode: string }>("AssociateSoftwareToken", {})).SecretCode;
  }

  /**
   * Sets it up, if the app shows the right code.
   *
   * @returns Whether it did.
   * @throws Trouble
   */
  async confirm(code: string): Promise<boolean> {
    try {
      await this.ask("VerifySoftwareToken", { UserCode: code, FriendlyDeviceName: ISSUER });
    } catch (error) {
      if (error instanceof Trouble && error.kind === "refused" && WRONG_CODE.test(error.message)) return false;
      throw error;
    }
    await this.prefer(true);
    return true;
  }

  /**
   * Has the sign-in pages ask for the password alone again.
   *
   * @throws Trouble
   */
  async remove(): Promise<void> {
    await this.prefer(false);
  }

  private async prefer(isOn: boolean): Promise<void> {
    await this.ask("SetUserMFAPreference", { SoftwareTokenMfaSettings: { Enabled: isOn, PreferredMfa: isOn } });
  }

  private async ask<T>(action: string, request: object): Promise<T> {
    const AccessToken = await this.surroundings.accessToken();
    if (AccessToken === undefined) throw new Trouble("signed-out", "the session is over");
    const response = await answerOf((signal) =>
      this.surroundings.fetch(`${this.settings.endpoints.cognitoIdp}/`, {
        method: "POST",
        headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityProviderService.${action}` },
        body: JSON.stringify({ AccessToken, ...request }),
        signal,
      }),
    );
    const text = await response.text();
    if (response.ok) return JSON.parse(text || "{}") as T;
    throw new Trouble(/NotAuthorized/.test(text) ? "signed-out" : "refused", `${action}: ${response.status} ${text}`);
  }
}

/** What an app reads from a QR code: github.com/google/google-authenticator/wiki/Key-Uri-Format. */
export function keyUri(email: string, secret: string): string {
  return `otpauth://totp/${ISSUER}:${encodeURIComponent(email)}?${new URLSearchParams({ secret, issuer: ISSUER })}`;
}
