"""A day of which the table has not all stops no other, and is mended by the next run that can, or named."""

from datetime import timedelta

import pytest

from aws import NOW
from exports import export, row
from faults import Refusing, meanwhile
from scheduler.engine import DAILY_EVENT
from scheduler.errors import RetryError
from scheduler.wire import to_wire

PROFILES = "instructors/profiles.json"
JANA, JOHANA = {"jana": {"name": "Jana"}}, {"jana": {"name": "Johana"}}
TODAY, TORN, LATER = "2026-12-20", "2026-12-21", "2026-12-22"
DAYS = (TODAY, TORN, LATER)


def season(level="lyže", days=DAYS):
    return export(*(row(day=day, booking_id=f"b{day}", id_order=day[-2:], level=level) for day in days))


def roster(day, instructor="jana"):
    return f"instructors/roster-{day}.json", {"date": day, "assignments": [{"instructor_id": instructor, "booking_ids": [f"b{day}"]}]}


@pytest.fixture
def season_school(school):
    school.upload(PROFILES, JANA)
    school.upload("orders/a.tsv", season())
    for day in DAYS:
        school.upload(*roster(day))
    return school


def tear(school, kind, day=TORN):
    [key] = [(pk, sk) for pk, sk in school.items(f"SCHEDULE#{day}") if sk.startswith(kind)]
    school.replace(key, None)


def mutilate(school, kind, name, day=TORN):
    """An item of a day loses an attribute."""
    [(key, item)] = [(key, item) for key, item in school.items(f"SCHEDULE#{day}").items() if key[1].startswith(kind)]
    school.replace(key, {attribute: value for attribute, value in item.items() if attribute != name})


def shown(school, day):
    return [(lesson["level"], lesson["instructor"] and lesson["instructor"]["name"]) for lesson in school.day(day)["lessons"]]


def is_whole(school, day):
    return {sk.split("#")[0] for _, sk in school.items(f"SCHEDULE#{day}")} >= {"META", "LESSON", "EXPORT"}


@pytest.mark.parametrize("name", ["level", "id", "participants", "booking_ids"])
def test_a_lesson_that_lacks_an_attribute_is_mended(season_school, name):
    twin = season_school.copy()
    for school in (season_school, twin):
        mutilate(school, "LESSON", name)
    twin.engine().run(DAILY_EVENT)
    assert shown(twin, TORN) == [("lyže", "Jana")]
    season_school.upload("orders/b.tsv", season("běžky"))
    assert shown(season_school, TORN) == [("běžky", "Jana")]
    for school in (season_school, twin):
        [lesson] = [item for key, item in school.items(f"SCHEDULE#{TORN}").items() if key[1].startswith("LESSON")]
        assert name in lesson


KINDS = ["META", "LESSON", "ROSTER"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_export_mends_a_torn_day_and_who_taught_is_named_as_lost(season_school, kind):
    tear(season_school, kind)
    answer = season_school.upload("orders/b.tsv", season("běžky"))
    assert (answer["outcome"], answer.get("torn_days")) == ("accepted", [TORN] if kind == "ROSTER" else None)
    expected = "Jana" if kind != "ROSTER" else None
    assert [shown(season_school, day) for day in DAYS] == [[("běžky", "Jana")], [("běžky", expected)], [("běžky", "Jana")]]
    assert is_whole(season_school, TORN)
    assert [day["lessons"] for day in season_school.index()["days"]] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["META", "LESSON"])
def test_new_profiles_mend_a_torn_day_from_the_export_in_force_though_its_file_is_gone(season_school, kind):
    season_school.s3.delete_object(Bucket=season_school.inbox, Key="orders/a.tsv")
    tear(season_school, kind)
    answer = season_school.upload(PROFILES, JOHANA)
    assert (answer["outcome"], answer.get("torn_days")) == ("accepted", None)
    assert [shown(season_school, day) for day in (TODAY, LATER)] == [[("lyže", "Johana")]] * 2
    assert shown(season_school, TORN) == [("lyže", "Johana")]
    assert is_whole(season_school, TORN)


