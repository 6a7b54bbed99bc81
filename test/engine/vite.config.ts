import { resolve } from "node:path";
import { defineConfig } from "vite";

/** Each of the modules that other processes load, in one file, with what is of ours; packages stay where they are. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    emptyOutDir: false,
    rolldownOptions: {
      input: ["language-host", "website-name"].map((name) => resolve(__dirname, `${name}.ts`)),
      output: { format: "cjs", entryFileNames: "[name].cjs" },
    },
  },
});
