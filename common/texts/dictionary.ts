export const LANGUAGES = ["cs", "en", "de", "pl"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Forms of a counted noun; `#` stands for the number. Which form goes with which number is the language's rule (`Intl.PluralRules`). */
export interface Counted {
  one: string;
  few?: string;
  many?: string;
  other: string;
}

/** All that the display says. Words in braces are filled in. */
export interface Dictionary {
  toBeAnnounced: string;
  instructor: string;
  participants: string;
  starts: string;
  continued: string;
  page: string;
  now: string;
  newLesson: string;
  changedLesson: string;
  tomorrow: string;
  early: string;
  firstAt: string;
  noLessons: string;
  over: string;
  nextLessons: string;
  noNext: string;
  noData: string;
  noDataHelp: string;
  loading: string;
  asOf: string;
  unheardSince: string;
  unheardBand: string;
  clockAhead: string;
  clockBehind: string;
  /** For browsers that are too old, and those without scripts. */
  cannotRun: string;
  trial: string;
  ignored: string;
  allowed: Record<"lang" | "date" | "time" | "debug" | "rotate" | "qr" | "list", string>;
  previous: string;
  next: string;
  pause: string;
  resume: string;
  onTelephone: string;
  searchName: string;
  nobodyFound: string;
  /** What the language calls itself. */
  language: string;
  lessons: Counted;
  people: Counted;
  types: Record<string, string>;
  levels: Record<string, string>;
  places: Record<string, string>;
}
