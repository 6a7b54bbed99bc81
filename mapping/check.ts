import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { IANAZone } from "luxon";
import { parse } from "yaml";
import { type Mapping, MappingError, type Rule } from "./mapping";
import { MAPPING_SCHEMA } from "./schema";

let compiled: ValidateFunction<Mapping> | undefined;

/** The schema as a function, made when a mapping is first read: that takes longer than all else that a command loads of ours. */
function validator(): ValidateFunction<Mapping> {
  compiled ??= new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false }).compile<Mapping>(MAPPING_SCHEMA);
  return compiled;
}

/**
 * Reads a mapping from its YAML, and holds it to the schema.
 *
 * @param name Of the file, for the sentences.
 * @throws MappingError With one sentence, on a line of its own, for each mistake.
 * @example
 * parseMapping("file: pdf", "ours.yaml")   // ours.yaml: file must be one of csv, tsv, xlsx …
 */
export function parseMapping(yaml: string, name: string): Mapping {
  let value: unknown;
  try {
    value = parse(yaml);
  } catch (error) {
    const [first = ""] = (error as Error).message.split("\n");
    throw new MappingError(`${name} is not YAML: ${first.replace(/:$/, "")}`);
  }
  const validate = validator();
  const mistakes = validate(value) ? beyondSchema(value) : (validate.errors ?? []).map(sentence);
  if (mistakes.length > 0) {
    throw new MappingError(mistakes.map((mistake) => `${name}: ${mistake}`).join("\n"));
  }
  return value as Mapping;
}

/** What two keys say together, and what only the time zones and the encodings of this machine can tell. */
function beyondSchema({ encoding, time_zone, file, delimiter, columns }: Mapping): string[] {
  return [
    ...(encoding === undefined || isEncoding(encoding) ? [] : [`encoding "${encoding}" is not known: for example utf-8, windows-1250`]),
    ...(IANAZone.isValidZone(time_zone) ? [] : [`time_zone "${time_zone}" is not in the IANA database: for example Europe/Prague`]),
    ...(file === "xlsx" && (encoding ?? delimiter) !== undefined ? ["encoding and delimiter are of csv and tsv, not of xlsx"] : []),
    ...Object.entries(columns).flatMap(([column, rule]) => beyondRule(rule).map((mistake) => `columns.${column} ${mistake}`)),
  ];
}

function beyondRule({ constant, from, date, time, plus, table, otherwise, join }: Rule): string[] {
  const mistakes: [boolean, string][] = [
    [(constant === undefined) === (from === undefined), "must have one of constant and from"],
    [date !== undefined && time !== undefined, "has date and time: one of them"],
    [plus !== undefined && time === undefined, "has plus without time"],
    [otherwise !== undefined && table === undefined, "has otherwise without table"],
    [join !== undefined && !Array.isArray(from), "has join without a list in from"],
    [constant !== undefined && [date, time, table].some((each) => each !== undefined), "has a constant, which is not read any further"],
  ];
  return mistakes.flatMap(([made, mistake]) => (made ? [mistake] : []));
}

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/** What a person who wrote the mapping can do about an error of the schema. */
function sentence({ instancePath, keyword, params, parentSchema, message }: ErrorObject): string {
  const where = instancePath.slice(1).replaceAll("/", ".") || "the mapping";
  switch (keyword) {
    case "additionalProperties": {
      const known = Object.keys((parentSchema?.properties as object | undefined) ?? MAPPING_SCHEMA.properties);
      return `${where} has "${params.additionalProperty}", which is not known: allowed are ${known.join(", ")}`;
    }
    case "required":
      return `${where} lacks ${params.missingProperty}`;
    case "enum":
      return `${where} must be one of ${params.allowedValues.join(", ")}`;
    default:
      return `${where} ${message}`;
  }
}
