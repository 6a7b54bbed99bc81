import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { NAMED, resourceName } from "../../infrastructure/names";
import type { Clients } from "../../stack/clients";
import type { Kind } from "./kind";
import { KINDS } from "./kinds";

/** Something of an account that bears a name of one environment. */
export interface Found {
  /** For people: `the bucket goldsport-scheduler-input-dev`. */
  what: string;
  remove: () => Promise<unknown>;
}

/**
 * What an account has that bears one of an environment's names, whole names alone: those of `trial` are not those of `my-trial`.
 *
 * Buckets, roles and CloudFront's are the account's; all else is the clients' region's.
 */
export async function whatIsThere(clients: Clients, env: string): Promise<Found[]> {
  const names = new Set(NAMED.map((what) => resourceName(what, env)));
  // What the website's own caching rule is called, and what the answers of the office's page are told.
  for (const part of ["data", "office"]) {
    names.add(`${resourceName("web", env)}-${part}`);
  }
  const found = await Promise.all(KINDS.map((kind) => named(kind, clients, names)));
  return found.flat();
}

/** The environment's buckets that another account has: a bucket's name is unique in all of AWS. */
export async function foreignBuckets({ s3 }: Clients, env: string): Promise<string[]> {
  const buckets = [resourceName("input", env), resourceName("web", env)];
  const foreign = await Promise.all(
    buckets.map((Bucket) =>
      s3.send(new HeadBucketCommand({ Bucket })).then(
        () => false,
        ({ $metadata }) => $metadata?.httpStatusCode === 403,
      ),
    ),
  );
  return buckets.filter((_, place) => foreign[place]);
}

async function named({ kind, all, remove }: Kind, clients: Clients, names: Set<string>): Promise<Found[]> {
  return (await all(clients))
    .filter(({ name }) => names.has(name))
    .map(({ name, id = name }) => ({ what: `the ${kind} ${name}`, remove: () => remove(clients, id) }));
}
