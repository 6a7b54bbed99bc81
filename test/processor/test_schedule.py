"""The published documents."""

from io import BytesIO
from zoneinfo import ZoneInfo

from exports import export, row
from scheduler.instructors import Profile
from scheduler.lessons import group_rows, make_lessons
from scheduler.orders import read_orders
from scheduler.schedule import content_hash, day_document, encode, index_day, index_document, published_lessons

JANA = {"jana": Profile("jana", "Jana", "photos/jana.jpg", ("cs",))}


def lessons_of(*rows):
    read, _ = read_orders(BytesIO(export(*rows)), ZoneInfo("Europe/Prague"))
    return make_lessons(group_rows(read))


def test_a_day_says_what_the_contract_says(contract):
    lessons = lessons_of(row(), row(name_participant="", language="pl"))
    document = day_document(
        "2026-12-27", "Europe/Prague", 3, "2026-12-27T06:40:12Z", published_lessons(lessons, {lessons[0].id: "jana"}, JANA)
    )
    contract(document)
    assert document == {
        "schema_version": 1,
        "date": "2026-12-27",
        "time_zone": "Europe/Prague",
        "revision": 3,
        "generated_at": "2026-12-27T06:40:12Z",
        "lessons": [
            {
                "id": lessons[0].id,
                "start": "09:00",
                "end": "10:50",
                "starts_at": "2026-12-27T08:00:00Z",
                "ends_at": "2026-12-27T09:50:00Z",
                "type": "private",
                "level": "lyže začátečník",
                "location": "Stone bar",
                "participants": [
                    {"name": "Anna", "sponsor": "No.Pe.", "language": "cs"},
                    {"name": None, "sponsor": "No.Pe.", "language": "pl"},
                ],
                "instructor": {"id": "jana", "name": "Jana", "photo": "photos/jana.jpg"},
            }
        ],
    }


def test_an_index_says_what_the_contract_says(contract):
    orders = {"key": "orders/a.tsv", "uploaded_at": "2026-12-27T06:40:05Z"}
    days = [index_day("2026-12-28", 1, 2, 3), index_day("2026-12-27", 3, 13, 28)]
    document = index_document("2026-12-27T06:40:12Z", "Europe/Prague", orders, days)
    contract(document)
    assert document["days"] == [
        {"date": "2026-12-27", "path": "data/days/2026-12-27.json", "revision": 3, "lessons": 13, "participants": 28},
        {"date": "2026-12-28", "path": "data/days/2026-12-28.json", "revision": 1, "lessons": 2, "participants": 3},
    ]
    contract(index_document("2026-12-27T06:40:12Z", "Europe/Prague", None, []))


def test_lessons_are_sorted_by_start_type_level_location_and_id():
    group = {"group_size": "malá skupina"}
    shown = published_lessons(
        lessons_of(
            row(start="11:00", end="12:00"),
            row(id_order="2", name_participant="B", level="b", **group),
            row(id_order="3", name_participant="C", level="a", location_meeting="z", **group),
            row(id_order="4", name_participant="D", level="a", location_meeting="a", **group),
            row(id_order="5", name_participant="E", level="z"),
            row(id_order="6", name_participant="F", level="z"),
        ),
        {},
        {},
    )
    order = [(lesson["start"], lesson["type"], lesson["level"], lesson["location"], lesson["id"]) for lesson in shown]
    assert order == sorted(order)
    assert [lesson["participants"][0]["name"] for lesson in shown if lesson["type"] != "private"] == ["D", "C", "B"]


def test_nobody_is_assigned_until_somebody_is():
    assert published_lessons(lessons_of(row()), {}, {})[0]["instructor"] is None


def test_a_document_is_compact_and_in_utf8():
    assert encode({"a": ["ž", None]}) == '{"a":["ž",null]}'.encode()


def test_the_hash_tells_content_apart_and_nothing_else():
    shown = published_lessons(lessons_of(row()), {}, {})
    assert content_hash("Europe/Prague", shown) == content_hash("Europe/Prague", published_lessons(lessons_of(row(note="x")), {}, {}))
    assert content_hash("Europe/Prague", shown) != content_hash("Europe/Warsaw", shown)
    assert content_hash("Europe/Prague", shown) != content_hash("Europe/Prague", published_lessons(lessons_of(row(level="x")), {}, {}))
