/** What a browser keeps for a page, on any browser: where it keeps nothing, or has no room left, it is kept for as long as the page is open. */
export class GuardedStorage implements Storage {
  private readonly memory = new Map<string, string>();

  /** @param open Gives the browser's own; it may refuse. */
  constructor(private readonly open: () => Storage) {}

  get length(): number {
    return this.keys().length;
  }

  key(index: number): string | null {
    return this.keys()[index] ?? null;
  }

  getItem(key: string): string | null {
    return this.memory.get(key) ?? this.trying((storage) => storage.getItem(key)) ?? null;
  }

  setItem(key: string, text: string): void {
    this.memory.set(key, text);
    // What the browser has is the browser's to tell: another tab may change it.
    this.trying((storage) => {
      storage.setItem(key, text);
      this.memory.delete(key);
    });
  }

  removeItem(key: string): void {
    this.memory.delete(key);
    this.trying((storage) => storage.removeItem(key));
  }

  clear(): void {
    for (const key of this.keys()) this.removeItem(key);
  }

  private keys(): string[] {
    const stored = this.trying((storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index)));
    return [...new Set([...this.memory.keys(), ...(stored ?? []).filter((key) => key !== null)])];
  }

  private trying<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(this.open());
    } catch {
      return undefined;
    }
  }
}
