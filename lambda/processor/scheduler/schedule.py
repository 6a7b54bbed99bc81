"""The published documents: what they hold, and how they are written."""

import functools
import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from scheduler.instructors import Profile
from scheduler.lessons import Lesson

SCHEMA_VERSION = 1
INDEX_KEY = "data/schedule.json"

Document = dict[str, Any]


def day_key(date: str) -> str:
    """The key of a day's document."""
    return f"data/days/{date}.json"


def published_lessons(lessons: Iterable[Lesson], assigned: Mapping[str, str], profiles: Mapping[str, Profile]) -> list[Document]:
    """The lessons of a day as they are published, sorted by start, type, level, location, id.

    Args:
        lessons: The day's lessons.
        assigned: Instructor ids by lesson id; a lesson that is not in it has no instructor yet.
        profiles: The profiles of the assigned instructors.
    """
    ordered = sorted(lessons, key=lambda lesson: (lesson.start.time, lesson.type, lesson.level, lesson.location, lesson.id))
    return [_lesson(lesson, profiles[assigned[lesson.id]] if lesson.id in assigned else None) for lesson in ordered]


def _lesson(lesson: Lesson, instructor: Profile | None) -> Document:
    return {
        "id": lesson.id,
        "start": lesson.start.time,
        "end": lesson.end.time,
        "starts_at": lesson.start.instant,
        "ends_at": lesson.end.instant,
        "type": lesson.type,
        "level": lesson.level,
        "location": lesson.location,
        "participants": [{"name": person.name, "sponsor": person.sponsor, "language": person.language} for person in lesson.participants],
        "instructor": {"id": instructor.id, "name": instructor.name, "photo": instructor.photo} if instructor else None,
    }


def day_document(date: str, time_zone: str, revision: int, generated_at: str, lessons: list[Document]) -> Document:
    """A day's document; ``lessons`` come from :func:`published_lessons`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "date": date,
        "time_zone": time_zone,
        "revision": revision,
        "generated_at": generated_at,
        "lessons": lessons,
    }


def content_hash(time_zone: str, lessons: list[Document]) -> str:
    """A hash of what a day's document says, its revision and time aside."""
    return digest([SCHEMA_VERSION, time_zone, lessons])


@functools.cache
def form(time_zone: str) -> str:
    """What days are written by: the time zone and this program, down to its last line, so that an update need not say what it changes.

    The next export after an update brings every day into the new form; what then differs is published, and nothing else.
    """
    program = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    return digest([time_zone, digest_of_bytes(program)])


def index_document(generated_at: str, time_zone: str, orders: Document | None, days: Iterable[Document]) -> Document:
    """The index that a display reads first; ``days`` are :func:`index_day` entries."""
    return {
        "schema_version": SCHEMA_VERSION,
        "generated_at": generated_at,
        "time_zone": time_zone,
        "orders": orders,
        "days": sorted(days, key=lambda day: str(day["date"])),
    }


def index_day(date: str, revision: int, lessons: int, participants: int) -> Document:
    """A day's entry in the index."""
    return {"date": date, "path": day_key(date), "revision": revision, "lessons": lessons, "participants": participants}


def encode(document: Document) -> bytes:
    """Write a document: compact JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def canonical(value: object) -> bytes:
    """The one way to write a JSON value for comparing it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest(value: object) -> str:
    """A hash of a JSON value, the same in every process."""
    return digest_of_bytes(canonical(value))


def digest_of_bytes(content: bytes) -> str:
    """The :func:`digest` of a value that is already written."""
    return blake2b(content, digest_size=16).hexdigest()
