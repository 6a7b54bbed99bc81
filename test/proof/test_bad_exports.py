"""Whatever is uploaded as an export: no run fails, no valid row is lost that was not touched, and nothing broken is published."""

import json
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from aws import NOW, School
from export_mutations import good_export, good_rows, mutated_export
from plain_reading import trusted_rows
from scheduler.days import Profiles, StoredDay, plan_day
from scheduler.errors import FileRejectedError
from scheduler.export import make_export
from scheduler.orders import read_orders
from scheduler.schedule import day_document, encode
from scheduler.times import Calendar, parse_instant, utc
from scheduler.wire import to_wire
from state import every_byte

ZONE = ZoneInfo("Europe/Prague")
EXPORTS, SHORT_EXPORTS = range(10_000), range(400)
STORED_EVERY = 8
"""Every eighth mutation goes the whole way, through the buckets and the table; the others from the bytes to the documents."""

TYPES = {"privát": "private", "malá skupina": "small-group", "velká skupina": "large-group"}


@dataclass
class Result:
    """What became of an upload.

    Attributes:
        code: Why it was rejected; None where it was accepted.
        documents: The days' documents, where it was accepted.
    """

    code: str | None
    documents: dict = field(default_factory=dict)


class InMemory:
    """The way of an export from its bytes to items and documents, without AWS."""

    calendar = Calendar(ZONE, 30, NOW)

    def __call__(self, content):
        try:
            rows, _ = read_orders(BytesIO(content), ZONE)
            export = make_export(rows, self.calendar)
        except FileRejectedError as rejection:
            return Result(rejection.code)
        documents = {}
        for date, day in export.days.items():
            plan = plan_day(StoredDay(date), Profiles(), self.calendar, export=day)
            assert all(to_wire(item) for item in plan.puts)
            if self.calendar.is_published(date):
                documents[date] = json.loads(encode(day_document(date, ZONE.key, 1, plan.after.generated_at, plan.lessons)))
        return Result(None, documents)


class Stored:
    """The whole way, through a function with its buckets and its table."""

    def __init__(self, school):
        self.school = school

    def __call__(self, content):
        before = every_byte(self.school)
        answer = self.school.upload("orders/mutated.tsv", content)
        if answer["outcome"] == "rejected":
            items, documents = every_byte(self.school)
            [new] = items.keys() - before[0].keys()
            assert new[0] == "REJECTED"
            code = items.pop(new)["code"]
            assert (items, documents) == before, "a rejected file changed something"
            self.school.replace(new, None)
            return Result(code)
        assert answer["outcome"] == "accepted"
        return Result(None, {day["date"]: self.school.document(day["path"]) for day in self.school.index()["days"] if day["lessons"]})


@pytest.fixture(scope="module")
def school(clients):
    school = School(*clients)
    school.upload("orders/good.tsv", good_export())
    return school


def test_no_mutated_export_does_harm(school, contract, full, seeds, figures, progress):
    chosen = seeds(EXPORTS if full else SHORT_EXPORTS)
    ways = {"in memory": InMemory(), "stored": Stored(school)}
    results = Counter()
    for seed in chosen:
        progress(f"mutated export {seed} of {len(chosen)}")
        mutation = mutated_export(seed)
        try:
            for way in ways if seed % STORED_EVERY == 0 else ("in memory",):
                result = ways[way](mutation.content)
                check(mutation, result, contract)
        except BaseException as error:
            error.add_note(f"{mutation.what} ({way}). Again: npm run proof -- bad-exports --seed {seed}")
            raise
        results["accepted" if result.code is None else f"rejected: {result.code}"] += 1
    figures("bad-exports", {"exports": len(chosen), "of these stored": len(chosen) // STORED_EVERY, **results})


def check(mutation, result, contract):
    """A file is rejected for a reason that it gave; an accepted one is published with every row that was not touched, and no bad one."""
    if result.code:
        assert result.code in reasons_for(mutation)
        return
    trusted = trusted_rows(mutation.content)
    for date, document in result.documents.items():
        contract(document)
        shown = Counter()
        for lesson in document["lessons"]:
            shown[date, lesson["starts_at"]] += len(lesson["participants"])
            assert lesson["starts_at"] <= lesson["ends_at"]
        assert shown <= trusted, f"published, and not to be trusted: {shown - trusted}"
    rows = good_rows()
    for number in mutation.untouched:
        assert is_published(rows[number], result.documents), f"row {number} is lost"


def reasons_for(mutation):
    """The reasons for which a mutated file may be rejected as a whole."""
    reasons = set()
    try:
        text = mutation.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        reasons.add("not_utf8")
        text = mutation.content.decode("utf-8-sig", errors="replace")
    if not text.strip():
        reasons.add("empty")
    if not mutation.header_is_whole:
        reasons.add("missing_column")
    if not mutation.untouched:
        reasons |= {"no_rows", "no_valid_row"}
    return reasons


def is_published(row, documents):
    """Whether a row is in its lesson, as it says."""
    day, month, year = row["date_lesson"].split(".")
    start, end = (parse_instant(row[f"timestamp_{what}_lesson"]) for what in ("start", "end"))
    person = {
        "name": row["name_participant"].split()[0],
        "sponsor": "Sp.No.",
        "language": {"cz": "cs"}.get(row["language"], row["language"]),
    }
    lesson = (utc(start), TYPES[row["group_size"]], row["level"], row["location_meeting"])
    return any(
        (found["starts_at"], found["type"], found["level"], found["location"]) == lesson
        and found["ends_at"] >= utc(end)
        and person in found["participants"]
        for found in documents.get(f"{year}-{month}-{day}", {"lessons": []})["lessons"]
    )
