import { cs } from "./cs";
import type { Words } from "./dictionary";
import { en } from "./en";

export type { Words } from "./dictionary";

/** The languages of this page. */
export const OFFICE_LANGUAGES = ["cs", "en"] as const;
export type OfficeLanguage = (typeof OFFICE_LANGUAGES)[number];

export const WORDS: Record<OfficeLanguage, Words> = { cs, en };
