import { resolve } from "node:path";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { browserslist } from "../package.json";
import { importPlugin } from "./import-plugin";
import { plainPlugin } from "./plain-plugin";
import { validatorsPlugin } from "./validators-plugin";

export default defineConfig({
  root: __dirname,
  plugins: [
    validatorsPlugin(),
    plainPlugin(),
    importPlugin(),
    VitePWA({
      // Writes sw.js, which keeps the page itself at hand; the documents are kept by the page, so that it always knows who answered.
      strategies: "generateSW",
      injectRegister: false,
      workbox: {
        globPatterns: ["index.html", "assets/*.{js,css,woff2,svg}", "icon.svg", "plain.js"],
        // The address carries wishes, not another page.
        ignoreURLParametersMatching: [/.*/],
        navigateFallback: null,
        inlineWorkboxRuntime: true,
        sourcemap: false,
        skipWaiting: true,
        clientsClaim: true,
        cleanupOutdatedCaches: true,
        babelPresetEnvTargets: browserslist,
      },
      manifest: {
        name: "GoldSport",
        short_name: "GoldSport",
        start_url: "/",
        display: "fullscreen",
        orientation: "portrait",
        background_color: "#0a1c2e",
        theme_color: "#0a1c2e",
        icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
      },
    }),
  ],
  // Fields are set, not defined, which takes no helpers.
  oxc: { assumptions: { setPublicClassFields: true } },
  build: {
    outDir: resolve(__dirname, "../dist/website"),
    emptyOutDir: true,
    // Scripts and styles are lowered to what the oldest browsers know; what they lack altogether, `npm run check` finds.
    target: browserslist.map((browser) => browser.replace(" ", "")),
    // The content security policy allows files of our own only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: [resolve(__dirname, "index.html"), resolve(__dirname, "404.html")] },
  },
});
