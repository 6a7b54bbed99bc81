import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { iam as awsIam } from "@pulumi/aws";
import type { Clients } from "../../stack/clients";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys, tagList, tagMap } from "./tags";
import { same } from "./values";

const DEFAULT_SESSION_SECONDS = 3600;

const role = handler<awsIam.RoleArgs>({
  inputs: ["name", "assumeRolePolicy", "description", "path", "maxSessionDuration", "permissionsBoundary", "tags"],
  replaceOn: ["name", "path"],
  defaults: { path: "/", maxSessionDuration: DEFAULT_SESSION_SECONDS },
  autoname: "name",
  taggable: true,

  async create({ iam }, inputs) {
    const RoleName = inputs.name ?? "";
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: text(inputs.assumeRolePolicy),
        Description: inputs.description,
        Path: inputs.path,
        MaxSessionDuration: inputs.maxSessionDuration,
        PermissionsBoundary: inputs.permissionsBoundary,
        Tags: tagList(inputs.tagsAll),
      }),
    );
    return RoleName;
  },

  async read({ iam }, id) {
    const found = (await unlessGone(iam.send(new GetRoleCommand({ RoleName: id }))))?.Role;
    return (
      found && {
        inputs: {
          name: id,
          assumeRolePolicy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ""),
          description: found.Description,
          path: found.Path,
          maxSessionDuration: found.MaxSessionDuration,
          permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
          tagsAll: tagMap(found.Tags),
        },
        outputs: { arn: found.Arn, uniqueId: found.RoleId, createDate: found.CreateDate?.toISOString() },
      }
    );
  },

  async update({ iam }, id, news, olds) {
    if (!same(news.assumeRolePolicy, olds.assumeRolePolicy)) {
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument: text(news.assumeRolePolicy) }));
    }
    if (news.description !== olds.description || news.maxSessionDuration !== olds.maxSessionDuration) {
      const MaxSessionDuration = news.maxSessionDuration ?? DEFAULT_SESSION_SECONDS;
      await iam.send(new UpdateRoleCommand({ RoleName: id, Description: news.description, MaxSessionDuration }));
    }
    const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
    if (TagKeys.length > 0) {
      await iam.send(new UntagRoleCommand({ RoleName: id, TagKeys }));
    }
    await iam.send(new TagRoleCommand({ RoleName: id, Tags: tagList(news.tagsAll) }));
  },

  async delete({ iam }, id) {
    await unlessGone(iam.send(new DeleteRoleCommand({ RoleName: id })));
  },
});

const rolePolicy = handler<awsIam.RolePolicyArgs>({
  inputs: ["name", "role", "policy"],
  replaceOn: ["name", "role"],
  autoname: "name",

  async create(clients, inputs) {
    const id = `${inputs.role}:${inputs.name}`;
    await putPolicy(clients, id, inputs);
    return id;
  },

  async read({ iam }, id) {
    const found = await unlessGone(iam.send(new GetRolePolicyCommand(place(id))));
    const { RoleName, PolicyName } = place(id);
    return found && { inputs: { role: RoleName, name: PolicyName, policy: decodeURIComponent(found.PolicyDocument ?? "") }, outputs: {} };
  },

  update: (clients, id, news) => putPolicy(clients, id, news),

  async delete({ iam }, id) {
    await unlessGone(iam.send(new DeleteRolePolicyCommand(place(id))));
  },
});

/** Roles and their rights. */
export const handlers = {
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
};

/** The names in `role:policy`. */
function place(id: string): { RoleName: string; PolicyName: string } {
  const [RoleName = "", PolicyName = ""] = id.split(":");
  return { RoleName, PolicyName };
}

async function putPolicy({ iam }: Clients, id: string, { policy }: Inputs<awsIam.RolePolicyArgs>): Promise<void> {
  await iam.send(new PutRolePolicyCommand({ ...place(id), PolicyDocument: text(policy) }));
}

function text(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