@pytest.mark.parametrize("kind", KINDS)
def test_where_what_the_export_said_is_gone_too_a_torn_day_is_named_and_stays_as_it_is_shown(season_school, kind):
    school = season_school
    tear(school, "EXPORT")
    tear(school, kind)
    answer = school.upload(PROFILES, JOHANA)
    assert (answer["outcome"], answer["torn_days"]) == ("accepted", [TORN])
    assert [shown(school, day) for day in DAYS] == [[("lyže", "Johana")], [("lyže", "Jana")], [("lyže", "Johana")]]
    assert [day["lessons"] for day in school.index()["days"]] == [1, 1, 1]
    assert school.upload(*roster(TORN))["torn_days"] == [TORN]
    assert shown(school, TORN) == [("lyže", "Jana")]
    assert "torn_days" not in school.upload("orders/b.tsv", season("běžky"))
    assert [shown(school, day) for day in DAYS] == [[("běžky", "Johana")]] * 3


def test_at_night_a_day_without_lessons_that_lost_its_meta_is_mended(season_school):
    """A roster may come before its lessons, and then neither an export nor a document tells of the day."""
    early = "2026-12-26"
    season_school.upload(*roster(early))
    meta = f"SCHEDULE#{early}", "META"
    before, documents = season_school.items(), season_school.documents()
    season_school.replace(meta, None)
    assert "torn_days" not in season_school.engine().run(DAILY_EVENT)["daily"]
    after = season_school.items()
    # The export in force, which says nothing of the day, was read in this program's form.
    assert after == before | {meta: before[meta] | {"form": after[meta]["form"]}}
    assert season_school.documents() == documents
    season_school.upload("orders/b.tsv", season(days=(TODAY, early)))
    assert shown(season_school, early) == [("lyže", "Jana")]


def test_a_roster_kept_longer_expires_with_its_day(season_school):
    """Otherwise the roster alone would be deleted thirty days before the lessons."""
    season_school.upload("orders/b.tsv", season("běžky"), retention_days=60)
    season_school.upload(*roster(LATER), retention_days=90)
    for day in DAYS:
        items = {key: item for key, item in season_school.items(f"SCHEDULE#{day}").items() if not key[1].startswith("EXPORT")}
        assert len({item["expires_at"] for item in items.values()}) == 1


def test_what_is_left_of_a_day_without_its_meta_is_taken_away(season_school):
    tear(season_school, "META")
    season_school.upload("orders/b.tsv", season("běžky", days=(TODAY, LATER)))
    assert {sk.split("#")[0] for _, sk in season_school.items(f"SCHEDULE#{TORN}")} == {"META", "ROSTER"}
    assert season_school.day(TORN)["lessons"] == []


def test_a_roster_that_lost_its_meta_holds_for_the_first_export_that_names_its_day(school):
    school.upload(PROFILES, JANA)
    school.upload(*roster(TORN))
    tear(school, "META")
    school.upload("orders/a.tsv", season())
    assert [shown(school, day) for day in DAYS] == [[("lyže", None)], [("lyže", "Jana")], [("lyže", None)]]
    assert is_whole(school, TORN)


def test_lessons_that_nothing_tells_of_are_never_shown_and_leave_at_night(season_school):
    left = {key: item for key, item in season_school.items(f"SCHEDULE#{TORN}").items() if key[1].startswith("LESSON")}
    beginner = season_school.beginner()
    for key, item in left.items():
        beginner.replace(key, item)
    beginner.upload("orders/b.tsv", season("běžky"))
    assert shown(beginner, TORN) == [("běžky", None)]
    assert "torn_days" not in beginner.engine().run(DAILY_EVENT)["daily"]
    assert shown(beginner, TORN) == [("běžky", None)]
    assert not left.items() & beginner.items(f"SCHEDULE#{TORN}").items()
    assert is_whole(beginner, TORN)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_cannot_be_written_keeps_no_other_off_the_screen(season_school, day):
    """One transaction holds several days; they are written one by one when it fails."""
    school = season_school
    event = school.put("orders/b.tsv", season("běžky"))
    with pytest.raises(RetryError, match=f"the other days are up to date, but not {day}: .*ValidationException"):
        school.engine(dynamodb=Refusing(school.dynamodb, day)).run({"Records": [event]})
    assert {day: shown(school, day) for day in DAYS} == {each: [("lyže" if each == day else "běžky", "Jana")] for each in DAYS}
    revisions = {entry["date"]: entry["revision"] for entry in school.index()["days"]}
    assert revisions == {each: school.day(each)["revision"] for each in DAYS}
    assert school.run(event)[0]["outcome"] == "accepted"
    assert [shown(school, each) for each in DAYS] == [[("běžky", "Jana")]] * 3


