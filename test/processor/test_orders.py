"""From an export's bytes to rows that can be trusted."""

import unicodedata
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from exports import COLUMNS, export, row
from scheduler import orders
from scheduler.errors import FileRejectedError
from scheduler.orders import AGE_COLUMN, MAX_LINE_BYTES, USED_COLUMNS, read_orders

PRAGUE = ZoneInfo("Europe/Prague")


def read(content):
    return read_orders(BytesIO(content), PRAGUE)


def rows_of(*rows, **options):
    return read(export(*rows, **options))[0]


def reasons(*rows):
    """The reasons counted in a file that has one good row besides."""
    rows, report = read(export(row(id_order="1", name_participant="Good"), *rows))
    assert report.total == report.valid + report.rejected.total()
    return dict(report.rejected)


def rejection(content):
    with pytest.raises(FileRejectedError) as caught:
        read(content)
    return caught.value


def test_a_row_is_read_by_the_names_of_its_columns():
    (found,) = rows_of(row(booking_id="b-1"))
    assert found.order_id == 4001
    assert (found.location, found.level, found.type, found.language) == ("Stone bar", "lyže začátečník", "privát", "cs")
    assert (found.sponsor, found.name, found.age, found.booking_id) == ("Novák Petr", "Anna", "77", "b-1")
    assert found.start == ("2026-12-27T08:00:00Z", "2026-12-27", "09:00")
    assert found.end == ("2026-12-27T09:50:00Z", "2026-12-27", "10:50")


@pytest.mark.parametrize(
    "options", [{"mark": b"\xef\xbb\xbf"}, {"newline": "\r\n"}, {"columns": COLUMNS[::-1]}, {"columns": ("new", *COLUMNS)}]
)
def test_a_mark_line_ends_order_and_number_of_columns_do_not_matter(options):
    assert rows_of(row(), **options) == rows_of(row())


def test_a_file_without_a_last_line_end_is_read_whole():
    assert len(read(export(row(), row(name_participant="Eva")).removesuffix(b"\n"))[0]) == 2


def test_blank_lines_are_no_rows():
    rows, report = read(export(row()).replace(b"\n", b"\n\r\n\n  \n"))
    assert (len(rows), report.total, report.rejected.total()) == (1, 1, 0)


def test_quotes_are_plain_characters():
    (found,) = rows_of(row(name_participant='Anna "Áňa', name_sponsor='"Novák', level='"a"'))
    assert (found.name, found.sponsor, found.level) == ('Anna "Áňa', '"Novák', '"a"')


def test_text_is_trimmed_and_composed():
    decomposed = unicodedata.normalize("NFD", "Rýžoviště")
    assert decomposed != "Rýžoviště"
    (found,) = rows_of(
        row(location_meeting=f"  {decomposed}\u00a0", group_size=unicodedata.normalize("NFD", "privát"), name_participant=" Anna ")
    )
    assert (found.location, found.type, found.name) == ("Rýžoviště", "privát", "Anna")


def test_a_mark_copied_into_a_cell_is_trimmed_too():
    """U+FEFF is white space for JavaScript and none for Python."""
    marked = {column: f"\ufeff{text}\u200b" for column, text in row(booking_id="b-1").items()}
    assert rows_of(marked) == rows_of(row(booking_id="b-1"))
    doubled = b"\xef\xbb\xbf" + export(row(), mark=b"\xef\xbb\xbf")
    assert read(doubled)[0] == rows_of(row())


@pytest.mark.parametrize(("written", "meant"), [("cz", "cs"), ("CZ", "cs"), ("pl", "pl"), (" de ", "de"), ("en", "en"), ("it", "it")])
def test_languages_become_iso_codes(written, meant):
    assert rows_of(row(language=written))[0].language == meant


@pytest.mark.parametrize(
    "start", ["2026-12-27T09:00:00+01:00", "2026-12-27T09:00:00+0100", "2026-12-27T08:00:00Z", "2026-12-27T09:00+01:00"]
)
def test_offsets_are_read_in_every_form(start):
    assert rows_of(row(timestamp_start_lesson=start))[0].start == ("2026-12-27T08:00:00Z", "2026-12-27", "09:00")


