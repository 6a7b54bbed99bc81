"""Files as large as an upload may be, each the worst of its kind for whoever has to read it."""

from itertools import count

from aws import NOW
from scheduler.orders import MAX_LINES
from season import export

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


def crowd(number):
    return f"{number}\tS\ta\tvelká skupina\tcz\tNovák Petr\tP{number}\t{DAY}\t{number:036}"


def lesson_of_its_own(number):
    return f"{number}\t{LESSON}\tN{number}\tP{number}\t{DAY}\t{number:036}"


def lesson_of_few_texts(number):
    """Groups of each start, level and place: hundreds of thousands of lessons, of a few hundred texts."""
    start, place, level = number % 480, number // 480 % 60, number // 28_800
    hour, minute = 8 + start // 60, start % 60
    times = f"2026-12-27T{hour:02}:{minute:02}Z\t2026-12-27T{hour + 1:02}:{minute:02}Z"
    return f"1\tS{place}\ta{level}\tvelká skupina\tcz\tN\tP\t27.12.2026\t{times}\t"


def lessons_and_a_crowd():
    """As many lessons as a file may have; the last is so large that the file is rejected only after all were made."""
    rows = [lesson_of_few_texts(number) for number in range(MAX_LINES - 8_000)]
    return "\n".join([USED, *rows, *(crowd(number) for number in range(7_000))]).encode()


EXPORTS = {
    "a season of 100,000 rows": lambda: export(100_000),
    "people of one lesson": lambda: filled(USED, crowd),
    "people of lessons of their own": lambda: filled(USED, lesson_of_its_own),
    "as many lessons as a file may have": lessons_and_a_crowd,
    "more lessons than a file may have": lambda: filled(USED, lesson_of_few_texts),
    "days": lambda: filled(USED, day_of_its_own),
    "as many days as lines": lambda: filled(USED, day_of_its_own, size=MAX_LINES * 60),
    "rows that are all superseded but one": lambda: filled(USED, lambda n: f"{n}\t{LESSON}\tN\tP\t{DAY}\t"),
    "rows of nothing twice": lambda: filled(f"{USED}\n1\t{LESSON}\tN\tP\t{DAY}\t", junk),
    "long and wide texts": lambda: filled(USED, lambda n: f"{n}\tS\ta\tprivát\tcz\tN\t{n}🎿{'x' * 20_000}\t{DAY}\t"),
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
