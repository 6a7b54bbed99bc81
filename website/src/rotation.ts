/** In which order pages follow each other, and in which language. Knows no timers: it only says what comes next. */

/** One start with its pages, or one page about the day. */
export interface Stop {
  /** Orders the stops and tells them apart; milliseconds for a start. */
  at: number;
  /** At least 1; may depend on the language, since words differ in length. */
  pages: (language: number) => number;
}

export interface Position {
  at: number;
  /** From 0. */
  page: number;
  /** How often the rotation has come round. */
  round: number;
  /** Index into the languages that alternate. */
  language: number;
}

/** How long pages stay, in milliseconds. */
export const MAIN_STAY = 15_000;
export const OTHER_STAY = 10_000;

/** Where the rotation begins: at the stop `at`, or at the first one. */
export function begin(stops: readonly Stop[], at: number | undefined, languages: number): Position {
  const index = Math.max(
    stops.findIndex((stop) => stop.at === at),
    0,
  );
  return arrive(stops, index, 0, languages);
}

/**
 * The page after `position`.
 *
 * All pages of a start are in one language. The language alternates from start to start, and, from round to round, within each start.
 */
export function next(stops: readonly Stop[], position: Position, languages: number): Position {
  const index = indexOf(stops, position);
  const stop = stops[index];
  if (stop && position.page + 1 < stop.pages(position.language)) return { ...position, page: position.page + 1 };
  const wraps = index + 1 >= stops.length;
  return arrive(stops, wraps ? 0 : index + 1, position.round + (wraps ? 1 : 0), languages);
}

/** The page before `position`: what `next` would have come from. */
export function previous(stops: readonly Stop[], position: Position, languages: number): Position {
  if (position.page > 0) return { ...position, page: position.page - 1 };
  const index = indexOf(stops, position);
  const wraps = index === 0;
  const round = position.round - (wraps ? 1 : 0);
  const landed = arrive(stops, wraps ? stops.length - 1 : index - 1, round, languages);
  return { ...landed, page: (stops[wraps ? stops.length - 1 : index - 1]?.pages(landed.language) ?? 1) - 1 };
}

/**
 * Where `position` is after the stops have changed: the same page as long as there is one, otherwise the start that follows.
 *
 * New data never moves the rotation while its page still exists.
 */
export function settle(stops: readonly Stop[], position: Position, languages: number): Position {
  const stop = stops.find(({ at }) => at === position.at);
  if (stop) {
    const page = Math.min(position.page, stop.pages(position.language) - 1);
    return page === position.page ? position : { ...position, page };
  }
  const following = stops.findIndex(({ at }) => at > position.at);
  return following < 0 ? arrive(stops, 0, position.round + 1, languages) : arrive(stops, following, position.round, languages);
}

function arrive(stops: readonly Stop[], index: number, round: number, languages: number): Position {
  const language = (((index + round) % languages) + languages) % languages;
  return { at: stops[index]?.at ?? 0, page: 0, round, language };
}

function indexOf(stops: readonly Stop[], { at }: Position): number {
  return Math.max(
    stops.findIndex((stop) => stop.at === at),
    0,
  );
}
