/** A resource as the engine tells of it: what it is to be, and once it is there, what it is. */
export interface Resource {
  type: string;
  name: string;
  props: Record<string, unknown>;
}

/** A control of the security table in docs/architecture.md, as a rule for what a stack is made of. */
export interface Rule {
  /** As the table names it, for example `S3.8`. */
  control: string;
  /** What it asks for. */
  asks: string;
  /** What is wrong with a resource; undefined where nothing is, or where the rule is not about its type. */
  against?: (resource: Resource) => string | undefined;
  /** What is wrong with the stack as a whole. */
  againstAll?: (resources: Resource[]) => string[];
}

/** Says what is wrong with resources of one type. */
export function about(type: string, against: (props: Record<string, unknown>) => string | undefined): Rule["against"] {
  return (resource) => (resource.type === type ? against(resource.props) : undefined);
}

/** Says which buckets lack what each has to have, as a resource of another type that names the bucket. */
export function everyBucketHas(type: string): Rule["againstAll"] {
  return (resources) => {
    const having = resources.filter((resource) => resource.type === type).map(({ props }) => props.bucket);
    return buckets(resources)
      .filter((bucket) => !having.includes(bucket))
      .map((bucket) => `the bucket ${bucket} has no ${type.split(":").at(-1)}`);
  };
}

/** The names of the stack's buckets. */
export function buckets(resources: Resource[]): unknown[] {
  return resources.filter(({ type }) => type === "aws:s3/bucket:Bucket").map(({ props }) => props.bucket);
}

/** A statement of a policy document, as AWS spells it. */
export interface Statement {
  Effect: string;
  Principal?: string | Record<string, string | string[]>;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/** The statements of a policy document that allow something. */
export function allowing(policy: unknown): Statement[] {
  return statements(policy).filter(({ Effect }) => Effect === "Allow");
}

/** The statements of a policy document. */
export function statements(policy: unknown): Statement[] {
  return JSON.parse(String(policy)).Statement;
}

/** Whether a statement is about everyone, signed in or not. */
export function isForEveryone({ Principal }: Statement): boolean {
  return [Principal].flatMap((one) => (typeof one === "object" ? Object.values(one).flat() : one)).includes("*");
}

/** Whether one of a statement's actions is among those that `pattern` matches; a wildcard counts as every action. */
export function does({ Action }: Statement, pattern: RegExp): boolean {
  return [Action].flat().some((action) => action.endsWith("*") || pattern.test(action));
}
