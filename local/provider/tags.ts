import { isProperties, type Properties } from "./values";

/** Tags by key. */
export type Tags = Record<string, string>;

/** Tags as most of AWS's APIs take and give them. */
export interface Tag {
  Key: string | undefined;
  Value: string | undefined;
}

/** Tags as a list; empty for none. */
export function tagList(tags: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags from a list; undefined for none. */
export function tagMap(tags: readonly Tag[] | undefined): Tags | undefined {
  const entries = (tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The keys that a resource no longer carries. */
export function removedKeys(olds: Tags | undefined, news: Tags | undefined): string[] {
  return Object.keys(olds ?? {}).filter((key) => !(key in (news ?? {})));
}

/**
 * The default tags of an `aws.Provider`, from its inputs. Pulumi hands a provider's settings over as JSON texts.
 *
 * @example
 * defaultTagsOf({ region: "eu-central-1", defaultTags: '{"tags":{"stack":"dev"}}' }); // { stack: "dev" }
 */
export function defaultTagsOf(providerInputs: Properties): Tags {
  const { defaultTags } = providerInputs;
  const value: unknown = typeof defaultTags === "string" && defaultTags !== "" ? JSON.parse(defaultTags) : defaultTags;
  return isProperties(value) && isProperties(value.tags) ? (value.tags as Tags) : {};
}
