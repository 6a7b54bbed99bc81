import * as grpc from "@grpc/grpc-js";
import { describe } from "./errors";

/** As much as a message may hold; a state with many files in it passes the 4 MiB of gRPC. */
const MESSAGE_LIMIT_BYTES = 64 * 1024 * 1024;

/** A service that the Pulumi engine calls. */
export interface Served {
  /** On 127.0.0.1. */
  port: number;
  /** Ends it; calls under way are cut off. */
  stop(): void;
}

/** Serves one of Pulumi's protocols on 127.0.0.1 and a free port. */
export async function serve(definition: grpc.ServiceDefinition, implementation: grpc.UntypedServiceImplementation): Promise<Served> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MESSAGE_LIMIT_BYTES });
  server.addService(definition, implementation);
  const port = await new Promise<number>((done, failed) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? failed(error) : done(bound)));
  });
  return { port, stop: () => server.forceShutdown() };
}

/** One method of a service; what it throws reaches the engine as a sentence. */
export function unary<Request, Response>(work: (request: Request) => Promise<Response>): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    work(request).then(
      (response) => callback(null, response),
      (error) => callback({ code: grpc.status.UNKNOWN, details: describe(error) }),
    );
  };
}
