import type { View } from "./desk/state";

const KEY = "office place";
const VIEWS: readonly string[] = ["day", "instructors", "preview"] satisfies View[];

/** Where in the page somebody is: it outlives a reload and signing in again, and ends with the browser's tab. */
export interface Whereabouts {
  /** `YYYY-MM-DD`. */
  date: string;
  view: View;
}

/** Remembers the day and the view that are shown. */
export class Place {
  constructor(private readonly keep: Storage) {}

  /** Where somebody was; today's page where nothing is known of that. */
  recall(today: string): Whereabouts {
    const [date = "", view = ""] = (this.keep.getItem(KEY) ?? "").split(" ");
    return { date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : today, view: VIEWS.includes(view) ? (view as View) : "day" };
  }

  note({ date, view }: Whereabouts): void {
    const text = `${date} ${view}`;
    if (this.keep.getItem(KEY) !== text) this.keep.setItem(KEY, text);
  }

  forget(): void {
    this.keep.removeItem(KEY);
  }
}
