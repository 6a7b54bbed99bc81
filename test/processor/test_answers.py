"""A run's answer adds up, whatever other runs did between."""

import json

import pytest

from exports import export, row
from faults import meanwhile
from scheduler.schedule import INDEX_KEY

DAYS = ("2026-12-27", "2026-12-28", "2026-12-29")


def season(level="lyže začátečník", days=DAYS):
    return export(*(row(day=day, id_order=number, level=level) for number, day in enumerate(days, 1)))


def test_the_days_are_counted_once_though_another_run_wrote_the_index_first(school):
    school.upload("orders/a.tsv", season())
    late, newer = school.put("orders/b.tsv", season("old")), school.put("orders/c.tsv", season("new", DAYS[:1]))
    with meanwhile(school.s3, "s3.PutObject", lambda: school.run(newer), lambda params: params["Key"] == INDEX_KEY):
        [answer] = school.run(late)
    assert (answer["outcome"], answer["days_changed"], answer["days_unchanged"]) == ("accepted", 3, 0)
    assert [day["lessons"] for day in school.index()["days"]] == [1, 0, 0]


def test_what_was_written_before_a_newer_export_came_into_force_is_counted(school, monkeypatch):
    # Each day goes in a transaction of its own, as those of a larger school do.
    monkeypatch.setattr("scheduler.refresh.ROOM", 3)
    late, newer = school.put("orders/a.tsv", season()), school.put("orders/b.tsv", season("new"))
    written = []

    def overtake():
        written.append(len(school.items()))
        school.run(newer)

    def a_day_is_written(_):
        return any(key[1] == "META" for key in school.items())

    with meanwhile(school.dynamodb, "dynamodb.TransactWriteItems", overtake, a_day_is_written):
        [answer] = school.run(late)
    assert answer["outcome"] == "stale"
    assert answer["items_written"] == written[0] > 0


@pytest.mark.parametrize("days", [["x"], ["2026-02-30"], [20261227], [None]])
def test_an_index_that_names_no_days_is_replaced_by_the_next_run(school, days):
    school.upload("orders/a.tsv", season())
    entry = {"path": "data/days/x.json", "revision": 1, "lessons": 1, "participants": 1}
    index = school.index() | {"days": [entry | {"date": day} for day in days]}
    school.s3.put_object(Bucket=school.website, Key=INDEX_KEY, Body=json.dumps(index).encode())
    assert school.upload("orders/b.tsv", season("new"))["outcome"] == "accepted"
    assert [day["date"] for day in school.index()["days"]] == list(DAYS)


@pytest.mark.parametrize("odd", [{"orders": {"key": "x"}}, {"orders": 7}, {"generated_at": "2026-12-20T05:00:00+00:00"}], ids=str)
def test_an_index_of_which_a_part_is_odd_is_replaced_by_the_next_run(school, odd):
    """The table may know no export by which to say it better: a run that put it back would be refused."""
    school.upload("orders/a.tsv", season())
    for key in school.items():
        school.replace(key, None)
    index = school.index()
    school.s3.put_object(Bucket=school.website, Key=INDEX_KEY, Body=json.dumps(index | odd).encode())
    assert school.upload("instructors/profiles.json", {"jana": {"name": "Jana"}})["outcome"] == "accepted"
    found = school.index()
    assert (found["orders"], found["days"]) == (None if "orders" in odd else index["orders"], index["days"])


@pytest.mark.parametrize("reason", ["too_many_days", "too_large", "lesson_too_large"])
def test_an_export_that_is_too_much_is_rejected_with_the_counts_of_its_rows(school, monkeypatch, reason):
    limit = {"too_many_days": ("export.MAX_DAYS", 2), "too_large": ("orders.MAX_LINES", 2), "lesson_too_large": ("days.MAX_ITEM_BYTES", 10)}
    monkeypatch.setattr(f"scheduler.{limit[reason][0]}", limit[reason][1])
    answer = school.upload("orders/a.tsv", season())
    assert answer["outcome"] == "rejected"
    assert answer["rows"]["total"] > 0, answer
