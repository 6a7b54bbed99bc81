"""Runs at the same time end in the state of the newest upload of each kind."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from exports import export, row

PROFILES = {"jana": {"name": "Jana"}, "petr": {"name": "Petr"}}


def at_once(school, records):
    """Process each record in a thread of its own; what Lambda would try again is tried again."""

    def deliver(event):
        for _ in range(5):
            try:
                return school.run(event)[0]
            except Exception as error:
                last = error
        raise last

    with ThreadPoolExecutor(len(records)) as pool:
        return list(pool.map(deliver, records))


def variant(number):
    """An export that differs from the others in every way: days of its own, common days changed, a day only some have."""
    rows = [row(day="2026-12-27", id_order="1", level=f"level {number}"), row(day=f"2027-01-{number + 10}", id_order=str(number))]
    if number % 2:
        rows.append(row(day="2026-12-28", id_order="7"))
    return export(*rows)


def lessons(school):
    return {key: document["lessons"] for key, document in school.documents().items() if key != "data/schedule.json"}


@pytest.mark.parametrize("seed", range(4))
def test_eight_exports_at_once_end_in_the_newest(clients, school, seed):
    records = [school.put(f"orders/{number}.tsv", variant(number)) for number in range(8)]
    alone = type(school)(*clients)
    alone.upload("orders/7.tsv", variant(7))
    expected = lessons(alone)

    shuffled = Random(seed).sample(records, len(records))
    answers = at_once(school, shuffled)
    assert {answer["outcome"] for answer in answers} <= {"accepted", "stale"}
    published = lessons(school)
    assert {key: value for key, value in published.items() if value} == expected
    index = school.index()
    assert index["orders"]["key"] == "orders/7.tsv"
    for day in index["days"]:
        document = school.document(day["path"])
        assert (document["revision"], len(document["lessons"])) == (day["revision"], day["lessons"])
