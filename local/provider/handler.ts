import type { Unwrap } from "@pulumi/pulumi";
import type { Clients } from "../../stack/clients";
import type { Properties } from "./values";

/** The inputs of a resource as its constructor takes them, resolved, and all tags that it is to carry. */
export type Inputs<Args> = Unwrap<Args> & { tagsAll?: Record<string, string> };

/** A resource as AWS describes it. */
export interface Found<I> {
  /** In the form of the inputs. */
  inputs: Partial<I>;
  /** What the resource offers beyond its inputs, for example its ARN. */
  outputs: Properties;
}

/** How one type of resource is made, looked up, changed and removed. */
export interface Handler<I> {
  /** The inputs that it acts on. Another one is refused, so none is ever silently dropped. */
  inputs: readonly (keyof I & string)[];
  /** The inputs whose change needs a new resource; all of them where there is no `update`. */
  replaceOn: readonly (keyof I & string)[];
  /** The inputs that AWS does not give back. */
  unread?: readonly (keyof I & string)[];
  /** The inputs that stay as they are where they are left out: Pulumi's AWS provider takes them from AWS then ("optional, computed"). */
  kept?: readonly (keyof I & string)[];
  /** What AWS takes for an input that is not given, where that is not nothing. */
  defaults?: Partial<I>;
  /** The input that gets a name made from the resource's where the program gives none. */
  autoname?: keyof I & string;
  /** Whether the stack's default tags apply. */
  taggable?: boolean;
  /** Makes it, and returns the id by which Pulumi and `pulumi import` know it. */
  create(clients: Clients, inputs: I): Promise<string>;
  /** Looks it up; `known` is what the engine remembers, nothing at an import. Undefined where there is none (any more). */
  read(clients: Clients, id: string, known: Partial<I>): Promise<Found<I> | undefined>;
  /** Changes it in place. */
  update?(clients: Clients, id: string, news: I, olds: I): Promise<void>;
  /** Removes it; one that is gone already is no error. */
  delete(clients: Clients, id: string, known: Partial<I>): Promise<void>;
}

/** A handler among those of other types. */
export type AnyHandler = Handler<Properties>;

/**
 * Takes a handler, typed by the arguments of the resource's own class, into a list of handlers.
 *
 * @example
 * export const handlers = { "aws:sns/topic:Topic": handler<aws.sns.TopicArgs>({ ... }) };
 */
export function handler<Args>(typed: Handler<Inputs<Args>>): AnyHandler {
  // Which inputs a resource has is checked at run time, by name, before a handler sees them.
  return typed as unknown as AnyHandler;
}
