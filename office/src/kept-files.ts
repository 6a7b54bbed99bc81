/** A file that was dropped and not sent yet. */
export interface KeptFile {
  id: string;
  /** Whose it is. */
  email: string;
  file: File;
  /** When it was dropped, in milliseconds since 1970. */
  at: number;
}

/** Where dropped files wait until they are sent, however often the page is left meanwhile. */
export interface FileKeep {
  put: (file: KeptFile) => Promise<void>;
  drop: (id: string) => Promise<void>;
  all: () => Promise<KeptFile[]>;
}

const STORE = "files";

/** The browser's own store for files. One that keeps nothing must not disturb: a file is then there for as long as the page is open. */
export function filesIn(factory: () => IDBFactory): FileKeep {
  const use = async <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> => {
    try {
      const opening = factory().open("office", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
      const database = await done(opening);
      try {
        return await done(ask(database.transaction(STORE, mode).objectStore(STORE)));
      } finally {
        database.close();
      }
    } catch {
      return undefined;
    }
  };
  return {
    put: async (file) => void (await use("readwrite", (store) => store.put(file))),
    drop: async (id) => void (await use("readwrite", (store) => store.delete(id))),
    all: async () => (await use<KeptFile[]>("readonly", (store) => store.getAll())) ?? [],
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
