import type { Language } from "../../../common/texts";
import { cs } from "./cs";
import { de } from "./de";
import type { Words } from "./dictionary";
import { en } from "./en";
import { pl } from "./pl";

/** The languages of this page: the display's. */
export { LANGUAGES as OFFICE_LANGUAGES } from "../../../common/texts";
export type { Words } from "./dictionary";
export type OfficeLanguage = Language;

export const WORDS: Record<OfficeLanguage, Words> = { cs, en, de, pl };
