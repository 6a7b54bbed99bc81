import { ErrorResponse, ErrorTimeout, type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import { Trouble } from "./aws/trouble";
import type { Settings } from "./settings";

/** Somebody who has signed in. */
export interface Clerk {
  email: string;
  /** What the identity pool gives credentials for. */
  idToken: string;
  /** By which Cognito knows them, for what is their own. */
  accessToken: string;
}

/** Signing in and out through Cognito's own pages, with a code and PKCE. What is known of it ends with the browser's tab. */
export class Session {
  private readonly manager: UserManager;
  private readonly home: string;

  constructor(
    private readonly settings: Settings,
    origin: string,
    storage: Storage,
  ) {
    const { signInUrl, region, userPoolId, clientId } = settings;
    this.home = `${origin}/office/`;
    const store = new WebStorageStateStore({ store: storage });
    this.manager = new UserManager({
      authority: signInUrl,
      // All that a discovery document would tell, so that no other host is asked.
      metadata: {
        issuer: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
        authorization_endpoint: `${signInUrl}/oauth2/authorize`,
        token_endpoint: `${signInUrl}/oauth2/token`,
        userinfo_endpoint: `${signInUrl}/oauth2/userInfo`,
        end_session_endpoint: `${signInUrl}/logout`,
      },
      client_id: clientId,
      redirect_uri: this.home,
      response_type: "code",
      scope: "openid email aws.cognito.signin.user.admin",
      loadUserInfo: false,
      automaticSilentRenew: false,
      userStore: store,
      stateStore: store,
    });
  }

  /**
   * Who is signed in; undefined for nobody.
   *
   * @param address The page's address, which bears a code when the sign-in pages lead here.
   * @throws Trouble When nothing answers.
   */
  async clerk(address: URL): Promise<Clerk | undefined> {
    if (address.searchParams.has("code") && address.searchParams.has("state")) {
      // A code counts once: whoever loads the page again with it is asked anew.
      const user = await this.manager.signinRedirectCallback(address.href).catch((error: unknown) => {
        if (isOffline(error)) throw new Trouble("offline", String(error));
        return null;
      });
      return clerkOf(user);
    }
    return this.current();
  }

  /**
   * Who is signed in now, with a token that is still good; undefined when it is too late.
   *
   * @throws Trouble When nothing answers.
   */
  async current(): Promise<Clerk | undefined> {
    const user = await this.manager.getUser();
    if (user === null) return undefined;
    // A token that ends within the minute is renewed, with no page in between.
    const isFresh = (user.expires_in ?? 0) > 60;
    return clerkOf(isFresh ? user : await this.renewed(user));
  }

  private async renewed(user: User): Promise<User | null> {
    if (!user.refresh_token) return null;
    return this.manager.signinSilent().catch((error: unknown) => {
      // Whatever is no answer of Cognito's says nothing of the session.
      if (error instanceof ErrorResponse) return null;
      throw new Trouble(isOffline(error) ? "offline" : "refused", String(error));
    });
  }

  /** Whether somebody was signed in, with what counts no more, where {@link current} knows nobody. */
  async isOver(): Promise<boolean> {
    return (await this.manager.getUser()) !== null;
  }

  /** Leads to the sign-in pages. */
  async signIn(language: string): Promise<void> {
    await this.manager.signinRedirect({ extraQueryParams: { lang: language } });
  }

  /** Forgets who was signed in, here and at the sign-in pages, and comes back. */
  async signOut(): Promise<string> {
    await this.forget();
    const { signInUrl, clientId } = this.settings;
    return `${signInUrl}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: this.home })}`;
  }

  /** Forgets who was signed in, on this page. */
  async forget(): Promise<void> {
    await this.manager.removeUser();
  }
}

function isOffline(error: unknown): boolean {
  return error instanceof ErrorTimeout || error instanceof TypeError;
}

function clerkOf(user: User | null): Clerk | undefined {
  const email = user?.profile.email;
  return user?.id_token && email ? { email, idToken: user.id_token, accessToken: user.access_token } : undefined;
}
