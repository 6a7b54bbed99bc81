"""A synthetic season: order exports of any size, the same for the same size. Every name in it is made up."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

DAYS = 60
FIRST_DAY = date(2026, 12, 20)
HEADER = (
    "id_order\tdate_order\tcontact_sales\tlocation_meeting\tseason\tlevel\tgroup_size\tparticipants\tlanguage\tname_sponsor\t"
    "name_participant\tage_participant\tdate_lesson\ttimestamp_start_lesson\ttimestamp_end_lesson\tprice_currency\t"
    "price_discount_percent\tprice_without_vat\tprice_to_pay\tnote\tbooking_id"
)
STARTS = ["09:00", "11:00", "13:00", "14:30"] * 6 + ["08:40"]
ENDS = {"08:40": "10:30", "09:00": "10:50", "11:00": "12:50", "13:00": "14:50", "14:30": "16:20"}
LEVELS = ["lyže začátečník", "lyže pokročilý", "dětská školka", "snowboard začátečník", "snowboard pokročilý", "běžky začátečník"]
PLACES = ["Rýžoviště", "Stone bar"]
SYLLABLES = ["na", "re", "ko", "mi", "ža", "ru", "te", "lo", "ši", "va", "do", "pe", "ně", "bu", "cy"]


def export(rows: int, seed: int = 1) -> bytes:
    """Make an export of ``rows`` rows over 60 days: two thirds private, a quarter with a booking id."""
    return "\n".join([HEADER, *_rows(rows, random.Random(seed)), ""]).encode()


def one_lesson(people: int) -> bytes:
    """Make an export of one large group lesson that ``people`` people take."""
    choose = random.Random(people)
    row = _row(1, FIRST_DAY, "09:00", LEVELS[0], "velká skupina", PLACES[0])
    return "\n".join([HEADER, *(row % (_name(choose), _name(choose, 1), _booking(choose)) for _ in range(people)), ""]).encode()


def _rows(count: int, choose: random.Random) -> Iterator[str]:
    made = order = 0
    while made < count:
        order += 1
        kind = choose.choices(["privát", "malá skupina", "velká skupina"], [66, 24, 10])[0]
        row = _row(
            order, FIRST_DAY + timedelta(choose.randrange(DAYS)), choose.choice(STARTS), choose.choice(LEVELS), kind, choose.choice(PLACES)
        )
        sponsor, booking = _name(choose), _booking(choose)
        for _ in range(min(choose.choice([1, 2, 2, 3, 4]), count - made)):
            made += 1
            yield row % (sponsor, _name(choose, 1), booking)


def _row(order: int, day: date, start: str, level: str, kind: str, place: str) -> str:
    moment, end = f"{day}T{start}:00+01:00", f"{day}T{ENDS[start]}:00+01:00"
    return (
        f"{order}\t2026-11-29\tOffice\t{place}\t26/27\t{level}\t{kind}\t2\tcz\t%s\t%s\t9\t{day:%d.%m.%Y}\t{moment}\t{end}"
        "\tCZK\t0\t2000.00\t2420.00\t+420 000 000 000\t%s"
    )


def _name(choose: random.Random, words: int = 2) -> str:
    return " ".join("".join(choose.choices(SYLLABLES, k=3)).capitalize() for _ in range(words))


def _booking(choose: random.Random) -> str:
    return f"{choose.getrandbits(128):032x}" if choose.random() < 0.25 else ""
