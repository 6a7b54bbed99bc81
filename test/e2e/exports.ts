/** One row of an export, by column. */
export type Row = Record<string, string>;

/** The school's date of tomorrow: what is published does not depend on when a test runs. */
export function tomorrow(): string {
  const inADay = new Date(Date.now() + 24 * 60 * 60 * 1000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Prague", dateStyle: "short" }).format(inADay);
}

/** An export with these rows; what a row does not say is that of a private lesson at nine tomorrow. */
export function exportOf(...rows: Partial<Row>[]): string {
  const full = rows.map((row) => ({ ...usualRow(), ...row }));
  const columns = Object.keys(usualRow());
  return [columns, ...full.map((row) => columns.map((column) => row[column] ?? ""))].map((cells) => cells.join("\t")).join("\n");
}

function usualRow(): Row {
  const date = tomorrow();
  return {
    id_order: "1",
    location_meeting: "Stone bar",
    level: "lyže začátečník",
    group_size: "privát",
    language: "cz",
    name_sponsor: "Novák Petr",
    name_participant: "Eva",
    age_participant: "8",
    date_lesson: date.split("-").reverse().join("."),
    // UTC, so that the clock's changes do not matter; noon is on the same date in Prague.
    timestamp_start_lesson: `${date}T10:00:00Z`,
    timestamp_end_lesson: `${date}T11:50:00Z`,
    note: "",
    booking_id: "",
  };
}
