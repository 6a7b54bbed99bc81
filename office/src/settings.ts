import { answeredAt } from "../../common/clock";

/** What the page is told of its stack: `office/settings.json`. */
export interface Settings {
  region: string;
  userPoolId: string;
  clientId: string;
  identityPoolId: string;
  /** The sign-in pages' address, without a slash at the end. */
  signInUrl: string;
  inputBucketName: string;
  dataTableName: string;
  /** IANA name of the school's time zone. */
  timeZone: string;
  /** The largest file that is read. */
  maxUploadMib: number;
  language: string;
  /** Without a slash at the end; `s3` is the input bucket's own address. */
  endpoints: { cognitoIdp: string; cognitoIdentity: string; s3: string; dynamodb: string };
}

/**
 * Reads the settings, and how far the device's clock is behind the server's, in milliseconds.
 *
 * @throws Error When they cannot be had.
 */
export async function loadSettings(load: typeof fetch, now: () => number): Promise<{ settings: Settings; clockBehind: number }> {
  const response = await load("/office/settings.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`settings.json: ${response.status}`);
  const at = answeredAt(response.headers);
  return { settings: (await response.json()) as Settings, clockBehind: Number.isNaN(at) ? 0 : at - now() };
}
