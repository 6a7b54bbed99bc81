import type { StackOutputs } from "../infrastructure/index";
import type { Clients } from "./clients";

/** A deployed stack, as one works with it. */
export interface Stack {
  name: string;
  outputs: StackOutputs;
  clients: Clients;
  /** Where the website answers. */
  url: string;
}
