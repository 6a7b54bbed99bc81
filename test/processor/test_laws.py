"""What holds for every export, roster and history of uploads."""

import json
from collections import Counter
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aws import NOW, School
from exports import COLUMNS, export, row
from scheduler.days import ExportDay, Profiles, StoredDay, plan_day
from scheduler.errors import FileRejectedError
from scheduler.export import make_export
from scheduler.instructors import Profile, read_profiles, read_roster
from scheduler.items import ROSTER, Meta, roster_item
from scheduler.lessons import group_rows, make_lessons
from scheduler.orders import read_orders
from scheduler.privacy import abbreviate_sponsor
from scheduler.times import Calendar
from scheduler.transactions import MAX_BYTES, packed
from scheduler.uploads import Upload
from test_at_once import check_index, end_state

PRAGUE = ZoneInfo("Europe/Prague")
CALENDAR = Calendar(PRAGUE, 30, NOW)
DATE = "2026-12-27"

levels = st.sampled_from(["lyže začátečník", "snowboard", "běžky"])
places = st.sampled_from(["Stone bar", "Rýžoviště"])


@st.composite
def season_rows(draw, days=("2026-12-27", "2026-12-28")):
    """A row of a small school, so that people meet, repeat and overlap; what is written of a lesson or a person does not vary by row."""
    order = draw(st.integers(1, 6))
    kind = draw(st.sampled_from(["privát", "malá skupina", "velká skupina", "kurz"]))
    name = draw(st.sampled_from(["", "Anna", "Anna Kos", "Anna Malá", "Eva"]))
    start, end = draw(st.sampled_from([("09:00", "10:50"), ("10:00", "11:00"), ("13:00", "14:50")]))
    fixed = {} if "skupina" in kind else {"level": f"level {order}", "location_meeting": f"place {order}"}
    return row(
        day=draw(st.sampled_from(days)),
        start=start,
        end=end,
        id_order=order,
        group_size=kind,
        name_participant=name,
        name_sponsor=draw(st.sampled_from(["Novák Petr", "Nový Pepa", "Malý"])),
        age_participant=draw(st.sampled_from(["", "7", "9"])),
        language="pl" if "Eva" in name else "cz",
        booking_id=f"b{order}" if order % 2 else "",
        **({"level": draw(levels), "location_meeting": draw(places)} | fixed),
    )


exports = st.lists(season_rows(), min_size=1, max_size=12)
broken_rows = st.fixed_dictionaries(
    {
        column: st.one_of(st.just(row()[column]), st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=8))
        for column in COLUMNS
    }
)


def read(content):
    return read_orders(BytesIO(content), PRAGUE)


@given(exports, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    (first, report), (second, other) = read(export(*rows)), read(export(*shuffled))
    assert report == other
    assert make_export(first, CALENDAR).hashes == make_export(second, CALENDAR).hashes


@given(st.lists(st.one_of(season_rows(), broken_rows), min_size=1, max_size=12))
def test_every_row_is_rejected_superseded_or_in_exactly_one_lesson(rows):
    try:
        kept, report = read(export(*rows))
    except FileRejectedError as rejection:
        assert rejection.rows.valid == 0
        assert rejection.rows.rejected.total() == len(rows)
        return
    assert report.total == len(rows) == report.valid + report.rejected.total()
    groups = group_rows(kept)
    grouped = Counter(id(found) for group in groups.values() for found in group)
    assert set(grouped) == {id(found) for found in kept}
    assert set(grouped.values()) <= {1}
    assert report.valid == len(kept) + report.superseded


@given(exports)
def test_nothing_is_published_that_a_row_did_not_say(rows):
    kept, _ = read(export(*rows))
    groups = group_rows(kept)
    for group, lesson in zip(groups.values(), make_lessons(groups), strict=True):
        assert {(found.start, found.level, found.location) for found in group} == {(lesson.start, lesson.level, lesson.location)}
        assert lesson.end in {found.end for found in group}
        said = {(abbreviate_sponsor(found.sponsor), found.language, found.name.split()[0] if found.name else None) for found in group}
        shown = {(person.sponsor, person.language, person.name.split()[0] if person.name else None) for person in lesson.participants}
        assert shown == said
        assert len(lesson.participants) <= len(group)


def apply(stored, plan):
    """The day after a plan was written."""
    items = {key: item for key, item in stored.items.items() if key not in plan.deletes}
    items |= {item["SK"]: item for item in plan.puts}
    return StoredDay(stored.date, Meta.of(plan.after.item()), items)


def planned(stored, rows, profiles=None):
    day = make_export(read(export(*rows))[0], CALENDAR).day(DATE) if rows else ExportDay()
    return plan_day(stored, profiles or Profiles(), CALENDAR, export=day)


@given(exports, exports)
def test_planning_twice_changes_nothing_and_a_day_forgets_what_was_before(first, second):
    once = apply(StoredDay(DATE), planned(StoredDay(DATE), first))
    assert once.is_whole()
    assert planned(once, first).is_empty
    after = apply(once, planned(once, second))
    assert after.items == apply(StoredDay(DATE), planned(StoredDay(DATE), second)).items
    assert after.meta.revision - once.meta.revision == (after.meta.content_hash != once.meta.content_hash)


@given(exports, st.lists(st.integers(1, 6), max_size=3))
def test_a_roster_and_an_export_commute(rows, bookings):
    profiles = Profiles("p", {"jana": Profile("jana", "Jana", None, ("cs",))})
    given_to_jana = {"instructor_id": "jana", "booking_ids": [f"b{number}" for number in bookings]}
    assignments = read_roster(json.dumps({"date": DATE, "assignments": [given_to_jana]}).encode(), DATE, {"jana"})
    roster = roster_item(DATE, Upload("b", "k", "e", 1, "2026-12-20T05:00:00.000Z", "A"), assignments, CALENDAR.expires_at(DATE))

    empty = StoredDay(DATE)
    export_first = apply(empty, planned(empty, rows, profiles))
    export_first = apply(export_first, plan_day(export_first, profiles, CALENDAR, roster=roster))
    roster_first = apply(empty, plan_day(empty, profiles, CALENDAR, roster=roster))
    roster_first = apply(roster_first, planned(roster_first, rows, profiles))
    assert export_first.items == roster_first.items
    assert export_first.items[ROSTER] == roster
    assert export_first.meta.content_hash == roster_first.meta.content_hash


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), st.integers(3, 20))
def test_transactions_hold_every_write_once_and_are_never_too_large(sizes, room):
    plans = []
    for number, size in enumerate(sizes):
        stored = StoredDay(f"2026-12-{number + 10}")
        rows = [row(day=stored.date, id_order=order, name_participant=f"P{order}") for order in range(1, size + 1)]
        plans.append(plan_day(stored, Profiles(), CALENDAR, export=make_export(read(export(*rows, row()))[0], CALENDAR).day(stored.date)))
    works = list(packed(plans, room))
    assert [plan for work in works for plan in work.plans] == plans
    written = Counter()
    for work in works:
        for transaction in work.transactions:
            assert sum(step.actions for step in transaction) <= room
            assert sum(step.bytes for step in transaction) <= MAX_BYTES
            written.update((item["PK"], item["SK"]) for step in transaction for item in step.puts)
        assert {step.after for step in work.transactions[-1]} == {plan.after for plan in work.plans}
    assert written == Counter((item["PK"], item["SK"]) for plan in plans for item in plan.puts)


