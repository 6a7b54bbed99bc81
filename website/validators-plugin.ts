import standaloneCode from "ajv/dist/standalone";
import type { Plugin } from "vite";
import { contract, DEFINITIONS, SCHEMA } from "./contract";

const MODULE = "virtual:validators";

/** What ajv says of an error beside its place and its message, which are all that the display tells. */
const UNTOLD = /schemaPath:"[^"]*",keyword:"[^"]*",params:\{.*?\},(?=message:)/g;

/**
 * Offers `virtual:validators`: `index` and `day` of the contract, compiled when the site is built.
 *
 * ajv compiles with `eval`, which the site's content security policy forbids in the browser.
 */
export function validatorsPlugin(): Plugin {
  return {
    name: "validators",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      this.addWatchFile(SCHEMA);
      return standaloneCode(contract({ source: true }), DEFINITIONS).replace(UNTOLD, "");
    },
  };
}
