/** In which order pages follow each other, and in which language. Knows no timers: it only says what comes next. */

/** One start with its pages, or one page about the day. */
export interface Stop {
  /** Orders the stops and tells them apart; milliseconds for a start. */
  at: number;
  /** At least 1; may depend on the language, since words differ in length. */
  pages: (language: number) => number;
  /** People are looking for it at this moment. */
  isSought: boolean;
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
  return arrive(stops, stops[index], 0, languages);
}

/**
 * The page after `position`.
 *
 * A round shows every stop, or, where those that people look for fill several pages, these and one of the others in turn.
 * All pages of a start are in one language. The language alternates from start to start, and, from round to round, within each start.
 */
export function next(stops: readonly Stop[], position: Position, languages: number): Position {
  const stop = stops.find(({ at }) => at === position.at);
  if (stop && position.page + 1 < stop.pages(position.language)) return { ...position, page: position.page + 1 };
  const round = roundOf(stops, position.round);
  const index = indexIn(round, position);
  if (index + 1 < round.length) return arrive(stops, round[index + 1], position.round, languages);
  return arrive(stops, roundOf(stops, position.round + 1)[0], position.round + 1, languages);
}

/** The page before `position`: what `next` would have come from. */
export function previous(stops: readonly Stop[], position: Position, languages: number): Position {
  if (position.page > 0) return { ...position, page: position.page - 1 };
  const round = roundOf(stops, position.round);
  const index = indexIn(round, position);
  const earlier = roundOf(stops, position.round - 1);
  const stop = index > 0 ? round[index - 1] : earlier[earlier.length - 1];
  const landed = arrive(stops, stop, position.round - (index > 0 ? 0 : 1), languages);
  return { ...landed, page: (stop?.pages(landed.language) ?? 1) - 1 };
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
  const following = stops.find(({ at }) => at > position.at);
  return following ? arrive(stops, following, position.round, languages) : arrive(stops, stops[0], position.round + 1, languages);
}

function roundOf(stops: readonly Stop[], round: number): readonly Stop[] {
  const others = stops.filter(({ isSought }) => !isSought);
  if (others.length < 2 || !fillsSeveralPages(stops)) return stops;
  return [...stops.filter(({ isSought }) => isSought), others[modulo(round, others.length)] as Stop];
}

function fillsSeveralPages(stops: readonly Stop[]): boolean {
  const sought = stops.filter(({ isSought }) => isSought);
  return sought.reduce((sum, stop) => sum + stop.pages(0), 0) > 1;
}

function arrive(stops: readonly Stop[], stop: Stop | undefined, round: number, languages: number): Position {
  const others = stops.filter(({ isSought }) => !isSought).length;
  // A stop that comes only once in several rounds alternates as often as it comes.
  const turns = stop && !stop.isSought && roundOf(stops, round).length < stops.length ? Math.floor(round / others) : round;
  const index = stop ? stops.indexOf(stop) : 0;
  return { at: stop?.at ?? 0, page: 0, round, language: modulo(index + turns, languages) };
}

/** Where `at` is in a round, or would be if it were part of it. */
function indexIn(round: readonly Stop[], { at }: Position): number {
  const index = round.findIndex((stop) => stop.at === at);
  return index < 0 ? round.length - 1 : index;
}

/** The remainder that is never negative. */
function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
