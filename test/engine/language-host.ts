/**
 * Pulumi's language host for Node, as far as this program needs it: for a Pulumi CLI that comes without one.
 *
 * The engine starts it with its own address, reads the port that it prints, and asks it to run a program. It starts the run script of the
 * program's own `@pulumi/pulumi` with what the engine said, as Pulumi's host does:
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { serve, unary } from "../../local/provider/grpc";
import { whenParentIsLost } from "../../stack/supervisor.mjs";

/** The run script ends so when it has told the user itself what went wrong. */
const HAS_TOLD = 32;

const [engine = ""] = process.argv.slice(2);

// An engine that is ended hard ends nothing else, and what is served here would keep it.
whenParentIsLost(() => process.exit());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => process.exit(1));
}

serve(LanguageRuntimeService, {
  handshake: unary(async () => new proto.LanguageHandshakeResponse()),
  getPluginInfo: unary(async () => new PluginInfo()),
  // None: the tests attach the only provider that the program uses.
  getRequiredPlugins: unary(async () => new proto.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(async () => new proto.GetRequiredPackagesResponse()),
  run: unary(run),
  runPlugin,
  cancel: unary(async () => new Empty()),
}).then(({ port }) => console.log(port));

async function run(request: proto.RunRequest): Promise<proto.RunResponse> {
  const { programDirectory, entryPoint, rootDirectory } = request.getInfo()?.toObject() ?? {
    programDirectory: "",
    entryPoint: ".",
    rootDirectory: "",
  };
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": rootDirectory,
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  const child = node(
    [
      createRequire(join(programDirectory, "package.json")).resolve("@pulumi/pulumi/cmd/run"),
      ...Object.entries(flags).flatMap(([flag, value]) => (value === "" ? [] : [`--${flag}`, value])),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      join(programDirectory, entryPoint),
      ...request.getArgsList(),
    ],
    {
      env: {
        ...process.env,
        // Unless Pulumi.yaml says otherwise, which it does not.
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
      stdio: ["ignore", process.stderr, "inherit"],
    },
  );
  const exitCode = await ended(child);
  const response = new proto.RunResponse();
  if (exitCode === HAS_TOLD) {
    return response.setBail(true);
  }
  return exitCode === 0 ? response : response.setError(`Program exited with non-zero exit code: ${exitCode}`);
}

/** Runs a policy pack: it prints the port that it serves on, and ends when the engine has no more to ask. */
function runPlugin(call: ServerWritableStream<proto.RunPluginRequest, proto.RunPluginResponse>): void {
  const folder = call.request.getInfo()?.getProgramDirectory() ?? "";
  const [address = ""] = call.request.getArgsList();
  const script = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  // Without what a test has Node load before everything else: the script compiles the pack itself.
  const env = { ...process.env, NODE_OPTIONS: "" };
  const pack = node([script, address, folder], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  pack.stdout?.on("data", (said) => call.write(new proto.RunPluginResponse().setStdout(said)));
  pack.stderr?.on("data", (said) => call.write(new proto.RunPluginResponse().setStderr(said)));
  call.on("cancelled", () => pack.kill());
  void ended(pack).then((exitCode) => {
    call.write(new proto.RunPluginResponse().setExitcode(exitCode ?? 0));
    call.end();
  });
}

/** Starts Node, which ends with this process. */
function node(args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn("node", args, options);
  const end = () => child.kill();
  process.once("exit", end);
  child.once("close", () => process.removeListener("exit", end));
  return child;
}

/** Its exit code; none where a signal ended it, or it could not be started. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => {
    child.once("error", () => done(null));
    child.once("close", done);
  });
}
