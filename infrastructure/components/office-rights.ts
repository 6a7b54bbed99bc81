import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trustPolicyOfIdentities } from "../policies";

/**
 * What somebody who has signed in may do in AWS: to take on one role, which may do nothing until somebody grants it more.
 *
 * @param physicalName Of the identity pool and of the role.
 * @returns The role, and what lends it, whose identity pool's id is known only then.
 */
export function officeRights(
  parent: pulumi.Resource,
  name: string,
  physicalName: string,
  pool: aws.cognito.UserPool,
  client: aws.cognito.UserPoolClient,
): { role: aws.iam.Role; lending: aws.cognito.IdentityPoolRoleAttachment } {
  const identities = new aws.cognito.IdentityPool(
    `${name}-identities`,
    {
      identityPoolName: physicalName,
      allowUnauthenticatedIdentities: false,
      allowClassicFlow: false,
      // Asked each time, so that who was signed out or removed gets no new credentials.
      cognitoIdentityProviders: [{ clientId: client.id, providerName: pool.endpoint, serverSideTokenCheck: true }],
    },
    { parent },
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    { name: physicalName, assumeRolePolicy: identities.id.apply(trustPolicyOfIdentities) },
    { parent },
  );
  const lending = new aws.cognito.IdentityPoolRoleAttachment(
    `${name}-lends-role`,
    { identityPoolId: identities.id, roles: { authenticated: role.arn } },
    { parent },
  );
  return { role, lending };
}
