import { OPTIONAL_COLUMNS, OUR_COLUMNS } from "./mapping";

const text = { type: "string", minLength: 1 };

const source = {
  type: ["string", "object"],
  minLength: 1,
  required: ["column", "split", "part"],
  additionalProperties: false,
  properties: { column: text, split: text, part: { type: "integer", minimum: 1, maximum: 20 } },
};

const rule = {
  type: "object",
  additionalProperties: false,
  properties: {
    constant: text,
    from: { ...source, type: ["string", "object", "array"], minItems: 1, maxItems: 10, items: source },
    join: { type: "string" },
    digits: { type: "boolean" },
    date: text,
    time: text,
    plus: {
      type: "object",
      required: ["column", "unit"],
      additionalProperties: false,
      properties: { column: text, unit: { enum: ["minutes", "hours"] } },
    },
    table: { type: "object", minProperties: 1, additionalProperties: { type: "string" } },
    otherwise: { type: "string" },
  },
};

/** The schema of a mapping (JSON Schema, draft 7); what it cannot say is in check.ts. */
export const MAPPING_SCHEMA = {
  type: "object",
  required: ["file", "time_zone", "columns"],
  additionalProperties: false,
  properties: {
    file: { enum: ["csv", "tsv", "xlsx"] },
    encoding: text,
    delimiter: text,
    quote: { type: "string", maxLength: 1 },
    sheet: text,
    skip: { type: "integer", minimum: 0, maximum: 100 },
    decimal: { enum: [".", ","] },
    time_zone: text,
    each: { type: "object", required: ["column", "split"], additionalProperties: false, properties: { column: text, split: text } },
    columns: {
      type: "object",
      required: OUR_COLUMNS.filter((column) => !OPTIONAL_COLUMNS.includes(column)),
      additionalProperties: false,
      properties: Object.fromEntries(OUR_COLUMNS.map((column) => [column, rule])),
    },
  },
};
