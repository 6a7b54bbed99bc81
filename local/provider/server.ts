import type * as grpc from "@grpc/grpc-js";
import awsPackage from "@pulumi/aws/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe } from "./errors";
import { type Served, serve, unary } from "./grpc";
import { defaultTagsOf, type Provider } from "./index";
import type { Tags } from "./tags";
import { differences, type Properties, same, UNKNOWN } from "./values";

/**
 * Serves `provider` in Pulumi's own protocol: `PULUMI_DEBUG_PROVIDERS=aws:<port>` makes it the engine's AWS provider.
 *
 * `@pulumi/pulumi/provider` would serve one too, but keeps from it the provider's own settings, where the default tags are, the former
 * inputs, by which drift is told from change, and what is a preview; nor can it say that a resource is gone.
 */
export function serveProvider(provider: Provider): Promise<Served> {
  return serve(ResourceProviderService, service(provider));
}

function service(provider: Provider): grpc.UntypedServiceImplementation {
  let defaultTags: Tags = {};

  return {
    attach: unary(async () => new Empty()),
    cancel: unary(async () => new Empty()),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(awsPackage.version)),
    getSchema: unary(async () => new proto.GetSchemaResponse().setSchema("{}")),

    checkConfig: unary(async (request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),

    diffConfig: unary(async (request: proto.DiffRequest) => {
      const changes = differences(read(request.getOldInputs()), read(request.getNews()));
      return difference(
        changes,
        changes.filter((key) => key === "region"),
      );
    }),

    configure: unary(async (request: proto.ConfigureRequest) => {
      defaultTags = defaultTagsOf(read(request.getArgs()));
      return new proto.ConfigureResponse().setSupportspreview(true);
    }),

    invoke: unary(async (request: proto.InvokeRequest) => {
      const answer = await provider.call(request.getTok(), read(request.getArgs()));
      return new proto.InvokeResponse().setReturn(write(answer));
    }),

    check: unary(async (request: proto.CheckRequest) => {
      const { type, name } = parse(request.getUrn());
      try {
        const inputs = await provider.check(type, name, read(request.getNews()), defaultTags, read(request.getOlds()));
        return new proto.CheckResponse().setInputs(write(inputs));
      } catch (error) {
        return new proto.CheckResponse().setFailuresList([new proto.CheckFailure().setReason(describe(error))]);
      }
    }),

    diff: unary(async (request: proto.DiffRequest) => {
      const { type, name } = parse(request.getUrn());
      const olds = read(request.getOldInputs());
      const news = read(request.getNews());
      const { changes, replaces } = provider.diff(type, olds, news);
      const ignored = request.getIgnorechangesList();
      const kept = (key: string) => !ignored.includes(key);
      const response = difference(changes.filter(kept), replaces.filter(kept));
      return response.setDeletebeforereplace(replaces.length > 0 && keepsItsName(name, olds, news));
    }),

    create: unary(async (request: proto.CreateRequest) => {
      const { type, name } = parse(request.getUrn());
      const inputs = read(request.getProperties());
      if (request.getPreview()) {
        return new proto.CreateResponse().setProperties(write(inputs));
      }
      const { tagsAll: _, ...given } = inputs;
      const { id, state } = await provider.create(type, name, given, defaultTags);
      return new proto.CreateResponse().setId(id).setProperties(write(state));
    }),

    read: unary(async (request: proto.ReadRequest) => {
      const { type } = parse(request.getUrn());
      const resource = await provider.read(type, request.getId(), read(request.getInputs()), defaultTags);
      // An empty id says that it is gone.
      return resource === undefined
        ? new proto.ReadResponse()
        : new proto.ReadResponse().setId(resource.id).setProperties(write(resource.state)).setInputs(write(resource.inputs));
    }),

    update: unary(async (request: proto.UpdateRequest) => {
      const { type } = parse(request.getUrn());
      const news = read(request.getNews());
      if (request.getPreview()) {
        return new proto.UpdateResponse().setProperties(write({ ...read(request.getOlds()), ...news }));
      }
      const { state } = await provider.update(type, request.getId(), read(request.getOldInputs()), news);
      return new proto.UpdateResponse().setProperties(write(state));
    }),

    delete: unary(async (request: proto.DeleteRequest) => {
      const { type } = parse(request.getUrn());
      await provider.delete(type, request.getId(), read(request.getProperties()));
      return new Empty();
    }),
  };
}

function difference(changes: string[], replaces: string[]): proto.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changes)
    .setReplacesList(replaces);
}

/** Type and logical name in `urn:pulumi:stack::project::parentType$type::name`. */
function parse(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** Whether the new resource is called like the old one, by the program's wish: then the old one has to go first. */
function keepsItsName(logicalName: string, olds: Properties, news: Properties): boolean {
  const name = news.name ?? news.bucket ?? news.statementId;
  const isGenerated = typeof name === "string" && name.startsWith(`${logicalName}-`);
  return name !== undefined && name !== UNKNOWN && !isGenerated && same(name, olds.name ?? olds.bucket ?? olds.statementId);
}

function read(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function write(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}
