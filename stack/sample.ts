/** A synthetic season: exports, profiles and a roster as the office would upload them, for a school that does not exist. */

const GIVEN_NAMES: Record<string, string[]> = {
  cz: ["Anna", "Jakub", "Eliška", "Matyáš", "Tereza", "Vojtěch", "Barbora", "Ondřej", "Kateřina", "Šimon"],
  pl: ["Zofia", "Jan", "Hanna", "Antoni", "Maja", "Szymon", "Łucja", "Wojciech"],
  de: ["Mia", "Paul", "Emilia", "Jonas", "Lena", "Felix", "Jürgen", "Greta"],
  en: ["Olivia", "Noah", "Amelia", "Oliver", "Isla", "George", "Ava", "Leo"],
};
const FAMILY_NAMES = ["Alder", "Birke", "Cerný", "Dolina", "Eibe", "Fialka", "Górny", "Holt", "Jedlý", "Kopec", "Lípa", "Mlynar", "Potok"];
const LANGUAGES = ["cz", "cz", "cz", "pl", "pl", "de", "de", "en"];
const LEVELS = ["lyže začátečník", "lyže pokročilý", "dětská školka", "snowboard začátečník", "snowboard pokročilý", "běžky začátečník"];
const PLACES = ["Rýžoviště", "Stone bar"];
const GROUPS = ["malá skupina", "velká skupina"];
const SLOTS = [
  ["08:40", "10:30"],
  ["09:00", "10:50"],
  ["11:00", "12:50"],
  ["13:00", "14:20"],
  ["14:30", "16:00"],
] as const;
const COLUMNS = [
  "id_order date_order contact_sales location_meeting season level group_size participants language name_sponsor name_participant",
  "age_participant date_lesson timestamp_start_lesson timestamp_end_lesson price_currency price_discount_percent price_without_vat",
  "price_to_pay note booking_id",
].flatMap((line) => line.split(" "));

const DAYS = 35;
const INSTRUCTORS = [
  { id: "jana", name: "Jana", languages: ["cs", "de"] },
  { id: "petr", name: "Petr", languages: ["cs", "en"] },
  { id: "marek", name: "Marek", languages: ["cs", "pl"] },
  { id: "lucie", name: "Lucie", languages: ["cs", "de", "en"] },
  { id: "tomasz", name: "Tomasz", languages: ["pl", "cs"] },
  { id: "heidi", name: "Heidi", languages: ["de", "en"] },
  { id: "sam", name: "Sam", languages: ["en", "cs"] },
  { id: "klara", name: "Klára", languages: ["cs", "pl", "de"] },
];

/** One booked order: everything that its rows have in common. */
interface Order {
  id: number;
  place: string;
  level: string;
  type: string;
  language: string;
  sponsor: string;
  participants: string[];
  booking: string;
  date: string;
  start: string;
  end: string;
}

/** A file as it is uploaded. */
export interface SampleFile {
  key: string;
  body: string;
}

/** The files of one season. */
export interface SampleSeason {
  /** Orders first, then profiles, then today's roster. */
  files: SampleFile[];
  /** Rows of the export. */
  rows: number;
}

/**
 * Makes a season that starts on `today`: some 1,100 rows, lessons on 35 days, and instructors for most of today's lessons.
 *
 * @param today The school's date, `YYYY-MM-DD`.
 * @param timeZone The school's time zone.
 */
export function sampleSeason(today: string, timeZone: string): SampleSeason {
  const random = randomNumbers(2026);
  const offset = offsetsIn(timeZone);
  const orders = Array.from({ length: DAYS }, (_, day) => dayAfter(today, day)).flatMap((date, day) => ordersOf(date, day, random));
  const rows = orders.flatMap((order) => order.participants.map((participant) => row(order, participant, offset, random)));
  const export_ = [COLUMNS, ...rows].map((cells) => cells.join("\t")).join("\r\n");
  return {
    rows: rows.length,
    files: [
      { key: `orders/season-${today}.tsv`, body: `${export_}\r\n` },
      { key: "instructors/profiles.json", body: JSON.stringify(profiles(), undefined, 2) },
      { key: `instructors/roster-${today}.json`, body: JSON.stringify(roster(today, orders), undefined, 2) },
    ],
  };
}

