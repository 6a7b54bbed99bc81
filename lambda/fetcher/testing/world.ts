import type { Answer, Validators } from "../download";
import { type FetchJob, type FetchResult, fetchOnce, type Memory, type Storage } from "../fetch-once";

/** A school's server and bucket, with a clock of its own; it dies when it is told to. */
export class World implements Storage {
  seconds = 0;
  version = 0;
  memory: Memory | undefined;
  writtenAt = 0;
  exports: { key: string; text: string }[] = [];
  asked: Validators[] = [];
  server: () => Answer = () => this.holds("a");
  /** Called before and after each write, with its number; what they throw is a death. */
  beforeWrite: (write: number) => void = () => {};
  afterWrite: (write: number) => void = () => {};
  writes = 0;

  holds(text: string, etag = `"${text}"`): Answer {
    return this.asked.at(-1)?.etag === etag ? { changed: false } : { changed: true, body: Buffer.from(text), etag };
  }

  async recall() {
    const now = new Date(Date.parse("2026-12-27T07:00:00Z") + this.seconds * 1000);
    const { memory, version } = this;
    return { memory, version: memory && String(version), ageSeconds: this.seconds - this.writtenAt, now };
  }

  async remember(memory: Memory, version: string | undefined) {
    this.beforeWrite(this.writes);
    if (version !== (this.memory && String(this.version))) {
      return undefined;
    }
    this.memory = memory;
    this.writtenAt = this.seconds;
    this.version += 1;
    this.written();
    return String(this.version);
  }

  async put(key: string, body: Uint8Array) {
    this.beforeWrite(this.writes);
    this.exports.push({ key, text: Buffer.from(body).toString() });
    this.written();
  }

  run(job: Partial<FetchJob> = {}): Promise<FetchResult> {
    const get = async (validators: Validators) => {
      this.asked.push(validators);
      return this.server();
    };
    return fetchOnce({ storage: this, source: "s", map: async (body) => body, get, ...job });
  }

  /** A run that holds what the server has now, and stands still until `goOn`. */
  held(text: string): { run: Promise<FetchResult>; goOn: () => void } {
    let goOn = () => {};
    const still = new Promise<void>((done) => {
      goOn = done;
    });
    const get = async (): Promise<Answer> => {
      await still;
      return { changed: true, body: Buffer.from(text), etag: `"${text}"` };
    };
    return { run: this.run({ get }), goOn };
  }

  private written() {
    this.writes += 1;
    this.afterWrite(this.writes - 1);
  }
}
