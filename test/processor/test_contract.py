"""The contract means the same to the processor and to the display, and what the one publishes the other shows."""

import json
import subprocess
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aws import NOW
from exports import COLUMNS, export, row
from scheduler.contract import why_refused
from scheduler.errors import FileRejectedError
from scheduler.export import read_export
from scheduler.instructors import assign, read_profiles, read_roster
from scheduler.schedule import day_document, encode, index_day, index_document, published_lessons
from scheduler.times import Calendar
from scheduler.uploads import is_orders

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "contract/schedule.schema.json").read_text())
DATE = "2026-12-27"
KINDS = ("index", "day")
CALENDAR = Calendar(ZoneInfo("Europe/Prague"), 30, NOW)
INSTANT = "2026-12-27T08:00:00Z"
LESSON = {
    "id": "0123456789ab",
    "start": "09:00",
    "end": "10:50",
    "starts_at": INSTANT,
    "ends_at": "2026-12-27T09:50:00Z",
    "type": "private",
    "level": "lyže začátečník",
    "location": "Stone bar",
    "participants": [{"name": None, "sponsor": "No.Pe.", "language": "cs"}],
    "instructor": {"id": "jana", "name": "Jana", "photo": None},
}
SOUND = {
    "index": index_document(INSTANT, "Europe/Prague", {"key": "orders/a.tsv", "uploaded_at": INSTANT}, [index_day(DATE, 1, 1, 1)]),
    "day": day_document(DATE, "Europe/Prague", 1, INSTANT, [LESSON]),
}

odd_characters = st.sampled_from("\ufeff\u200b\u2028\u2029\u0085\u00a0\u180e\u001c\v\f\r\n\t \0\u0301\u202e🎿é１١ſ.,@_-'/\\\"")
odd_texts = st.one_of(st.text(st.one_of(odd_characters, st.characters()), max_size=8), st.text(odd_characters, min_size=1, max_size=3))
half_pairs = st.sampled_from(["\ud800", "a\udfff", "\ud83d.", "\ud83d\udc4d."])
numbers = st.one_of(st.integers(), st.integers(2**53 - 2, 2**53 + 2), st.just(10**400), st.floats(allow_nan=False, allow_infinity=False))
# Made anew each time: a further change may be made within one.
containers = st.one_of(st.builds(list), st.builds(dict), st.builds(lambda: [{}]))
odd_values = st.one_of(odd_texts, half_pairs, numbers, st.booleans(), st.none(), containers)