@settings(max_examples=300)
@given(exports, st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=4), st.integers(0, 40)), min_size=1, max_size=5))
def test_a_mutilated_export_is_rejected_or_read_and_never_breaks(rows, cuts):
    content = export(*rows)
    for place, put, removed in cuts:
        place %= len(content) + 1
        content = content[:place] + put + content[place + removed :]
    try:
        kept, report = read(content)
    except FileRejectedError as rejection:
        assert rejection.reason
        return
    lessons = make_lessons(group_rows(kept))
    assert report.total == report.valid + report.rejected.total()
    assert sum(len(lesson.participants) for lesson in lessons) <= len(kept)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=60), json_values.map(lambda value: json.dumps(value).encode())), json_values)
def test_instructor_files_are_read_or_rejected_and_never_break(content, value):
    entries = [{"instructor_id": "jana", "booking_ids": value, "time_slots": value}, value]
    roster = json.dumps({"date": DATE, "assignments": entries}).encode()
    for read_it in (
        lambda: read_profiles(content),
        lambda: read_roster(content, DATE, {"jana"}),
        lambda: read_roster(roster, DATE, {"jana"}),
    ):
        try:
            read_it()
        except FileRejectedError as rejection:
            assert rejection.reason


uploads = st.one_of(
    st.tuples(st.just("orders/a.tsv"), exports.map(lambda rows: export(*rows))),
    st.tuples(st.just("orders/b.tsv"), st.just(b"<html>")),
    st.tuples(
        st.just("instructors/profiles.json"),
        st.sampled_from([{"jana": {"name": "Jana"}}, {"jana": {"name": "Johana"}}, {"petr": {"name": "Petr"}}]),
    ),
    st.tuples(
        st.just(f"instructors/roster-{DATE}.json"),
        st.lists(st.integers(1, 6), max_size=2).map(
            lambda numbers: {"date": DATE, "assignments": [{"instructor_id": "jana", "booking_ids": [f"b{number}" for number in numbers]}]}
        ),
    ),
)


def without_rejected(state):
    items, documents, orders = state
    return {key: item for key, item in items.items() if key[0] != "REJECTED"}, documents, orders


@pytest.mark.every_step
def test_any_interleaving_of_uploads_ends_in_the_newest_of_each_kind(clients):
    @settings(max_examples=15)
    @given(st.lists(uploads, min_size=2, max_size=6), st.randoms(use_true_random=False))
    def law(history, random):
        history = [("instructors/profiles.json", {"jana": {"name": "Jana"}}), *history]
        history = [(key.replace("a.tsv", f"{place}.tsv"), content) for place, (key, content) in enumerate(history)]
        school, alone = School(*clients), School(*clients)
        events = [school.put(*upload) for upload in history]
        for event in random.sample(events, len(events)) + random.sample(events, 1):
            school.run(event)

        newest = {}
        for place, (key, content) in enumerate(history):
            if content != b"<html>":
                newest[key.split("/")[0] if key.startswith("orders") else key] = (place, key, content)
        # Jana has been in force, so the newest roster may name her, though the newest profiles know her no more.
        alone.upload(*history[0])
        for place, key, content in newest.values():
            alone.uploads = place
            alone.upload(key, content)
        assert without_rejected(end_state(school)) == without_rejected(end_state(alone))
        if school.published():
            check_index(school)

    law()
