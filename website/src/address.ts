/** What the page's address asks for. */

import { LANGUAGES, type Language } from "../../common/texts";

/** A value that was ignored. */
export interface Refusal {
  parameter: "lang" | "date" | "time" | "debug" | "rotate" | "qr" | "list";
  /** What was there, short enough to be shown. */
  value: string;
}

export interface Address {
  /** At least one; several alternate. */
  languages: Language[];
  /** The address names no language that there is. */
  isDefaultLanguage: boolean;
  /** `YYYY-MM-DD` to show instead of today. */
  date: string | undefined;
  /** `HH:MM` to begin at instead of now. */
  time: string | undefined;
  debug: boolean;
  /** By how many degrees the picture is turned clockwise. */
  rotate: 0 | 90 | 270;
  /** Whether a screen shows the code that leads to the list for telephones. */
  qr: boolean;
  /** The list for telephones is asked for, whatever the window. */
  list: boolean;
  refused: Refusal[];
}

const DEFAULT_LANGUAGES: Language[] = ["cs", "en"];
const LONGEST_SHOWN = 24;

/**
 * Reads a query string. Wrong values are left out and reported.
 *
 * @example readAddress("?lang=pl,xx&time=08:50") // languages ["pl"], time "08:50", refused [{ parameter: "lang", value: "xx" }]
 */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const refused: Refusal[] = [];
  const refuse = (parameter: Refusal["parameter"], value: string) => {
    refused.push({ parameter, value: value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value });
  };
  const read = (parameter: "date" | "time" | "rotate" | "qr", isRight: (value: string) => boolean) => {
    const value = query.get(parameter);
    if (value === null || isRight(value)) return value ?? undefined;
    refuse(parameter, value);
    return undefined;
  };

  const languages = new Set<Language>();
  const unknown: string[] = [];
  for (const word of query.get("lang")?.split(",") ?? []) {
    const language = LANGUAGES.find((known) => known === word.trim().toLowerCase());
    if (language) languages.add(language);
    else unknown.push(word);
  }
  if (unknown.length > 0) refuse("lang", unknown.join());
  const readSwitch = (parameter: "debug" | "list") => {
    const value = query.get(parameter);
    const isOn = value !== null && ["", "1", "true"].includes(value);
    if (value !== null && !isOn) refuse(parameter, value);
    return isOn;
  };
  const debug = readSwitch("debug");
  const list = readSwitch("list");

  const date = read("date", isDate);
  const time = read("time", (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value));
  const rotate = read("rotate", (value) => ["0", "90", "270"].includes(value));
  const qr = read("qr", (value) => ["0", "1"].includes(value));

  return {
    languages: languages.size > 0 ? [...languages] : DEFAULT_LANGUAGES,
    isDefaultLanguage: languages.size === 0,
    date,
    time,
    debug,
    rotate: Number(rotate ?? 0) as Address["rotate"],
    qr: qr !== "0",
    list,
    refused,
  };
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}
