import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { execa } from "execa";
import { trustPolicy } from "../../infrastructure/policies";
import { REGION } from "../../local/emulator";
import type { LocalStack } from "../../local/stack";
import { credentialsOf, type RoleCredentials } from "./role-credentials";

/** A service, its resources that are tried, and the operations that may go through. */
export interface Target {
  what: string;
  service: string;
  values: Record<string, unknown>;
  granted: string[];
  /** Whether the short form of the proof tries it. */
  isInShort?: true;
}

/** For these the embedded AWS asks for the right to list, to read or to write, which the role has where they went through. */
const ASK_ANOTHER_RIGHT = [
  "CreateSession",
  "GetBucketAbac",
  "GetBucketMetadataConfiguration",
  "GetBucketMetadataTableConfiguration",
  "RenameObject",
  "SelectObjectContent",
];

const REFUSED = /^(AccessDenied\w*|AuthorizationError\w*) |\b403$/;

/** What came of trying every operation of some targets' services. */
interface Tried {
  /** What went through that is not granted. */
  tooMuch: string[];
  /** What was refused that is granted. */
  tooLittle: string[];
  /** Operations that the embedded AWS refuses nobody; what the policy says of them, the policy simulator shows. */
  notGuarded: string[];
  /** How many calls were tried. */
  tried: number;
}

/** Tries every operation of each target's service under a role, and compares with a role that has no right at all. */
export async function tryAll(stack: LocalStack, targets: Target[], role: RoleCredentials): Promise<Tried> {
  const answers = await sweep(stack, targets, role);
  const nobodys = await sweep(stack, targets, await credentialsOf(stack, await roleWithoutRights(stack)));
  const found = { tooMuch: [] as string[], tooLittle: [] as string[], notGuarded: new Set<string>() };
  targets.forEach(({ what, granted }, place) => {
    for (const [operation, code] of Object.entries(answers[place] ?? {})) {
      const isGranted = granted.includes(operation);
      const line = `${what}: ${operation} ${code ?? "went through"}`;
      if (REFUSED.test(code ?? "")) {
        found.tooLittle.push(...(isGranted ? [line] : []));
      } else if (!REFUSED.test(nobodys[place]?.[operation] ?? "") || ASK_ANOTHER_RIGHT.includes(operation)) {
        found.notGuarded.add(operation);
      } else if (!isGranted) {
        found.tooMuch.push(line);
      }
    }
    assert.deepEqual(
      granted.filter((operation) => answers[place]?.[operation] === undefined),
      [],
      "there is no such operation",
    );
  });
  const tried = answers.reduce((sum, answer) => sum + Object.keys(answer).length, 0);
  return { ...found, notGuarded: [...found.notGuarded].sort(), tried };
}

async function roleWithoutRights({ clients }: LocalStack): Promise<string> {
  const { Role } = await clients.iam.send(
    new CreateRoleCommand({ RoleName: "nobody", AssumeRolePolicyDocument: trustPolicy("lambda.amazonaws.com") }),
  );
  return Role?.Arn ?? "";
}

/** Tries every operation of each target's service under a role; the answers are error codes by operation. */
async function sweep(stack: LocalStack, targets: Target[], role: RoleCredentials): Promise<Record<string, string | null>[]> {
  const bundle = join(stack.emulator.folder, "role.pem");
  writeFileSync(bundle, stack.certificate);
  const { stdout } = await execa(".venv/bin/python", ["test/proof/role_sweep.py"], {
    input: JSON.stringify(targets.map(({ service, values }) => ({ service, values }))),
    env: {
      AWS_ENDPOINT_URL: stack.endpoint,
      AWS_CA_BUNDLE: bundle,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: role.accessKeyId,
      AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
      AWS_SESSION_TOKEN: role.sessionToken,
    },
  });
  return JSON.parse(stdout);
}
