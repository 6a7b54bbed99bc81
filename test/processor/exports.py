"""Order exports for tests: a row as the booking system writes it, with what a test is about changed."""

ROW = {
    "id_order": "4001",
    "date_order": "2026-11-29",
    "contact_sales": "Prodejce Tajný",
    "location_meeting": "Stone bar",
    "season": "26/27",
    "level": "lyže začátečník",
    "group_size": "privát",
    "participants": "2",
    "language": "cz",
    "name_sponsor": "Novák Petr",
    "name_participant": "Anna",
    "age_participant": "77",
    "date_lesson": "27.12.2026",
    "timestamp_start_lesson": "2026-12-27T09:00:00+01:00",
    "timestamp_end_lesson": "2026-12-27T10:50:00+01:00",
    "price_currency": "CZK",
    "price_discount_percent": "13",
    "price_without_vat": "2345.67",
    "price_to_pay": "2838.26",
    "note": "+420 000 123 456",
    "booking_id": "",
}

COLUMNS = tuple(ROW)


def row(day="2026-12-27", start="09:00", end="10:50", **changes):
    """A row of a lesson on a winter day, local times; ``changes`` name columns."""
    year, month, date = day.split("-")
    times = {
        "date_lesson": f"{date}.{month}.{year}",
        "timestamp_start_lesson": f"{day}T{start}:00+01:00",
        "timestamp_end_lesson": f"{day}T{end}:00+01:00",
    }
    return ROW | times | {name: str(value) for name, value in changes.items()}


def export(*rows, columns=COLUMNS, newline="\n", mark=b""):
    """The bytes of an export with these rows."""
    lines = ["\t".join(columns), *("\t".join(entry.get(column, "x") for column in columns) for entry in rows)]
    return mark + newline.join([*lines, ""]).encode()