def lose(school, what):
    if what == "the roster":
        tear(school, "ROSTER")
    elif what == "what the roster says":
        mutilate(school, "ROSTER", "assignments")
    else:
        school.replace(("SOURCE#profiles", "LATEST"), None)


@pytest.mark.parametrize("what", ["the roster", "what the roster says", "which profiles are in force"])
def test_where_who_teaches_is_lost_a_day_is_named_and_stays_as_it_is_shown(season_school, what):
    """Until that is told anew, or an export has other lessons: they are shown without an instructor then."""
    school = season_school
    lose(school, what)
    named = [*DAYS] if what == "which profiles are in force" else [TORN]
    exported, told = school.copy(), school.copy()
    for _ in range(2):
        assert school.engine().run(DAILY_EVENT)["daily"]["torn_days"] == named
        assert [shown(school, day) for day in DAYS] == [[("lyže", "Jana")]] * 3

    assert exported.upload("orders/b.tsv", season("běžky"))["torn_days"] == named
    assert [shown(exported, day) for day in DAYS] == [[("běžky", None if day in named else "Jana")] for day in DAYS]
    assert "torn_days" not in exported.engine().run(DAILY_EVENT)["daily"]

    for upload in [(PROFILES, JOHANA), *map(roster, DAYS)]:
        assert told.upload(*upload)["outcome"] == "accepted"
    assert [shown(told, day) for day in DAYS] == [[("lyže", "Johana")]] * 3
    assert "torn_days" not in told.engine().run(DAILY_EVENT)["daily"]


@pytest.mark.parametrize("what", ["the roster", "which profiles are in force"])
def test_an_export_that_says_nothing_new_takes_no_instructor_off_the_screen(season_school, what):
    """Though a newer program looks into all days."""
    for day in DAYS:
        key = f"SCHEDULE#{day}", "META"
        season_school.replace(key, season_school.items(key[0])[key] | {"form": "older"})
    lose(season_school, what)
    named = [*DAYS] if what == "which profiles are in force" else [TORN]
    assert season_school.upload("orders/b.tsv", season())["torn_days"] == named
    assert [shown(season_school, day) for day in DAYS] == [[("lyže", "Jana")]] * 3


def test_a_day_without_its_roster_is_named_though_another_day_had_to_be_looked_at_again(season_school):
    school = season_school
    tear(school, "ROSTER")
    [(key, meta)] = [(key, item) for key, item in school.items(f"SCHEDULE#{LATER}").items() if key[1] == "META"]
    school.replace(key, meta | {"conflicts": 7})
    with meanwhile(school.dynamodb, "dynamodb.TransactWriteItems", lambda: school.upload(*roster(LATER))):
        assert school.engine().run(DAILY_EVENT)["daily"]["torn_days"] == [TORN]


def test_a_day_without_its_roster_gets_the_lessons_of_an_export_that_was_half_done(season_school):
    event = season_school.put("orders/b.tsv", season("běžky"))
    with pytest.raises(RetryError):
        season_school.engine(dynamodb=Refusing(season_school.dynamodb, TORN)).run({"Records": [event]})
    tear(season_school, "ROSTER")
    assert season_school.engine().run(DAILY_EVENT)["daily"]["torn_days"] == [TORN]
    assert shown(season_school, TORN) == [("běžky", None)]


