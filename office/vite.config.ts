import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  root: __dirname,
  base: "/office/",
  // The display's folder has what both pages show, such as the icon.
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: resolve(__dirname, "../dist/office"),
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16"],
    // The content security policy allows files of our own only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
