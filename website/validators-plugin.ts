import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone";
import type { Plugin } from "vite";

const MODULE = "virtual:validators";
const SCHEMA = resolve(__dirname, "../contract/schedule.schema.json");

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
      // Lengths are only ever compared with 1: no need to count characters as Unicode does, for which ajv would bring a module along.
      const ajv = new Ajv({ code: { source: true, esm: true }, unicode: false, strict: true, allowUnionTypes: true, logger: false });
      ajv.addSchema(JSON.parse(readFileSync(SCHEMA, "utf8")), "schedule");
      return standaloneCode(ajv, { index: "schedule#/definitions/index", day: "schedule#/definitions/day" });
    },
  };
}
