import { randomBytes } from "node:crypto";
import { AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { StackOutputs } from "../infrastructure/index";
import type { Clients } from "../stack/clients";

/** Who uses the office on this machine, where no one else is named. */
export const CLERK = "office@example.com";

/**
 * Gives a user of the office a password made at random, in place of an invitation that is never sent here.
 *
 * @returns The password.
 */
export async function letIn(clients: Clients, { userPoolId }: StackOutputs, address: string): Promise<string> {
  // One letter of each kind that Cognito asks for, and chance.
  const password = `Ski1-${randomBytes(8).toString("hex")}`;
  await clients.cognitoIdp.send(
    new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username: address, Password: password, Permanent: true }),
  );
  return password;
}
