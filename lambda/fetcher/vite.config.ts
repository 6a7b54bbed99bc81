import { defineConfig } from "vite";

/** Bundles the function with all that it needs into one file, the same bytes from the same sources. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: "node" },
  build: {
    ssr: "lambda/fetcher/index.ts",
    outDir: "dist/fetcher",
    target: "node22",
    minify: true,
    rolldownOptions: { output: { format: "cjs", entryFileNames: "index.js", codeSplitting: false } },
  },
});
