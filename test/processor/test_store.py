"""The table's locks, on the embedded AWS."""

import json
from datetime import timedelta

import pytest

from aws import NOW, School
from exports import export, row
from scheduler.days import ExportDay, Profiles, StoredDay, plan_day
from scheduler.errors import ContentionError, LockLostError
from scheduler.export import make_export
from scheduler.instructors import Assignment
from scheduler.items import ORDERS_SOURCE, PROFILES_SOURCE, Source, roster_item
from scheduler.orders import read_orders
from scheduler.store import ATTEMPTS, ROOM, TORN_AFTER, Guard, Store
from scheduler.times import Calendar
from scheduler.transactions import packed
from scheduler.uploads import Upload

DATE = "2026-12-27"


@pytest.fixture
def store(school):
    return Store(school.dynamodb, school.table, wait=lambda attempt: None)


@pytest.fixture
def calendar(school):
    return Calendar(school.settings().zone, 30, NOW)


def source(number, **content):
    return Source(Upload("b", f"orders/{number}.tsv", "e", 1, f"2026-12-20T05:00:0{number}.000Z", "A"), (DATE,), **content)


def write(store, calendar, stored, *rows, guards=()):
    read, _ = read_orders(export(*rows).splitlines(keepends=True), calendar.zone)
    export_day = make_export(read, calendar).day(DATE)
    for work in packed([plan_day(stored, Profiles(), calendar, export=export_day)], ROOM):
        store.write(work, guards)


def test_a_day_is_read_as_it_was_written(store, calendar):
    write(store, calendar, StoredDay(DATE), row(), row(id_order="2", name_participant="", language="pl"))
    day = store.day(DATE)
    assert day.is_whole()
    assert (day.meta.revision, day.meta.lessons, len(day.of_kind("LESSON#"))) == (1, 2, 2)


def test_no_transaction_comes_near_to_what_dynamodb_takes(calendar):
    """It takes 4 MB; its own form of an item may be twice as long as its JSON."""
    [small] = make_export(read_orders(export(row()).splitlines(keepends=True), calendar.zone)[0], calendar).day(DATE).lessons
    large = [small._replace(id=f"{number:012}", level="x" * 300_000) for number in range(12)]
    plan = plan_day(StoredDay(DATE), Profiles(), calendar, export=ExportDay(large))
    sizes = [len(json.dumps([step.puts for step in steps])) for work in packed([plan], ROOM) for steps in work.transactions]
    assert sum(sizes) > 3_000_000
    assert max(sizes) < 2_000_000


def test_of_two_who_read_a_day_only_one_may_write_it(store, calendar):
    write(store, calendar, StoredDay(DATE), row())
    stored = store.day(DATE)
    write(store, calendar, stored, row(level="first"))
    with pytest.raises(LockLostError) as caught:
        write(store, calendar, stored, row(level="second"))
    assert caught.value.what == {DATE}
    assert store.day(DATE).of_kind("LESSON#")[0]["level"] == "first"


def test_a_change_that_no_document_shows_takes_the_lock_too(store, calendar):
    write(store, calendar, StoredDay(DATE), row())
    stored = store.day(DATE)
    roster = roster_item(DATE, source(1).upload, [Assignment("jana")], calendar.expires_at(DATE))
    for work in packed([plan_day(stored, Profiles(), calendar, roster=roster)], ROOM):
        store.write(work, [])
    assert store.day(DATE).meta.revision == stored.meta.revision
    with pytest.raises(LockLostError):
        write(store, calendar, stored, row(level="second"))
    assert store.day(DATE).roster == roster


def test_of_two_who_found_no_day_only_one_may_write_it(store, calendar):
    write(store, calendar, StoredDay(DATE), row(level="first"))
    with pytest.raises(LockLostError):
        write(store, calendar, StoredDay(DATE), row(level="second"))


def test_a_large_day_is_locked_in_each_of_its_steps(store, calendar):
    crowd = [row(id_order=str(number), name_participant=f"P{number}") for number in range(150)]
    write(store, calendar, StoredDay(DATE), *crowd)
    stored = store.day(DATE)
    write(store, calendar, stored, row())
    with pytest.raises(LockLostError):
        write(store, calendar, stored, *crowd[:20])
    assert len(store.day(DATE).of_kind("LESSON#")) == 1


@pytest.mark.parametrize("pk", [ORDERS_SOURCE, PROFILES_SOURCE])
def test_a_day_is_only_written_while_the_files_it_comes_from_are_in_force(store, calendar, pk):
    store.put_in_force(pk, source(1), None)
    write(store, calendar, StoredDay(DATE), row(), guards=[Guard(pk, source(1))])
    for outdated in (None, source(2)):
        with pytest.raises(LockLostError) as caught:
            write(store, calendar, store.day(DATE), row(level="x"), guards=[Guard(pk, outdated)])
        assert caught.value.what == {pk}


def test_a_file_is_put_in_force_only_instead_of_the_one_that_was_seen(store):
    store.put_in_force(ORDERS_SOURCE, source(1), None)
    store.put_in_force(ORDERS_SOURCE, source(2), source(1))
    for outdated in (None, source(1)):
        with pytest.raises(LockLostError):
            store.put_in_force(ORDERS_SOURCE, source(3), outdated)
    assert store.sources().orders == source(2)


def test_half_of_another_runs_write_is_never_taken_for_a_day(school, store, calendar):
    """A query may see some items of a transaction and not others: what META says does not fit then."""
    write(store, calendar, StoredDay(DATE), row(), row(id_order="2", name_participant="Eva"))
    key = next(key for key in school.items() if key[1].startswith("LESSON#"))
    lesson = school.items()[key]
    school.replace(key, None)
    waited = []

    def commit(attempt):
        waited.append(attempt)
        school.replace(key, lesson)

    assert len(Store(school.dynamodb, school.table, wait=commit).day(DATE).of_kind("LESSON#")) == 2
    assert waited == [0]


def test_a_day_that_stays_half_is_torn_and_not_waited_for_any_longer(school, store, calendar):
    write(store, calendar, StoredDay(DATE), row())
    key = next(key for key in school.items() if key[1].startswith("LESSON#"))
    school.replace(key, None)
    waited = []
    day = Store(school.dynamodb, school.table, wait=waited.append).day(DATE)
    assert (day.is_torn, day.meta.lessons, day.items, len(waited)) == (True, 1, {}, TORN_AFTER - 1)


def test_a_day_that_never_stays_as_it_is_is_given_up_in_the_end(school, store, calendar):
    write(store, calendar, StoredDay(DATE), row())
    key = next(key for key in school.items() if key[1].startswith("LESSON#"))
    lesson = school.items()[key]
    waited = []

    def change(attempt):
        waited.append(attempt)
        school.replace(key, lesson | {"level": str(attempt)})

    change(0)
    with pytest.raises(ContentionError):
        Store(school.dynamodb, school.table, wait=change).day(DATE)
    assert len(waited) == ATTEMPTS + 1


def test_more_days_than_one_request_reads(clients):
    school = School(*clients)
    days = [(NOW + timedelta(number)).date().isoformat() for number in range(250)]
    school.upload("orders/a.tsv", export(*(row(day=day, id_order=str(number)) for number, day in enumerate(days))))
    assert sorted(Store(school.dynamodb, school.table).metas(days)) == days
