import type { OurColumn } from "./mapping";

/** What other systems call our columns, in the four languages of the school, as `plainWord` writes it. The likelier name comes first. */
export const COLUMN_NAMES: Record<OurColumn | "time_range" | "duration", string[]> = {
  id_order: [
    "idorder",
    "cisloobjednavky",
    "cislorezervace",
    "objednavka",
    "rezervace",
    "buchungsnr",
    "buchungsnummer",
    "auftragsnr",
    "auftragsnummer",
    "numerrezerwacji",
    "bookingno",
    "bookingnumber",
    "bookingref",
    "orderid",
    "ordernumber",
    "order",
  ],
  location_meeting: [
    "locationmeeting",
    "mistosrazu",
    "misto",
    "sraz",
    "treffpunkt",
    "ort",
    "miejscezbiorki",
    "miejsce",
    "meetingpoint",
    "location",
    "place",
  ],
  level: ["level", "uroven", "pokrocilost", "kurs", "niveau", "stufe", "konnen", "poziom", "course", "lesson", "ability"],
  group_size: ["groupsize", "typlekce", "typ", "druhvyuky", "kursart", "art", "rodzaj", "typzajec", "lessontype", "type", "product"],
  language: ["language", "jazyk", "sprache", "jezyk", "instructionlanguage"],
  name_sponsor: [
    "namesponsor",
    "objednatel",
    "zakaznik",
    "klient",
    "platce",
    "kunde",
    "besteller",
    "zamawiajacy",
    "customer",
    "client",
    "bookedby",
  ],
  name_participant: [
    "nameparticipant",
    "ucastnik",
    "ucastnici",
    "dite",
    "teilnehmer",
    "uczestnik",
    "uczestnicy",
    "participant",
    "participants",
    "guest",
    "guests",
  ],
  age_participant: ["ageparticipant", "vek", "alter", "wiek", "age"],
  date_lesson: ["datelesson", "datumlekce", "datum", "den", "kursdatum", "tag", "data", "datazajec", "date", "lessondate", "day"],
  timestamp_start_lesson: ["timestampstartlesson", "zacatek", "od", "beginn", "start", "von", "poczatek", "starttime", "from"],
  timestamp_end_lesson: ["timestampendlesson", "konec", "do", "ende", "bis", "koniec", "endtime", "finish", "end", "to", "until"],
  booking_id: ["bookingid", "uuid", "buchungsid", "idrezervace", "idrezerwacji"],
  time_range: ["cas", "hodina", "zeit", "uhrzeit", "godzina", "time", "slot"],
  duration: ["delka", "trvani", "dauer", "czastrwania", "duration", "length", "hours", "minutes"],
};

/** What other systems say for the words that are the same in every export of ours. */
export const WORDS: Partial<Record<OurColumn, Record<string, string[]>>> = {
  language: {
    cz: ["cz", "cs", "cestina", "cesky", "tschechisch", "czeski", "czech"],
    pl: ["pl", "polstina", "polsky", "polnisch", "polski", "polish"],
    de: ["de", "nemcina", "nemecky", "deutsch", "niemiecki", "german"],
    en: ["en", "gb", "anglictina", "anglicky", "englisch", "angielski", "english"],
  },
  group_size: {
    privát: [
      "privat",
      "soukroma",
      "individualni",
      "individualnivyuka",
      "privatstunde",
      "privatkurs",
      "einzel",
      "einzelunterricht",
      "prywatna",
      "private",
      "privatelesson",
    ],
    "malá skupina": ["malaskupina", "minigrupa", "kleingruppe", "kleinegruppe", "malagrupa", "smallgroup"],
    "velká skupina": [
      "velkaskupina",
      "skupina",
      "skupinovavyuka",
      "gruppe",
      "gruppenkurs",
      "grossegruppe",
      "duzagrupa",
      "grupa",
      "largegroup",
      "group",
    ],
  },
};

/** Forms of a date and of a time, the stricter first. `9.1.2026` may be read in two ways: days come first, as they do in all of Europe. */
export const DATE_FORMS = ["yyyy-MM-dd", "d.M.yyyy", "d. M. yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "yyyy/MM/dd", "d.M.yy"];
export const TIME_FORMS = ["H:mm", "H:mm:ss", "h:mm a", "H.mm", "HHmm"];

/** A word without case, accents, spaces and signs, so that spellings agree: `Číslo obj.` is `cisloobj`. */
export function plainWord(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll("ł", "l")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
