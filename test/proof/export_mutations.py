"""Mutated exports: what a broken system, disk, editor or person makes of a good one.

Each mutation says what it touched, so that a test can tell what must have stayed.
"""

from dataclasses import dataclass
from random import Random
from unicodedata import normalize

from exports import COLUMNS, export, row

UNUSED = {"date_order", "contact_sales", "season", "participants", "age_participant", "note"} | {
    column for column in COLUMNS if column.startswith("price")
}
DAYS = ("2026-12-21", "2026-12-22", "2027-03-27")
TYPES = ("privát", "malá skupina", "velká skupina")
ROWS = 9
NEWLINE, TAB = b"\n", b"\t"
TEXTS = (
    "",
    " ",
    "\t",
    "\u00a0",
    "\ufeff",
    "\u200b",
    "\u202e",
    "\x00",
    "\x1b[31m",
    "\r",
    '"',
    "'",
    "<script>alert(1)</script>",
    "=1+1",
    "Ω" * 300,
    "x" * 70_000,
    "\U0001f3bf\u200d\U0001f3bf",
    "e\u0301" * 40,
    "-1",
    "1e9",
    "0x10",
    "٣",
    "9" * 40,
    "NaN",
    "null",
    "1970-01-01",
    "31.02.2027",
    "01.01.1970",
    "0001-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59Z",
    "2026-12-21T24:00:00+01:00",
    "2026-12-21T09:00:00",
    "2026-12-21T09:00:00+99:99",
    "2026-12-21T09:00:60Z",
    "2026-W52-1T09:00:00Z",
    "../../index.html",
    "SCHEDULE#2026-12-21",
)


@dataclass(frozen=True)
class Mutation:
    """A mutated export.

    Attributes:
        what: How it was made, for a failure's message.
        content: The file.
        untouched: The numbers of the rows that are as they were, on a line of their own.
        header_is_whole: Whether every column can be found by its name.
    """

    what: str
    content: bytes
    untouched: frozenset = frozenset()
    header_is_whole: bool = True


def good_rows():
    """Rows that are valid, and all of different people and times, so that each can be found again."""
    rows = []
    for number in range(ROWS):
        group = TYPES[number % 3]
        rows.append(
            row(
                day=DAYS[number % len(DAYS)],
                start=f"{9 + number:02}:0{number}",
                end=f"{9 + number:02}:50",
                id_order=5000 + number,
                group_size=group,
                level=f"level {number}",
                location_meeting=f"place {number}",
                language=("cz", "de")[number % 2],
                name_sponsor=f"Sponzor{number} Nový",
                name_participant=f"Osoba{number} Malá",
                booking_id=f"booking-{number}" if number % 2 else "",
            )
        )
    return rows


def good_export():
    """The export that is mutated."""
    return export(*good_rows())


def mutated_export(seed):
    """Mutate the good export, the same way for the same seed."""
    choose = Random(seed)
    return choose.choice(MUTATORS)(choose)


def _lines():
    return good_export().splitlines(keepends=True)


def _bytes_of_a_row(choose):
    """Changes, adds or takes some bytes within one row."""
    lines = _lines()
    number = choose.randrange(ROWS)
    lines[number + 1] = _damaged(choose, lines[number + 1])
    return Mutation("bytes of a row", b"".join(lines), frozenset(range(ROWS)) - _touched(number, lines[number + 1]))


def _damaged(choose, content):
    damaged = bytearray(content)
    for _ in range(choose.choice([1, 1, 2, 8])):
        place = choose.randrange(len(damaged) + 1)
        some = bytes(choose.randrange(256) for _ in range(choose.choice([1, 1, 3])))
        end = place + choose.choice([0, 1, 1, 5])
        damaged[place:end] = choose.choice([some, some, b"", bytes(damaged[end : end + 9]), NEWLINE, TAB, b"\x00", b"\xff", b"\r"])
        if not damaged:
            damaged += b"?"
    return bytes(damaged)


def _touched(number, line):
    """A row that lost its end has swallowed the next."""
    return {number} if line.endswith(NEWLINE) else {number, number + 1}


def _bytes_of_the_header(choose):
    lines = _lines()
    lines[0] = _damaged(choose, lines[0])
    return Mutation("bytes of the header", b"".join(lines), header_is_whole=False)


def _value(choose):
    """Puts an odd text into one field."""
    rows = good_rows()
    number, column = choose.randrange(ROWS), choose.choice(COLUMNS)
    text = choose.choice(TEXTS)
    rows[number][column] = choose.choice([text, rows[number][column] + text, text + rows[number][column]])
    return Mutation(f"{column} of a row becomes {rows[number][column][:40]!r}", export(*rows), frozenset(range(ROWS)) - {number})


