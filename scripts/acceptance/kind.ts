import type { Clients } from "../../stack/clients";

/** One thing of an account: what it is called, and by what AWS knows it where that is something else. */
export interface Thing {
  name: string;
  id?: string;
}

/** A kind of what a stack makes under a name of its own. */
export interface Kind {
  kind: string;
  /** All that the account has of it, in the clients' region. */
  all: (clients: Clients) => Promise<Thing[]>;
  /** Removes one with all that it holds. */
  remove: (clients: Clients, id: string) => Promise<unknown>;
}
