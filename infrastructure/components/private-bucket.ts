import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Keys, policyDocument, type Statement, tlsOnlyStatement } from "../policies";

export interface PrivateBucketArgs extends Keys {
  /** Physical name; unique in all of AWS. */
  bucketName: string;
  /** Refuse to delete the bucket until this is taken back. */
  protect: boolean;
  /**
   * Days after which an object is deleted.
   * @default objects stay
   */
  expireAfterDays?: number;
  /**
   * A bucket to which S3 writes who read and wrote what.
   * @default no access log
   */
  accessLogBucket?: string;
}

/**
 * A bucket as each of the stack's is: without versions, encrypted, closed to the public, and kept when the stack goes.
 *
 * Its policy is set apart, once, since a bucket has only one and it may name what is made after the bucket.
 */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** The host of the bucket's REST endpoint. */
  readonly regionalDomainName: pulumi.Output<string>;
  private readonly ownership: pulumi.Resource;

  constructor(
    private readonly name: string,
    args: PrivateBucketArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:PrivateBucket", name, {}, opts);

    const bucket = this.createBucket(args);
    this.ownership = this.enforceOwner(bucket, this.blockPublicAccess(bucket));
    this.encrypt(bucket, args.kmsKeyArn);
    this.tidyUp(bucket, args.expireAfterDays);
    this.logAccess(bucket, args);

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.regionalDomainName = bucket.bucketRegionalDomainName;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }

  /** Refuses whatever does not come over TLS, and adds `statements`. */
  setPolicy(...statements: pulumi.Input<Statement>[]): aws.s3.BucketPolicy {
    return new aws.s3.BucketPolicy(
      `${this.name}-policy`,
      {
        bucket: this.bucketName,
        policy: pulumi
          .all([this.bucketArn, pulumi.all(statements)])
          .apply(([arn, added]) => policyDocument(tlsOnlyStatement(arn), ...(added as Statement[]))),
      },
      // S3 answers 409 when two of public access, ownership and policy change at the same time.
      { parent: this, dependsOn: this.ownership, retainOnDelete: true },
    );
  }

  private createBucket({ bucketName, protect }: PrivateBucketArgs): aws.s3.Bucket {
    return new aws.s3.Bucket(`${this.name}-bucket`, { bucket: bucketName }, { parent: this, retainOnDelete: true, protect });
  }

  private blockPublicAccess(bucket: aws.s3.Bucket): pulumi.Resource {
    return new aws.s3.BucketPublicAccessBlock(
      `${this.name}-public-access`,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      // The bucket outlives the stack, and with it what keeps it closed.
      { parent: this, retainOnDelete: true },
    );
  }

  private enforceOwner(bucket: aws.s3.Bucket, publicAccess: pulumi.Resource): pulumi.Resource {
    return new aws.s3.BucketOwnershipControls(
      `${this.name}-ownership`,
      { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this, dependsOn: publicAccess, retainOnDelete: true },
    );
  }

  private encrypt(bucket: aws.s3.Bucket, kmsMasterKeyId: string | undefined): void {
    const own = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    // With a bucket key S3 asks KMS once in a while, not for each object.
    const customer = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId }, bucketKeyEnabled: true };
    new aws.s3.BucketServerSideEncryptionConfiguration(
      `${this.name}-encryption`,
      { bucket: bucket.bucket, rules: [kmsMasterKeyId === undefined ? own : customer] },
      { parent: this, retainOnDelete: true },
    );
  }

  private logAccess(bucket: aws.s3.Bucket, { bucketName, accessLogBucket }: PrivateBucketArgs): void {
    if (accessLogBucket !== undefined) {
      new aws.s3.BucketLogging(
        `${this.name}-access-log`,
        { bucket: bucket.bucket, targetBucket: accessLogBucket, targetPrefix: `${bucketName}/` },
        // Taken away with the setting: kept, it would go on noting who reads.
        { parent: this },
      );
    }
  }

  private tidyUp(bucket: aws.s3.Bucket, days: number | undefined): void {
    const abort = { daysAfterInitiation: 1 };
    const rules: aws.types.input.s3.BucketLifecycleConfigurationRule[] = [
      { id: "abort-unfinished-uploads", status: "Enabled", filter: { prefix: "" }, abortIncompleteMultipartUpload: abort },
    ];
    if (days !== undefined) {
      rules.push({ id: "expire-objects", status: "Enabled", filter: { prefix: "" }, expiration: { days } });
    }
    new aws.s3.BucketLifecycleConfiguration(
      `${this.name}-lifecycle`,
      { bucket: bucket.bucket, rules },
      { parent: this, retainOnDelete: true },
    );
  }
}
