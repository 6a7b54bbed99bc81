import { shortDate } from "../../../common/texts";
import { useDesk } from "./context";

/** The other days with work on this device that is not published yet: each leads there. */
export function OtherDays() {
  const { desk, state, words } = useDesk();
  const days = state.unpublished.filter((date) => date !== state.date);
  if (days.length === 0) return null;
  return (
    <p class="message other-days">
      {words.otherDays}
      {days.map((date) => (
        <button key={date} type="button" class="button button-small" onClick={() => void desk.openDay(date)}>
          {shortDate(date, state.language)}
        </button>
      ))}
    </p>
  );
}
