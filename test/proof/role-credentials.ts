import { CreateFunctionCommand, DeleteFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import type { LocalStack } from "../../local/stack";

/** The temporary credentials that Lambda gives to a function. */
export interface RoleCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

const CODE = `
import os

def main(event, context):
    return {
        "accessKeyId": os.environ["AWS_ACCESS_KEY_ID"],
        "secretAccessKey": os.environ["AWS_SECRET_ACCESS_KEY"],
        "sessionToken": os.environ["AWS_SESSION_TOKEN"],
    }
`;

/** Takes on a role in the only way that its trust policy leaves open: as a function under it. */
export async function credentialsOf({ clients }: LocalStack, roleArn: string): Promise<RoleCredentials> {
  const FunctionName = `credentials-${roleArn.split("/").at(-1)}`;
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: roleArn,
      Runtime: "python3.11",
      Handler: "credentials.main",
      Timeout: 30,
      Code: { ZipFile: zipSync({ "credentials.py": Buffer.from(CODE) }) },
    }),
  );
  try {
    const { Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  } finally {
    await clients.lambda.send(new DeleteFunctionCommand({ FunctionName }));
  }
}
