import type { Plugin } from "vite";
import { DICTIONARIES, LANGUAGES } from "../common/texts";

const MARK = "<!-- plain -->";

/**
 * Writes into index.html, where it says `<!-- plain -->`, what is read where the display cannot run: one sentence in every language.
 *
 * public/plain.js hides it where scripts run, and brings it back where the display draws nothing.
 */
export function plainPlugin(): Plugin {
  return {
    name: "plain",
    transformIndexHtml: (html) =>
      html.replace(MARK, LANGUAGES.map((code) => `<p lang="${code}">${DICTIONARIES[code].cannotRun}</p>`).join("\n")),
  };
}
