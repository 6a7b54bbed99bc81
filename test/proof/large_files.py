"""Files as large as an upload may be, each the worst of its kind for whoever has to read it."""

from itertools import count

from aws import NOW
from season import HEADER, export

LIMIT = 64 * 1024 * 1024
"""Bytes of an export above which it is not read."""

ALMOST = LIMIT - 1024
INSTRUCTOR_LIMIT = 256 * 1024
USED = (
    "id_order\tlocation_meeting\tlevel\tgroup_size\tlanguage\tname_sponsor\tname_participant\tdate_lesson\ttimestamp_start_lesson"
    "\ttimestamp_end_lesson\tbooking_id"
)
DAY = "27.12.2026\t2026-12-27T09:00Z\t2026-12-27T10:00Z"
LESSON = "S\ta\tprivát\tcz"


def filled(header, row, size=ALMOST):
    """A file of one header and as many rows as fit; ``row`` makes the text of row number n."""
    parts, length = [header.encode()], len(header)
    for number in count(1):
        line = f"\n{row(number)}".encode()
        length += len(line)
        if length > size:
            return b"".join([*parts, b"\n"])
        parts.append(line)


def date(number):
    """A day of its own for each number."""
    day = (NOW.date().toordinal() + number) % 900_000 + 730_000
    return type(NOW.date()).fromordinal(day)


def day_of_its_own(number):
    day = date(number)
    return f"{number}\t{LESSON}\tN\tP\t{day:%d.%m.%Y}\t{day}T09:00Z\t{day}T10:00Z\t"


def junk(number):
    return "\t".join(f"{number}{column}" for column in range(11))


EXPORTS = {
    "a season of 100,000 rows": lambda: export(100_000),
    "a season that fills the limit": lambda: filled(*_season()),
    "rows that are all one lesson": lambda: filled(USED, lambda n: f"{n}\tS\ta\tvelká skupina\tcz\tNovák Petr\tP{n}\t{DAY}\t{n:036}"),
    "rows of a lesson each": lambda: filled(USED, lambda n: f"{n}\t{LESSON}\tN{n}\tP{n}\t{DAY}\t{n:036}"),
    "rows of a day each": lambda: filled(USED, day_of_its_own),
    "rows that are all superseded but one": lambda: filled(USED, lambda n: f"{n}\t{LESSON}\tN\tP\t{DAY}\t"),
    "rows of nothing twice": lambda: filled(f"{USED}\n1\t{LESSON}\tN\tP\t{DAY}\t", junk),
    "rows of long and wide texts": lambda: filled(USED, lambda n: f"{n}\tS\ta\tprivát\tcz\tN\t{n}🎿{'x' * 20_000}\t{DAY}\t"),
    "line ends": lambda: b"\n" * 50_000_000,
    "spaces": lambda: b" " * 50_000_000,
    "zero bytes": lambda: bytes(50_000_000),
    "tabs": lambda: b"\t" * 50_000_000,
    "a header and line ends": lambda: USED.encode() + b"\n" * 50_000_000,
    "a header and tabs": lambda: USED.encode() + b"\n" + b"\t" * 50_000_000,
    "a header and bytes that are no UTF-8": lambda: USED.encode() + b"\n" + b"\xff" * 50_000_000,
    "more than the limit": lambda: b"x" * (LIMIT + 1),
}

INSTRUCTORS = {
    "as many profiles as fit": lambda: b"{" + b",".join(b'"%x":{"name":"N"}' % n for n in range(12_000)) + b"}",
    "one array in another": lambda: b"[" * INSTRUCTOR_LIMIT,
    "one object in another": lambda: b'{"a":' * (INSTRUCTOR_LIMIT // 5),
    "a number of many digits": lambda: b'{"a":' + b"9" * 200_000 + b"}",
    "one long text": lambda: b'{"a":"' + b"x" * 250_000 + b'"}',
    "spaces": lambda: b" " * 50_000_000,
}


def _season():
    lines = export(100_000).decode().split("\n")[1:-1]
    return HEADER, lambda n: f"{n}\t{lines[n % len(lines)].split(chr(9), 1)[1]}"
