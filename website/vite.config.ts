import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  root: __dirname,
  build: {
    outDir: resolve(__dirname, "../dist/website"),
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows files of our own only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [resolve(__dirname, "index.html"), resolve(__dirname, "404.html")] },
  },
});