def _another_row(choose):
    """Adds a row of odd values."""
    rows = good_rows()
    odd = {column: choose.choice(TEXTS) if choose.random() < 0.4 else value for column, value in choose.choice(rows).items()}
    odd["name_participant"] = "Cizí"
    if odd["id_order"].startswith("500"):
        odd["id_order"] = "9001"
    place = choose.randrange(ROWS + 1)
    return Mutation("another row of odd values", export(*rows[:place], odd, *rows[place:]), frozenset(range(ROWS)))


def _row_cut(choose):
    """Gives a row too few or too many fields."""
    lines = _lines()
    number = choose.randrange(ROWS)
    fields = lines[number + 1].rstrip(NEWLINE).split(TAB)
    more = choose.random() < 0.5
    fields = fields + [b"x"] * choose.choice([1, 5, 5000]) if more else fields[: choose.randrange(len(fields))]
    lines[number + 1] = TAB.join(fields) + NEWLINE
    return Mutation("a row too long" if more else "a row too short", b"".join(lines), frozenset(range(ROWS)) - {number})


def _columns(choose):
    """Reorders, doubles, adds, renames or drops columns."""
    columns = list(COLUMNS)
    how = choose.choice(["reordered", "added", "doubled", "dropped", "renamed"])
    if how == "reordered":
        choose.shuffle(columns)
    elif how == "added":
        columns.insert(choose.randrange(len(columns)), choose.choice(["extra", "", "x" * 500, "poznámka"]))
    elif how == "doubled":
        columns.insert(choose.randrange(len(columns)), choose.choice(COLUMNS))
    else:
        column = choose.choice(columns)
        suffix = choose.choice([" ", "\u00a0", "_", "X"]) if how == "renamed" else ""
        all_there = column in UNUSED or (how == "renamed" and suffix.isspace())
        return Mutation(f"columns {how}", _with_column(column, column + suffix if suffix else None), *_rows_if(all_there))
    return Mutation(f"columns {how}", export(*good_rows(), columns=columns), *_rows_if(True))


def _with_column(column, name):
    """The good export with one column under another name, or without it."""
    lines = [line.split("\t") for line in good_export().decode().split("\n")[:-1]]
    place = COLUMNS.index(column)
    if name is None:
        for fields in lines:
            del fields[place]
    else:
        lines[0][place] = name
    return "\n".join("\t".join(fields) for fields in [*lines, [""]]).encode()


def _rows_if(all_there):
    """What a mutation of all rows or of none touched."""
    return (frozenset(range(ROWS)) if all_there else frozenset()), all_there


def _encoding(choose):
    """Writes the export in another encoding, or with another mark or line end."""
    text = good_export().decode()
    name = choose.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1250", "cp852", "iso8859-2", "utf-7", "crlf", "cr", "nfd"])
    if name == "crlf":
        return Mutation("CRLF", text.replace("\n", "\r\n").encode(), frozenset(range(ROWS)))
    if name == "cr":
        return Mutation("CR", text.replace("\n", "\r").encode(), header_is_whole=False)
    if name == "nfd":
        return Mutation("NFD", normalize("NFD", text).encode(), frozenset(range(ROWS)))
    return Mutation(name, text.encode(name, errors="replace"), *_rows_if(name == "utf-8-sig"))


def _cut(choose):
    """Ends the file too early, or begins it too late: an upload that broke off."""
    content = good_export()
    place = choose.randrange(len(content))
    if choose.random() < 0.3:
        return Mutation("its beginning is missing", content[place:], header_is_whole=False)
    whole = content[:place].count(NEWLINE) - 1
    return Mutation("its end is missing", content[:place], frozenset(range(max(whole, 0))), header_is_whole=whole >= 0)


def _order_of_lines(choose):
    """Shuffles, doubles or blanks lines."""
    header, *lines = _lines()
    how = choose.choice(["shuffled", "doubled", "blank lines between", "an export after another"])
    if how == "shuffled":
        choose.shuffle(lines)
    elif how == "doubled":
        lines *= 2
    elif how == "blank lines between":
        lines = [part for line in lines for part in (line, choose.choice([b"\n", b"\r\n", b"  \n", b"\t\n"]))]
    else:
        lines = [*lines, b"\xef\xbb\xbf" + header, *lines]
    return Mutation(how, header + b"".join(lines), frozenset(range(ROWS)))


def _something_else(choose):
    """Not an export at all."""
    noise = bytes(choose.randrange(256) for _ in range(choose.choice([0, 1, 40, 4000])))
    page, archive, backwards = b"<!doctype html><h1>500</h1>", b"PK\x03\x04" + noise, good_export()[::-1]
    content = choose.choice([noise, page, archive, backwards, b"{}", b"\n" * 5000, b"\x00" * 5000, b"\t" * 5000])
    return Mutation("something else", content, header_is_whole=False)


MUTATORS = [
    *[_bytes_of_a_row] * 5,
    *[_value] * 6,
    *[_another_row] * 3,
    _bytes_of_the_header,
    _row_cut,
    _columns,
    _encoding,
    _cut,
    _order_of_lines,
    _something_else,
]
