"""Whatever AWS call of a run fails, however it fails, the retry ends in the state of a run that nothing disturbed."""

import re
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from botocore.response import StreamingBody

from aws import NOW, School
from exports import export, row
from faults import faults
from scheduler.errors import RetryError
from state import every_byte

BEFORE, AFTER, CUT = "before it took effect", "after it took effect, before the answer", "with half of the answer"
MINUTE = timedelta(minutes=1)
PAIRS, SHORT_PAIRS = 240, 4
SHORT_POINTS = 12


def day_of(offset):
    return (NOW + timedelta(days=offset)).date().isoformat()


def season(days, **changes):
    """Three lessons a day: one private, one of a group, one booked."""
    rows = []
    for offset in days:
        day = day_of(offset)
        rows += [
            row(day=day, id_order=100 + offset, name_participant="Eva", booking_id=f"b{offset}", **changes),
            row(day=day, start="11:00", end="12:50", id_order=200 + offset, group_size="malá skupina", name_participant="Jan"),
            row(day=day, start="11:00", end="12:50", id_order=300 + offset, group_size="malá skupina", name_participant="Ota"),
            row(day=day, start="13:00", end="14:50", id_order=400 + offset, booking_id=f"b{offset}"),
        ]
    return export(*rows)


def roster(offset, instructor):
    date = day_of(offset)
    entries = [{"instructor_id": instructor, "booking_ids": [f"b{offset}"], "time_slots": ["09:00"]}]
    return f"instructors/roster-{date}.json", {"date": date, "assignments": entries}


PROFILES = "instructors/profiles.json"
JANA, PETR, EVA = {"name": "Jana", "languages": ["cs"]}, {"name": "Petr"}, {"name": "Eva", "photo": "photos/eva.jpg"}
BEGINNING = [(PROFILES, {"jana": JANA, "petr": PETR}), ("orders/a.tsv", season(range(-1, 5))), roster(2, "jana"), roster(3, "petr")]

RUNS = {
    "orders": ([], ("orders/b.tsv", season(range(0, 3), level="jiná") + season(range(4, 7)).split(b"\n", 1)[1])),
    "instructors": ([roster(4, "eva")], (PROFILES, {"jana": {"name": "Johana"}, "eva": EVA})),
    "a roster": ([], roster(2, "petr")),
    "a broken export": ([], ("orders/b.tsv", b"<!doctype html>")),
}


class Scene:
    """A school before a run, and what the run ends in when nothing disturbs it."""

    def __init__(self, clients, run):
        earlier, last = RUNS[run]
        self.clients = clients
        self.before = School(*clients)
        for upload in [*BEGINNING, *earlier]:
            self.before.upload(*upload)
        self.before.now = NOW + timedelta(days=1)
        self.event = self.before.put(*last)
        self.copies = self.before.copies()
        school = next(self.copies)
        with faults(clients) as watch:
            school.run(self.event)
        self.calls = watch.calls
        self.expected = but_for_times(every_byte(school))
        school.dynamodb.delete_table(TableName=school.table)

    def points(self):
        """Every way in which one call can fail: its number, and how."""
        return [(call, how) for call, name in enumerate(self.calls) for how in (BEFORE, AFTER, *([CUT] if name == "GetObject" else []))]

    def check(self, *points):
        """Runs until nothing fails any more, and compares; gives whether each point was reached."""
        school = next(self.copies)
        reached = []
        for point in points:
            reached.append(self._fails(school, *point))
            school.now += MINUTE
        school.run(self.event)
        assert but_for_times(every_byte(school)) == self.expected, f"of {self.calls}, these failed: {points}"
        school.dynamodb.delete_table(TableName=school.table)
        return all(reached)

    def _fails(self, school, call, how):
        failing = cut_short(self.clients, call) if how == CUT else faults(self.clients, call, after=how == AFTER)
        try:
            with failing:
                school.run(self.event)
        except RetryError:
            return True
        return False


@contextmanager
def cut_short(clients, call):
    """Ends the body of the answer to call number ``call`` halfway, as a lost connection does."""
    with faults(clients) as watch:

        def cut(parsed, **_):
            if len(watch.calls) == call + 1:
                body = parsed["Body"].read()
                parsed["Body"] = StreamingBody(BytesIO(body[: len(body) // 2]), len(body))

        for client in clients:
            client.meta.events.register_last("after-call.s3.GetObject", cut)
        try:
            yield
        finally:
            for client in clients:
                client.meta.events.unregister("after-call.s3.GetObject", cut)


def spread(elements, count):
    """Some of the elements, from all over."""
    step = max(1, len(elements) // count)
    return elements[step // 2 :: step]


def but_for_times(state):
    """A state without the times at which something was written."""
    items, documents = state
    stripped = {key: {name: value for name, value in item.items() if name != "generated_at"} for key, item in items.items()}
    return stripped, {key: (re.sub(rb'"generated_at":"[^"]*"', b"", body), *headers) for key, (body, *headers) in documents.items()}


@pytest.mark.parametrize("run", RUNS)
def test_every_call_that_fails_is_healed_by_the_retry(clients, run, full, figures, progress):
    scene = Scene(clients, run)
    points = scene.points() if full else spread(scene.points(), SHORT_POINTS)
    for number, point in enumerate(points):
        progress(f"{run}: crash point {number} of {len(points)}")
        assert scene.check(point), f"call {point} of {scene.calls} failed, and the run did not tell"
    figures("crash-points", {f"run of {run}": {"AWS calls": len(scene.calls), "crash points tried": len(points)}})


@pytest.mark.parametrize("run", ["orders", "instructors"])
def test_a_retry_that_fails_too_is_healed_by_the_next(clients, run, full, figures, progress):
    scene = Scene(clients, run)
    pairs = [(first, second) for first in scene.points() for second in scene.points()]
    tried = spread(pairs, PAIRS if full else SHORT_PAIRS)
    for number, pair in enumerate(tried):
        progress(f"{run}: pair of crash points {number} of {len(tried)}")
        scene.check(*pair)
    figures("crash-points", {f"pairs of crash points tried, {run}": len(tried)})
