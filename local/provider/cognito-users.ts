import {
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  type DeliveryMediumType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { cognito as awsCognito } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys } from "./tags";

type UserArgs = Inputs<awsCognito.UserArgs>;

const user = handler<awsCognito.UserArgs>({
  inputs: ["userPoolId", "username", "attributes", "desiredDeliveryMediums"],
  replaceOn: ["userPoolId", "username"],
  // Where the invitation went.
  unread: ["desiredDeliveryMediums"],

  async create({ cognitoIdp }, inputs) {
    const { userPoolId: UserPoolId, username: Username, desiredDeliveryMediums } = inputs;
    await cognitoIdp.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        UserAttributes: attributeList(inputs),
        DesiredDeliveryMediums: desiredDeliveryMediums as DeliveryMediumType[],
      }),
    );
    return `${UserPoolId}/${Username}`;
  },

  async read({ cognitoIdp }, id) {
    const found = await unlessGone(cognitoIdp.send(new AdminGetUserCommand(place(id))));
    if (found === undefined) {
      return undefined;
    }
    const { sub, ...attributes } = Object.fromEntries((found.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value ?? ""]));
    const { UserPoolId, Username } = place(id);
    return {
      inputs: { userPoolId: UserPoolId, username: Username, attributes },
      outputs: { sub, status: found.UserStatus, enabled: found.Enabled },
    };
  },

  async update({ cognitoIdp }, id, news, olds) {
    const UserAttributeNames = removedKeys(olds.attributes, news.attributes);
    if (UserAttributeNames.length > 0) {
      await cognitoIdp.send(new AdminDeleteUserAttributesCommand({ ...place(id), UserAttributeNames }));
    }
    // An address that is said again would have to be confirmed again.
    const UserAttributes = attributeList(news).filter(({ Name = "", Value }) => olds.attributes?.[Name] !== Value);
    await cognitoIdp.send(new AdminUpdateUserAttributesCommand({ ...place(id), UserAttributes }));
  },

  async delete({ cognitoIdp }, id) {
    await unlessGone(cognitoIdp.send(new AdminDeleteUserCommand(place(id))));
  },
});

/** Who is in a user pool. */
export const handlers = { "aws:cognito/user:User": user };

function place(id: string): { UserPoolId: string; Username: string } {
  const [UserPoolId = "", ...rest] = id.split("/");
  return { UserPoolId, Username: rest.join("/") };
}

function attributeList({ attributes }: UserArgs): AttributeType[] {
  return Object.entries(attributes ?? {}).map(([Name, Value]) => ({ Name, Value }));
}
