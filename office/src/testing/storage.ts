/** A browser's storage: as much of it as there is room for. */
export class FakeStorage extends Map<string, string> implements Storage {
  /** Characters that still have room. */
  room = Number.POSITIVE_INFINITY;

  get length(): number {
    return this.size;
  }

  key(index: number): string | null {
    return [...this.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    if (text.length > this.room) throw new DOMException("no room", "QuotaExceededError");
    this.set(key, text);
  }

  removeItem(key: string): void {
    this.delete(key);
  }
}
