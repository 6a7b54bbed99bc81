import * as pulumi from "@pulumi/pulumi";

/** The types that outlive a stack, and the input that is the id by which Pulumi imports one. */
const OUTLIVING: Record<string, string> = {
  "aws:s3/bucket:Bucket": "bucket",
  "aws:dynamodb/table:Table": "name",
};

/**
 * Has the program, which is to run next, take over buckets and tables that an earlier stack of the same name left, instead of making them.
 *
 * One that the stack holds already stays as it is, so that it does no harm to leave this on; one that is not there makes the deployment fail.
 */
export function adoptWhatOutlived(): void {
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    const input = OUTLIVING[type];
    return input === undefined ? undefined : { props, opts: { ...opts, import: props[input] } };
  });
}
