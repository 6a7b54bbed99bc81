/** How closely a day may be set, from the most comfortable; styles say what each looks like, and none has letters below 7.5 points. */
const SETTINGS = ["wide", "smaller", "small", "two-columns", "two-small-columns", "names-only", "one-line-each"];

/** Height of a page within its margins, and what rounding may take of it, in millimetres. */
const PAGE = 281;
const SLACK = 2;

/** Sets the day so that it fits on one page, or else as closely as can be read. */
export function fitDay(): void {
  const day = document.querySelector<HTMLElement>(".print-day");
  const root = document.documentElement;
  if (!day) return;
  root.dataset.measuring = "";
  const millimetre = day.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(day).getPropertyValue("--page-width"));
  for (const setting of SETTINGS) {
    day.dataset.setting = setting;
    if (day.getBoundingClientRect().height <= (PAGE - SLACK) * millimetre) break;
  }
  delete root.dataset.measuring;
}