class Display:
    """The display's own modules, in Node."""

    def __init__(self):
        command = ["node", "--require", "ts-node/register", "website/src/testing/verdicts.ts"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii")

    def verdict(self, kind, text, date=DATE):
        """Whether a document keeps the schema, and whether it is shown."""
        print(json.dumps([kind, text, date]), file=self.process.stdin, flush=True)
        return tuple(json.loads(self.process.stdout.readline()))


@pytest.fixture(scope="module")
def display():
    display = Display()
    yield display
    display.process.stdin.close()
    assert display.process.wait(10) == 0


def keeps(kind, document):
    return jsonschema.Draft7Validator(SCHEMA | {"oneOf": [{"$ref": f"#/definitions/{kind}"}]}).is_valid(document)


def places(value, path=()):
    """The path of everything in a document."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@st.composite
def changed_documents(draw):
    """A sound document with some things in it replaced, mangled, taken away or added."""
    kind = draw(st.sampled_from(KINDS))
    document = json.loads(json.dumps(SOUND[kind]))
    for _ in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from([path for path in places(document) if path]))
        *above, last = path
        parent = document
        for key in above:
            parent = parent[key]
        old = parent[last]
        change = draw(st.sampled_from(["replace", "append", "prepend", "remove", "add", "rename"]))
        if change in ("append", "prepend") and isinstance(old, str):
            odd = draw(odd_texts)
            parent[last] = old + odd if change == "append" else odd + old
        elif change == "remove":
            del parent[last]
        elif change == "add" and isinstance(parent, dict):
            parent[draw(st.one_of(odd_texts, st.sampled_from(["__proto__", "constructor"])))] = draw(odd_values)
        elif change == "rename" and isinstance(parent, dict):
            parent[f"{last}\n"] = parent.pop(last)
        else:
            parent[last] = draw(odd_values)
    return kind, document


def with_value(kind, path, value):
    """A sound document with another value at a place."""
    document = json.loads(json.dumps(SOUND[kind]))
    *above, last = path
    parent = document
    for key in above:
        parent = parent[key]
    parent[last] = value
    return document


SPONSOR = ("lessons", 0, "participants", 0, "sponsor")


@pytest.mark.parametrize(
    ("kind", "path", "value", "verdict"),
    [
        ("day", SPONSOR, "\ufeffN.", True),
        ("day", SPONSOR, "\u0085\u00a0.\u2028.", True),
        ("day", SPONSOR, "N .", False),
        ("day", SPONSOR, "🎿é.\ud800.", True),
        ("day", SPONSOR, "No.\n", False),
        ("day", ("lessons", 0, "start"), "09:00\n", False),
        ("day", ("lessons", 0, "start"), "٠٩:٠٠", False),
        ("day", ("lessons", 0, "id"), "0123456789ab\n", False),
        ("day", ("generated_at",), f"{INSTANT}\n", False),
        ("day", ("date",), f"{DATE}\n", False),
        ("day", ("revision",), 1.0, True),
        ("day", ("revision",), 1.5, False),
        ("day", ("revision",), True, False),
        ("day", ("revision",), 10**400, False),
        ("day", ("revision",), 2**53 + 1, False),
        ("day", ("schema_version",), True, False),
        ("day", ("__proto__",), {}, False),
        ("index", ("orders", "key"), "orders/a\nb\r\u2028\u2029.tsv", True),
        ("index", ("orders", "key"), "orders/a.tsv\n", False),
        ("index", ("orders", "key"), "orders/.tsv", False),
        ("index", ("days", 0, "path"), f"data/days/{DATE}.json\n", False),
    ],
)
def test_both_languages_agree_where_their_own_rules_differ(display, kind, path, value, verdict):
    document = with_value(kind, path, value)
    assert (keeps(kind, document), why_refused(kind, document) is None, display.verdict(kind, json.dumps(document))[0]) == (verdict,) * 3


@settings(max_examples=500)
@given(changed_documents())
def test_both_languages_give_every_document_the_same_verdict(display, document):
    kind, document = document
    verdict = keeps(kind, document)
    text = json.dumps(document)
    assert (verdict, why_refused(kind, json.loads(text)) is None) == (display.verdict(kind, text)[0],) * 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_document_is_shown(display, kind):
    assert display.verdict(kind, json.dumps(SOUND[kind])) == (True, True)


odd_rows = st.fixed_dictionaries(
    {},
    optional={
        column: st.one_of(
            odd_texts.filter(lambda text: not set(text) & set("\t\n\r")),
            st.builds(lambda text, odd, at: text[:at] + odd + text[at:], st.just(row()[column] or "x"), odd_characters, st.integers(0, 9)),
        )
        for column in COLUMNS
        if column not in ("id_order", "date_lesson", "timestamp_start_lesson", "timestamp_end_lesson")
    },
).map(lambda changes: row(**{column: text.replace("\t", " ").replace("\n", " ").replace("\r", " ") for column, text in changes.items()}))
profiles = st.fixed_dictionaries(
    {"name": odd_texts}, optional={"photo": st.one_of(st.none(), odd_texts), "languages": st.lists(odd_texts, max_size=2)}
)


def documents_of(rows, profile, key):
    """What is published of an export, of an instructor who has every lesson, and of the export's key."""
    try:
        export_read, _ = read_export(BytesIO(export(*rows)), CALENDAR)
    except FileRejectedError:
        return
    known, lessons = {}, export_read.day(DATE).lessons
    try:
        known = read_profiles(json.dumps({"jana\ufeff": profile}).encode())
        entries = [{"instructor_id": "jana\ufeff", "lesson_ids": [lesson.id for lesson in lessons]}]
        roster = read_roster(json.dumps({"date": DATE, "assignments": entries}).encode(), DATE, known)
    except FileRejectedError:
        roster = ()
    yield "day", day_document(DATE, "Europe/Prague", 1, INSTANT, published_lessons(lessons, assign(lessons, roster), known))
    if is_orders(key):
        yield (
            "index",
            index_document(INSTANT, "Europe/Prague", {"key": key, "uploaded_at": INSTANT}, [index_day(DATE, 1, len(lessons), len(rows))]),
        )


@given(st.lists(odd_rows, min_size=1, max_size=3), profiles, odd_texts.map(lambda text: f"orders/{text}.tsv"))
@example([row(name_sponsor="\ufeffNovák Petr")], {"name": "Jana"}, "orders/a.tsv")
@example([row(name_sponsor="N\ufeffovák")], {"name": "\ufeff"}, "orders/a\nb.tsv")
@example([row(level="\ufeff", name_participant="\ufeff"), row()], {"name": "Jana\ufeff"}, "orders/\u2028.tsv")
def test_whatever_is_uploaded_the_display_shows_what_is_published(display, rows, profile, key):
    for kind, document in documents_of(rows, profile, key):
        assert why_refused(kind, document) is None
        assert display.verdict(kind, encode(document).decode()) == (True, True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"revision": 0}, "/revision breaks the rule minimum"),
        ({"lessons": [LESSON | {"level": ""}]}, "/lessons/0/level breaks the rule minLength"),
        ({"lessons": [LESSON | {"Novák": ""}]}, "/lessons/0 breaks the rule additionalProperties"),
        ({"lessons": None}, "/lessons breaks the rule type"),
        ({"schema_version": True}, "/schema_version breaks the rule const"),
    ],
)
def test_a_refusal_names_the_place_and_no_text(change, reason):
    assert why_refused("day", SOUND["day"] | change) == reason
