import { join, resolve } from "node:path";
import { execa } from "execa";
import { REGION } from "../../local/emulator";
import { type Clients, clientsFor, ROOT } from "../../stack/clients";

const PYTHON = resolve(__dirname, "..", "..", ".venv", "bin", "python");

/** A running moto: another emulator of AWS, and so another judge of what AWS takes. */
export interface Moto {
  clients: Clients;
  /** Ends it; returns when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts moto's server on 127.0.0.1 and a free port, for the account 000000000000; it ends with this process, however that happens.
 *
 * @throws When it does not start; the message holds what it printed.
 */
export async function startMoto(): Promise<Moto> {
  const server = execa(PYTHON, [join(__dirname, "moto_server.py")], {
    stdin: "pipe",
    extendEnv: false,
    env: { PATH: process.env.PATH, MOTO_ACCOUNT_ID: "000000000000", PYTHONDONTWRITEBYTECODE: "1" },
  });
  const printed = server[Symbol.asyncIterator]();
  const { value: port } = await printed.next();
  if (port === undefined) {
    await server;
  }
  return {
    clients: clientsFor({ region: REGION, endpoint: `http://127.0.0.1:${port}`, credentials: ROOT }),
    async stop() {
      server.stdin.end();
      await server;
    },
  };
}
