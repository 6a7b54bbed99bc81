import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { onFreePort } from "./free-port";

describe("a program on a free port", () => {
  let servers: Server[];
  beforeEach(() => {
    servers = [];
  });
  afterEach(() => {
    for (const server of servers) {
      server.close();
    }
  });

  const listenOn = async (port: number): Promise<number> => {
    const server = createServer().listen(port, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return port;
  };

  it("is started on another where somebody else was quicker", async () => {
    const tried: number[] = [];
    const found = await onFreePort(async (port) => {
      tried.push(port);
      if (tried.length < 3) {
        await listenOn(port);
      }
      return listenOn(port);
    });
    assert.equal(tried.length, 3);
    assert.equal(found, tried[2]);
  });

  it("is given up when every port is taken", async () => {
    let tries = 0;
    const taken = onFreePort(async (port) => {
      tries += 1;
      await listenOn(port);
      return listenOn(port);
    });
    await assert.rejects(taken, /address already in use/);
    assert.equal(tries, 3);
  });

  it("is not started again when it fails by itself", async () => {
    let tries = 0;
    const failing = onFreePort(async () => {
      tries += 1;
      throw new Error("MiniStack is not installed");
    });
    await assert.rejects(failing, /MiniStack is not installed/);
    assert.equal(tries, 1);
  });
});