function ordersOf(date: string, day: number, random: () => number): Order[] {
  return SLOTS.flatMap(([start, end], slot) => {
    // A few lessons start early; the first and the last weeks are quieter.
    const lessons = slot === 0 ? Number(random() < 0.3) : 2 + Math.floor(random() * (day > 20 ? 2 : 4));
    const group = slot > 0 && random() < 0.5;
    const groupOrders = group ? 2 + Math.floor(random() * 3) : 0;
    const shared = { level: pick(LEVELS, random), type: pick(GROUPS, random), place: pick(PLACES, random) };
    return Array.from({ length: lessons + groupOrders }, (_, index): Order => {
      const language = pick(LANGUAGES, random);
      const inGroup = index >= lessons;
      return {
        ...(inGroup ? shared : { level: pick(LEVELS, random), type: "privát", place: pick(PLACES, random) }),
        id: 4000 + day * 100 + slot * 20 + index,
        language,
        sponsor: `${pick(FAMILY_NAMES, random)} ${pick(GIVEN_NAMES[language] ?? [], random)}`,
        participants: someNames(language, 1 + Math.floor(random() * random() * 4), random),
        booking: day === 0 || random() < 0.25 ? uuid(random) : "",
        date,
        start,
        end,
      };
    });
  });
}

function someNames(language: string, count: number, random: () => number): string[] {
  const names = GIVEN_NAMES[language] ?? [];
  const first = Math.floor(random() * names.length);
  return Array.from({ length: count }, (_, index) => names[(first + index * 3) % names.length] ?? "");
}

function row(order: Order, participant: string, offset: (date: string, time: string) => string, random: () => number): string[] {
  const { date, start, end } = order;
  const cells: Record<string, string> = {
    id_order: String(order.id),
    date_order: date,
    contact_sales: "Office",
    location_meeting: order.place,
    season: "season",
    level: order.level,
    group_size: order.type,
    participants: String(order.participants.length),
    language: order.language,
    name_sponsor: order.sponsor,
    name_participant: participant,
    age_participant: String(4 + Math.floor(random() * 50)),
    date_lesson: date.split("-").reverse().join("."),
    timestamp_start_lesson: `${date}T${start}:00${offset(date, start)}`,
    timestamp_end_lesson: `${date}T${end}:00${offset(date, end)}`,
    price_currency: "CZK",
    price_discount_percent: "0",
    price_without_vat: "2000.00",
    price_to_pay: "2420.00",
    note: "",
    booking_id: order.booking,
  };
  return COLUMNS.map((column) => cells[column] ?? "");
}

function profiles(): Record<string, unknown> {
  return Object.fromEntries(INSTRUCTORS.map(({ id, name, languages }) => [id, { name, languages }]));
}

/** Gives each of the day's lessons to an instructor who is free and speaks one of its languages, as long as there is one. */
function roster(date: string, orders: Order[]): unknown {
  const lessons = new Map<string, Order[]>();
  for (const order of orders.filter((each) => each.date === date)) {
    const key = [order.start, ...(order.type === "privát" ? [order.id] : [order.level, order.type, order.place])].join(" ");
    lessons.set(key, [...(lessons.get(key) ?? []), order]);
  }
  // The lessons come in the order of their start.
  const busyUntil = new Map<string, string>();
  const assignments = [...lessons.values()].flatMap((lesson) => {
    const { start, end } = lesson[0] as Order;
    const wanted = lesson.map(({ language }) => (language === "cz" ? "cs" : language));
    const isFree = (id: string) => (busyUntil.get(id) ?? "") <= start;
    const free = INSTRUCTORS.find(({ id, languages }) => isFree(id) && languages.some((each) => wanted.includes(each)));
    if (free === undefined) {
      return [];
    }
    busyUntil.set(free.id, end);
    return [{ instructor_id: free.id, booking_ids: lesson.map(({ booking }) => booking), time_slots: [start] }];
  });
  return { date, assignments };
}

/** Tells the zone's offset at a local time, as an export writes it: `+01:00`. */
function offsetsIn(timeZone: string): (date: string, time: string) => string {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  return (date, time) => {
    const zoneName = format.formatToParts(new Date(`${date}T${time}:00Z`)).find(({ type }) => type === "timeZoneName")?.value ?? "";
    return zoneName.replace("GMT", "") || "+00:00";
  };
}

function dayAfter(date: string, days: number): string {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}

function uuid(random: () => number): string {
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replaceAll("x", () => Math.floor(random() * 16).toString(16));
}

/** The same numbers from the same seed: a linear congruential generator, good enough for names. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
