import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/** Leaves `import()` to the browser: a part that is loaded later needs neither other files nor styles before it, which vite's kilobyte is for. */
export function importPlugin(): Plugin {
  return {
    name: "import",
    enforce: "pre",
    load: (id) => (id === HELPER ? "export const __vitePreload = (load) => load();" : undefined),
  };
}
