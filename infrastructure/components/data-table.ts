import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Keys,
  officeItemsStatement,
  policyDocument,
  readKeyStatements,
  readWriteItemsStatement,
  readWriteKeyStatements,
} from "../policies";
import { grant } from "./roles";

export interface DataTableArgs extends Keys {
  /** Physical name; unique in the account and region. */
  tableName: string;
  /** Refuse to delete the table until this is taken back, in Pulumi and in DynamoDB itself. */
  protect: boolean;
}

/**
 * The table that holds the truth: each day's lessons, rosters, profiles, and which upload is in force.
 *
 * Items leave at their `expires_at`. The table is kept when the stack goes, and can be restored to any second of the last 35 days.
 */
export class DataTable extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  private readonly keys: Keys;

  constructor(
    private readonly name: string,
    args: DataTableArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:DataTable", name, {}, opts);

    const table = this.createTable(args);

    this.keys = args;
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn });
  }

  /** Lets `role` read and write the table's items, by key: no scan. */
  grantReadWrite(role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(
      this,
      `${this.name}-read-write`,
      role,
      this.tableArn.apply((arn) => policyDocument(readWriteItemsStatement(arn), ...readWriteKeyStatements(this.keys))),
    );
  }

  /** Lets `role` read, by their key, the items that the office shows. */
  grantOffice(role: aws.iam.Role): aws.iam.RolePolicy {
    const policy = this.tableArn.apply((arn) => policyDocument(officeItemsStatement(arn), ...readKeyStatements(this.keys)));
    return grant(this, `${this.name}-office`, role, policy);
  }

  private createTable({ tableName, protect, kmsKeyArn }: DataTableArgs): aws.dynamodb.Table {
    return new aws.dynamodb.Table(
      `${this.name}-table`,
      {
        name: tableName,
        hashKey: "PK",
        rangeKey: "SK",
        attributes: [
          { name: "PK", type: "S" },
          { name: "SK", type: "S" },
        ],
        billingMode: "PAY_PER_REQUEST",
        ttl: { attributeName: "expires_at", enabled: true },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: protect,
        // Said either way: left out, a table stays under the key that it had.
        serverSideEncryption: kmsKeyArn === undefined ? { enabled: false } : { enabled: true, kmsKeyArn },
      },
      { parent: this, retainOnDelete: true, protect },
    );
  }
}
