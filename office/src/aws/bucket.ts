import { asMetadata, UPLOADED_BY } from "../../../common/uploads";
import type { Settings } from "../settings";
import type { Credentials, Surroundings } from "./credentials";
import { signingTime } from "./table";
import { answerOf, Trouble } from "./trouble";

/** A request that tells how far it has come, which `fetch` does not. One that breaks off is a {@link Trouble}. */
export type Send = (
  request: { url: string; method: string; headers: Headers; body: Blob },
  onProgress: (bytes: number) => void,
) => Promise<{ status: number; text: string; etag: string | null }>;

/** What a file may replace: the version with this ETag; nothing, when null; whatever is there, when undefined. */
export type Replaces = string | null | undefined;

/** A file as it lies in the bucket. */
export interface StoredFile {
  etag: string;
  text: string;
}

/** How long S3 is left alone that is too busy, and after how long without a byte a line is taken for dead, in milliseconds. */
const BUSY_FOR = 2_000;
const DEAD_AFTER = 60_000;

/** Puts files into the input bucket, and reads the instructors' files there. */
export class Bucket {
  constructor(
    private readonly settings: Settings,
    private readonly credentials: Credentials,
    private readonly surroundings: Surroundings & { send: Send },
  ) {}

  /**
   * Puts a file, and says in its metadata who did.
   *
   * @param onProgress Told of the bytes sent so far.
   * @returns The file's ETag.
   * @throws Trouble `changed` when something else is there than `replaces` says.
   */
  async put(
    key: string,
    content: { body: Blob; type: string },
    replaces: Replaces,
    onProgress: (bytes: number) => void = () => {},
    isSecond = false,
  ): Promise<string> {
    const { client, email } = await this.credentials.lend();
    const condition: Record<string, string> =
      replaces === undefined ? {} : replaces === null ? { "if-none-match": "*" } : { "if-match": replaces };
    const signed = await client.sign(this.addressOf(key), {
      method: "PUT",
      headers: { "content-type": content.type, [`x-amz-meta-${UPLOADED_BY}`]: asMetadata(email), ...condition },
      aws: this.signing(),
    });
    const { status, text, etag } = await this.send(
      { url: signed.url, method: "PUT", headers: signed.headers, body: content.body },
      onProgress,
    );
    if (status === 200) return etag ?? "";
    // What was to be replaced may be gone, as uploads expire.
    if (status === 404 && replaces) throw new Trouble("changed", `${key}: ${text}`);
    // 409: another write to the same key is under way.
    if (status === 412 || status === 409) throw new Trouble("changed", `${key}: ${text}`);
    if (isExpired(text)) {
      this.credentials.forget();
      if (!isSecond) return this.put(key, content, replaces, onProgress, true);
      throw new Trouble("signed-out", text);
    }
    throw new Trouble(status === 403 ? "forbidden" : status === 0 ? "offline" : "refused", `${key}: ${status} ${text}`);
  }

  /**
   * Reads one of the instructors' files.
   *
   * @returns undefined when there is none: whoever may not list a bucket is told "forbidden" of what is missing.
   * @throws Trouble
   */
  async get(key: string, isSecond = false): Promise<StoredFile | undefined> {
    const { client } = await this.credentials.lend();
    const signed = await client.sign(this.addressOf(key), { method: "GET", cache: "no-store", aws: this.signing() });
    const { fetch, delay } = this.surroundings;
    const response = await answerOf((signal) => fetch(signed.clone(), { signal }), delay);
    const text = await response.text();
    if (response.ok) return { etag: response.headers.get("etag") ?? "", text };
    if (isExpired(text)) {
      this.credentials.forget();
      if (!isSecond) return this.get(key, true);
      throw new Trouble("signed-out", text);
    }
    if (response.status === 404 || response.status === 403) return undefined;
    throw new Trouble("refused", `${key}: ${response.status} ${text}`);
  }

  /** Sends a request, once more where S3 asks to be asked later. */
  private async send(request: Parameters<Send>[0], onProgress: (bytes: number) => void): ReturnType<Send> {
    const answer = await this.surroundings.send(request, onProgress);
    if (answer.status !== 503 && answer.status !== 429) return answer;
    await this.surroundings.delay(BUSY_FOR);
    return this.surroundings.send(request, onProgress);
  }

  private addressOf(key: string): string {
    return `${this.settings.endpoints.s3}/${key.split("/").map(encodeURIComponent).join("/")}`;
  }

  private signing() {
    return { service: "s3", region: this.settings.region, datetime: signingTime(this.surroundings.now()) };
  }
}

function isExpired(text: string): boolean {
  return /ExpiredToken|InvalidAccessKeyId|InvalidToken|TokenRefreshRequired|RequestTimeTooSkewed/.test(text);
}

/** A file as a request by the browser's older interface, which tells of progress. */
export const sendByXhr: Send = ({ url, method, headers, body }, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    headers.forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    let watch = 0;
    const alive = () => {
      clearTimeout(watch);
      watch = window.setTimeout(() => request.abort(), DEAD_AFTER);
    };
    request.upload.onprogress = ({ loaded }) => {
      alive();
      onProgress(loaded);
    };
    request.onload = () => {
      const { status, responseText: text } = request;
      resolve({ status, text, etag: status === 200 ? request.getResponseHeader("etag") : null });
    };
    request.onerror = request.onabort = () => reject(new Trouble("offline", "the upload broke off"));
    request.onloadend = () => clearTimeout(watch);
    alive();
    request.send(body);
  });
