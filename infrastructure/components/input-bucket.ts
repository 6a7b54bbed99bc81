import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Keys,
  officeFilesStatements,
  policyDocument,
  putExportsStatements,
  readKeyStatements,
  readStatements,
  readWriteKeyStatements,
} from "../policies";
import { PrivateBucket, type PrivateBucketArgs } from "./private-bucket";
import { grant } from "./roles";

export interface InputBucketArgs extends PrivateBucketArgs {
  /** Days after which an upload is deleted: exports hold people's data. */
  expireAfterDays: number;
}

/** The bucket that the office uploads to; it tells a function of new uploads. */
export class InputBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  private readonly keys: Keys;
  private listener: aws.s3.BucketNotification | undefined;

  constructor(
    private readonly name: string,
    args: InputBucketArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:InputBucket", name, {}, opts);

    const bucket = new PrivateBucket(name, args, { parent: this });
    bucket.setPolicy();

    this.keys = args;
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }

  /** Lets `role` read every upload. */
  grantRead(role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(
      this,
      `${this.name}-read`,
      role,
      this.bucketArn.apply((arn) => policyDocument(...readStatements(arn), ...readKeyStatements(this.keys))),
    );
  }

  /** Lets `role` put exports, and keep `memoryKey`. */
  grantPutExports(role: aws.iam.Role, memoryKey: string): aws.iam.RolePolicy {
    const policy = this.bucketArn.apply((arn) =>
      policyDocument(...putExportsStatements(arn, memoryKey), ...readWriteKeyStatements(this.keys)),
    );
    return grant(this, `${this.name}-put`, role, policy);
  }

  /** Takes requests of a browser from a page of `origin`, and of no other. */
  allowPage(origin: pulumi.Input<string>): pulumi.Resource {
    return new aws.s3.BucketCorsConfiguration(
      `${this.name}-cors`,
      {
        bucket: this.bucketName,
        corsRules: [
          {
            allowedOrigins: [origin],
            allowedMethods: ["GET", "PUT"],
            allowedHeaders: ["authorization", "content-type", "if-match", "if-none-match", "x-amz-*"],
            exposeHeaders: ["ETag"],
            maxAgeSeconds: 3600,
          },
        ],
      },
      { parent: this },
    );
  }

  /** Lets `role` put exports, rosters and profiles, and read the latter two. */
  grantOffice(role: aws.iam.Role): aws.iam.RolePolicy {
    const policy = this.bucketArn.apply((arn) => policyDocument(...officeFilesStatements(arn), ...readWriteKeyStatements(this.keys)));
    return grant(this, `${this.name}-office`, role, policy);
  }

  /**
   * Has S3 call `fn` for each object created under one of `prefixes`, once all of `after` is there.
   *
   * @throws When called a second time: a bucket has one notification configuration, and a second would wipe the first.
   */
  onObjectCreated(fn: aws.lambda.Function, prefixes: readonly string[], after: pulumi.Resource[] = []): void {
    if (this.listener !== undefined) {
      throw new Error(`${this.name} already tells a function of new objects: name all prefixes in one call`);
    }
    const permission = new aws.lambda.Permission(
      `${this.name}-invoke`,
      {
        function: fn.name,
        action: "lambda:InvokeFunction",
        principal: "s3.amazonaws.com",
        sourceArn: this.bucketArn,
        sourceAccount: aws.getCallerIdentityOutput({}, { parent: this }).accountId,
      },
      { parent: this },
    );
    this.listener = new aws.s3.BucketNotification(
      `${this.name}-notification`,
      {
        bucket: this.bucketName,
        lambdaFunctions: prefixes.map((filterPrefix) => ({
          lambdaFunctionArn: fn.arn,
          events: ["s3:ObjectCreated:*"],
          filterPrefix,
        })),
      },
      // S3 tries the function when the notification is set, so the permission has to be there.
      { parent: this, dependsOn: [permission, ...after] },
    );
  }
}
