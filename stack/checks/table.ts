import { DescribeContinuousBackupsCommand, DescribeTableCommand, DescribeTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { resourceName } from "../../infrastructure/names";
import { type Check, checksOf, type Deployed, equal } from "./check";

export const tableChecks: Check[] = checksOf("data table", {
  "is named after the environment": async ({ outputs, settings }) => equal(outputs.dataTableName, resourceName("data", settings.env)),
  "is active": async (deployed) => equal((await describe(deployed))?.TableStatus, "ACTIVE"),
  "has the keys PK and SK, both strings": async (deployed) => {
    const table = await describe(deployed);
    equal(
      table?.KeySchema?.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`),
      ["PK HASH", "SK RANGE"],
    );
    equal(table?.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => `${AttributeName} ${AttributeType}`).sort(), [
      "PK S",
      "SK S",
    ]);
  },
  "is paid per request": async (deployed) => equal((await describe(deployed))?.BillingModeSummary?.BillingMode, "PAY_PER_REQUEST"),
  "lets items leave at expires_at": async ({ clients, outputs }) => {
    const answer = await clients.dynamodb.send(new DescribeTimeToLiveCommand({ TableName: outputs.dataTableName }));
    equal(answer.TimeToLiveDescription?.AttributeName, "expires_at");
    equal(answer.TimeToLiveDescription?.TimeToLiveStatus?.startsWith("ENABL"), true);
  },
  "can be restored to any second": async ({ clients, outputs }) => {
    const answer = await clients.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: outputs.dataTableName }));
    equal(answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus, "ENABLED");
  },
  "is under the stack's own key where there is one": async (deployed) =>
    equal((await describe(deployed))?.SSEDescription?.KMSMasterKeyArn, deployed.settings.kmsKeyArn),
  "is protected from deletion where the stack is": async (deployed) =>
    equal((await describe(deployed))?.DeletionProtectionEnabled ?? false, deployed.settings.protect),
});

async function describe({ clients, outputs }: Deployed) {
  return (await clients.dynamodb.send(new DescribeTableCommand({ TableName: outputs.dataTableName }))).Table;
}
