import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../../local/emulator";
import { findChromium } from "../../scripts/chromium";

/**
 * Writes a command that starts the machine's Chromium such that a distribution's own name leads to the embedded AWS, as the name service does on
 * AWS; for CHROMIUM_PATH.
 */
export function chromiumThatFinds(folder: string, { endpoint }: Emulator): string {
  const { host } = new URL(endpoint);
  const flags = `'--host-resolver-rules=MAP *.cloudfront.net:443 ${host}' --ignore-certificate-errors`;
  const file = join(folder, "chromium");
  writeFileSync(file, `#!/bin/sh\nexec '${findChromium()}' ${flags} "$@"\n`, { mode: 0o755 });
  return file;
}