@pytest.mark.parametrize(
    ("date", "instant", "local"),
    [
        ("28.03.2026", "2026-03-28T08:00:00Z", "09:00"),
        ("29.03.2026", "2026-03-29T07:00:00Z", "09:00"),
        ("29.03.2026", "2026-03-29T00:59:00Z", "01:59"),
        ("29.03.2026", "2026-03-29T01:00:00Z", "03:00"),
        ("24.10.2026", "2026-10-24T07:00:00Z", "09:00"),
        ("25.10.2026", "2026-10-25T08:00:00Z", "09:00"),
        ("25.10.2026", "2026-10-25T00:30:00Z", "02:30"),
        ("25.10.2026", "2026-10-25T01:30:00Z", "02:30"),
        ("01.01.2027", "2026-12-31T23:30:00Z", "00:30"),
    ],
)
def test_local_times_follow_the_zone_on_both_sides_of_both_switches(date, instant, local):
    (found,) = rows_of(row(date_lesson=date, timestamp_start_lesson=instant, timestamp_end_lesson=instant))
    assert (found.start.instant, found.start.time) == (instant, local)
    assert found.start.date == "-".join(reversed(date.split(".")))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date_lesson": "01.01.1970"}, "placeholder_date"),
        ({"timestamp_start_lesson": "1970-01-01T01:00:00+01:00"}, "placeholder_date"),
        ({"date_lesson": "01.01.1970", "level": ""}, "placeholder_date"),
        ({"date_lesson": "1970-01-01"}, "placeholder_date"),
        ({"date_lesson": "1.1.1970"}, "placeholder_date"),
        ({"timestamp_start_lesson": "1970-12-31T23:30:00Z", "date_lesson": "01.01.1971"}, "placeholder_date"),
        ({"timestamp_start_lesson": "1970-01-01"}, "placeholder_date"),
        *(({column: " \u00a0\ufeff"}, "missing_value") for column in USED_COLUMNS if column not in ("name_participant", "booking_id")),
        ({"id_order": "40a1"}, "bad_order_id"),
        ({"id_order": "4001.0"}, "bad_order_id"),
        ({"id_order": "-4001"}, "bad_order_id"),
        ({"id_order": "٤٠٠١"}, "bad_order_id"),
        ({"id_order": "9" * 5000}, "bad_order_id"),
        ({"date_lesson": "31.02.2026"}, "bad_date"),
        ({"date_lesson": "2026-12-27"}, "bad_date"),
        ({"date_lesson": "1.1.2027"}, "bad_date"),
        ({"timestamp_start_lesson": "2026-12-27T09:00:00"}, "bad_time"),
        ({"timestamp_start_lesson": "2026-12-27 09:00:00+01:00"}, "bad_time"),
        ({"timestamp_start_lesson": "2026-12-27T25:00:00+01:00"}, "bad_time"),
        ({"timestamp_start_lesson": "0001-01-01T00:00:00+23:00"}, "bad_time"),
        ({"timestamp_end_lesson": "9999-12-31T23:59:59-23:00"}, "bad_time"),
        ({"timestamp_end_lesson": "11:00"}, "bad_time"),
        ({"timestamp_end_lesson": "2026-12-27T08:59:59+01:00"}, "end_before_start"),
        ({"date_lesson": "28.12.2026"}, "date_mismatch"),
        ({"timestamp_start_lesson": "2026-12-26T23:30:00Z", "date_lesson": "26.12.2026"}, "date_mismatch"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_rejected_with_a_reason(change, reason):
    assert reasons(row(**change)) == {reason: 1}


def test_an_end_at_its_start_and_a_time_that_only_looks_like_1970_are_accepted():
    assert reasons(row(end="09:00"), row(id_order="1970", timestamp_end_lesson="2026-12-27T10:50:00.1970+01:00")) == {}


@pytest.mark.parametrize("column", ["name_participant", "booking_id", AGE_COLUMN, "note", "price_to_pay"])
def test_a_blank_is_no_reason_where_a_value_may_be_missing(column):
    assert reasons(row(**{column: ""})) == {}


def test_short_and_long_rows_are_rejected():
    content = export(row()) + b"4001\tshort\n" + export(row()).splitlines()[1] + b"\tlong\n"
    rows, report = read(content)
    assert (len(rows), dict(report.rejected), report.first_failure) == (1, {"wrong_column_count": 2}, (3, "wrong_column_count"))


def test_an_endless_line_is_rejected_without_being_taken_apart():
    content = export(row()) + b"\t" * (MAX_LINE_BYTES + 1) + b"\n"
    assert dict(read(content)[1].rejected) == {"wrong_column_count": 1}


def test_rejected_rows_do_not_keep_the_others_out():
    assert reasons(row(level=""), row(id_order="x"), row(id_order="y"), row()) == {"missing_value": 1, "bad_order_id": 2}


def test_the_first_failure_names_its_line():
    report = read(export(row(), row(level=""), row(id_order="x")))[1]
    assert report.first_failure == (3, "missing_value")


class TestSuperseding:
    """Of rows with the same participant, sponsor and start, the highest order stays."""

    def test_the_highest_order_stays(self):
        rows, report = read(export(row(id_order="9"), row(id_order="10"), row(id_order="8")))
        assert [found.order_id for found in rows] == [10]
        assert (report.valid, report.superseded) == (3, 2)

    def test_the_start_is_compared_as_an_instant(self):
        rows = rows_of(row(id_order="1"), row(id_order="2", timestamp_start_lesson="2026-12-27T08:00:00Z"))
        assert [found.order_id for found in rows] == [2]

    def test_names_are_compared_trimmed_and_composed(self):
        rows = rows_of(
            row(id_order="1", name_participant="Žofie", name_sponsor="Novák"),
            row(id_order="2", name_participant=" Z\u030cofie", name_sponsor="Nova\u0301k "),
        )
        assert [found.order_id for found in rows] == [2]

    def test_whatever_else_differs_does_not_matter(self):
        assert len(rows_of(row(id_order="1"), row(id_order="2", level="other", age_participant="8", location_meeting="there"))) == 1

    @pytest.mark.parametrize("other", [{"name_participant": "Eva"}, {"name_sponsor": "Malý"}, {"start": "11:00", "end": "12:00"}])
    def test_another_participant_sponsor_or_start_stays(self, other):
        assert len(rows_of(row(id_order="1"), row(id_order="2", **other))) == 2

    def test_the_places_without_a_name_of_an_order_replace_those_of_an_earlier_one(self):
        places = [row(id_order="1", name_participant=""), row(id_order="1", name_participant="")]
        rows = rows_of(*places, row(id_order="2", name_participant=""), row(id_order="2", name_participant="Eva"))
        assert [(found.order_id, found.name) for found in rows] == [(2, ""), (2, "Eva")]

    def test_rows_of_one_order_stay(self):
        assert len(rows_of(row(), row())) == 2

    def test_a_rejected_row_supersedes_nothing(self):
        assert [found.order_id for found in rows_of(row(id_order="1"), row(id_order="2", level=""))] == [1]


class TestWholeFile:
    """A file that is rejected as a whole says why, and where."""

    @pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf"])
    def test_empty(self, content):
        assert rejection(content).code == "empty"

    def test_a_header_only(self):
        assert rejection(export()).code == "no_rows"

    def test_not_utf8(self):
        found = rejection(export(row(), row(level="lyže")).replace("lyže".encode(), "lyže".encode("cp1250"), 2))
        assert (found.code, found.line) == ("not_utf8", 2)

    @pytest.mark.parametrize("bad", [b"\xff", b"\xc5"])
    @pytest.mark.parametrize("good", [b"x" * 70_000, "ž".encode() * 40_000])
    def test_not_utf8_in_a_line_that_is_too_long_to_be_a_row(self, good, bad):
        found = rejection(export(row()) + good + bad + b"\n" + export(row()))
        assert (found.code, found.line, found.rows.valid) == ("not_utf8", 3, 1)
        assert rejection(good + bad).code == "not_utf8"
        assert dict(read(export(row()) + good)[1].rejected) == {"wrong_column_count": 1}

    def test_utf16(self):
        assert rejection(export(row()).decode().encode("utf-16")).code == "not_utf8"

    @pytest.mark.parametrize("column", USED_COLUMNS)
    def test_a_used_column_is_missing(self, column):
        found = rejection(export(row(), columns=[name for name in COLUMNS if name != column]))
        assert (found.code, found.reason, found.line) == ("missing_column", f"The header lacks {column}.", 1)

    def test_the_age_may_be_missing(self):
        (found,) = rows_of(row(), columns=[name for name in COLUMNS if name != AGE_COLUMN])
        assert found.age == ""

    def test_a_page_of_the_booking_system(self):
        assert rejection(b"<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n").code == "missing_column"

    def test_no_valid_row(self):
        found = rejection(export(row(level=""), row(id_order="x")))
        assert (found.code, found.line, found.rows.rejected.total()) == ("no_valid_row", 2, 2)
        assert found.reason == "No row of the export is valid: line 2 fails with missing_value."

    def test_more_lines_than_are_read(self, monkeypatch):
        monkeypatch.setattr(orders, "MAX_LINES", 3)
        assert len(rows_of(row(), row(id_order="2"))) == 1
        found = rejection(export(row(), row(), row()))
        assert (found.code, found.reason, found.line) == ("too_large", "The export has more lines than the limit of 3.", 4)
        assert (found.rows.total, found.rows.valid) == (2, 2)

    def test_more_texts_than_can_be_held(self, monkeypatch):
        monkeypatch.setattr(orders, "MAX_TEXT_BYTES", 50_000)
        assert len(rows_of(*(row(start=f"{hour:02}:00", end="23:00") for hour in range(20)))) == 20
        found = rejection(export(*(row(name_participant=f"P{number}") for number in range(400))))
        assert (found.code, found.reason) == ("too_large", "The export has more different texts than can be held at once.")
        assert 0 < found.rows.valid == found.line - 2
