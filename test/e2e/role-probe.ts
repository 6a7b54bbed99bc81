import { CreateFunctionCommand, DeleteFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import type { LocalStack } from "../../local/stack";

/** Calls any operation of any AWS service, and answers the error's code, or nothing when it was allowed. */
const CODE = `
import boto3
from botocore.exceptions import ClientError

def main(event, context):
    try:
        getattr(boto3.client(event["service"]), event["operation"])(**event["arguments"])
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None
`;

/** The ARN of the role that the processor runs under. */
export function processorRoleArn({ outputs }: LocalStack): string {
  const account = outputs.processorFunctionArn.split(":")[4];
  return `arn:aws:iam::${account}:role/${outputs.processorFunctionName}`;
}

/** What AWS lets the processor's role do, asked from within a function that runs under it. */
export class RoleProbe {
  private constructor(
    private readonly stack: LocalStack,
    private readonly name: string,
  ) {}

  static async create(stack: LocalStack): Promise<RoleProbe> {
    const probe = new RoleProbe(stack, "role-probe");
    await stack.clients.lambda.send(
      new CreateFunctionCommand({
        FunctionName: probe.name,
        Role: processorRoleArn(stack),
        Runtime: "python3.11",
        Handler: "probe.main",
        Timeout: 30,
        Code: { ZipFile: zipSync({ "probe.py": Buffer.from(CODE) }) },
      }),
    );
    return probe;
  }

  /**
   * Tries one call.
   *
   * @param service boto3's name of the service, for example `sqs`.
   * @param operation boto3's name of the call, for example `send_message`.
   * @returns The error's code; undefined when the call went through.
   */
  async refusal(service: string, operation: string, args: Record<string, unknown>): Promise<string | undefined> {
    const Payload = Buffer.from(JSON.stringify({ service, operation, arguments: args }));
    const answer = await this.stack.clients.lambda.send(new InvokeCommand({ FunctionName: this.name, Payload }));
    const text = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined) {
      throw new Error(`the probe failed: ${text}`);
    }
    return JSON.parse(text) ?? undefined;
  }

  async remove(): Promise<void> {
    await this.stack.clients.lambda.send(new DeleteFunctionCommand({ FunctionName: this.name }));
  }
}