def test_of_a_lost_table_all_days_are_named_until_the_next_export(season_school):
    for key in season_school.items():
        season_school.replace(key, None)
    assert season_school.engine().run(DAILY_EVENT)["daily"]["torn_days"] == [*DAYS]
    assert season_school.upload(PROFILES, JOHANA)["torn_days"] == [*DAYS]
    assert [shown(season_school, day) for day in DAYS] == [[("lyže", "Jana")]] * 3
    assert "torn_days" not in season_school.upload("orders/b.tsv", season("běžky"))


@pytest.mark.parametrize(
    "left",
    [{"revision": 1}, {"revision": "1"}, {"revision": 1, "state_hash": 7}, {}],
    ids=["no date", "a number that is none", "a hash that is none", "nothing"],
)
def test_a_meta_that_cannot_be_read_keeps_no_other_day_off_the_screen(season_school, left):
    twin = season_school.copy()
    for school in (season_school, twin):
        [(key, item)] = [(key, item) for key, item in school.items(f"SCHEDULE#{TORN}").items() if key[1] == "META"]
        school.replace(key, {"PK": key[0], "SK": key[1], **left})
    assert "torn_days" not in twin.engine().run(DAILY_EVENT)["daily"]
    assert [shown(twin, day) for day in DAYS] == [[("lyže", "Jana")]] * 3
    assert season_school.upload("orders/b.tsv", season("běžky"))["outcome"] == "accepted"
    assert [shown(season_school, day) for day in DAYS] == [[("běžky", "Jana")]] * 3
    for school in (season_school, twin):
        assert [day["revision"] for day in school.index()["days"]] == [school.day(day)["revision"] for day in DAYS]
        assert school.items()[key].keys() == item.keys()


@pytest.mark.parametrize(
    ("pk", "sk", "name"),
    [
        (f"SCHEDULE#{TORN}", "META", "lessons"),
        (f"SCHEDULE#{TORN}", "ROSTER", "size"),
        ("SOURCE#orders", "LATEST", "size"),
        ("SOURCE#profiles", "LATEST", "parts"),
    ],
)
def test_a_number_that_is_not_whole_keeps_no_day_off_the_screen(season_school, pk, sk, name):
    item = to_wire(season_school.items(pk)[pk, sk])
    season_school.dynamodb.put_item(TableName=season_school.table, Item=item | {name: {"N": "1.5"}})
    assert season_school.engine().run(DAILY_EVENT)["daily"]["outcome"] == "accepted"
    assert season_school.upload("orders/b.tsv", season("běžky"))["outcome"] == "accepted"
    assert [shown(season_school, day) for day in DAYS] == [[("běžky", "Jana")]] * 3


@pytest.mark.parametrize(
    ("name", "value"), [("participants", None), ("participants", "x"), ("participants", 5), ("participants", ["x"]), ("level", ["x"])]
)
def test_a_lesson_with_an_odd_attribute_keeps_no_day_off_the_screen(season_school, name, value):
    [(key, item)] = [(key, item) for key, item in season_school.items(f"SCHEDULE#{TORN}").items() if key[1].startswith("LESSON")]
    season_school.replace(key, item | {name: value})
    assert season_school.upload("orders/b.tsv", season("běžky"))["outcome"] == "accepted"
    assert [shown(season_school, day) for day in DAYS] == [[("běžky", "Jana")]] * 3


def test_days_are_written_as_people_need_them(school):
    """Today, tomorrow, the days to come, and then the past."""
    days = [(NOW + timedelta(number)).date().isoformat() for number in (-3, -2, -1, 0, 1, 2)]
    written = []

    def note(params, **_):
        actions = params["TransactItems"]
        written.extend(
            action["Put"]["Item"]["PK"]["S"][9:] for action in actions if action.get("Put", {}).get("Item", {}).get("SK") == {"S": "META"}
        )

    school.dynamodb.meta.events.register("provide-client-params.dynamodb.TransactWriteItems", note, unique_id="note")
    school.upload("orders/a.tsv", season(days=days))
    school.dynamodb.meta.events.unregister("provide-client-params.dynamodb.TransactWriteItems", unique_id="note")
    assert written == [days[place] for place in (3, 4, 5, 2, 1, 0)]
