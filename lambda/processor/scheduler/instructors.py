"""Who teaches: the instructors' profiles, a day's roster, and which lesson it gives to whom."""

import json
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from scheduler.errors import FileRejectedError
from scheduler.lessons import Lesson
from scheduler.texts import clean, iso_language, trimmed
from scheduler.times import is_date

MAX_FILE_BYTES = 256 * 1024
"""More than any school's instructors need, and little enough to be one item of the table."""

MAX_TEXT_LENGTH = 256
UNKNOWN_INSTRUCTOR = "unknown_instructor"

_TIME_SLOT = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_PHOTO = re.compile(r"(?!.*\.\.)[\w\-][\w\-./ ]*")


@dataclass(frozen=True, slots=True)
class Profile:
    """An instructor as the school presents them.

    Attributes:
        id: The school's own id.
        name: What the screen shows.
        photo: A path within the website, or None.
        languages: ISO 639-1; empty where the school does not say.
        levels: The levels they teach, in the export's words; empty for all of them.
        is_active: Whether they teach at all.
        absences: Dates on which they do not, ``YYYY-MM-DD``, sorted.
    """

    id: str
    name: str
    photo: str | None
    languages: tuple[str, ...]
    levels: tuple[str, ...] = ()
    is_active: bool = True
    absences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One entry of a roster: an instructor and what they are given; without time slots, at any time of the day."""

    instructor_id: str
    lesson_ids: tuple[str, ...] = ()
    booking_ids: tuple[str, ...] = ()
    time_slots: tuple[str, ...] = ()


def read_profiles(content: bytes) -> dict[str, Profile]:
    """Read ``instructors/profiles.json``.

    Returns:
        The profiles by instructor id.

    Raises:
        FileRejectedError: It is not what a profiles file is; the reason names the place.
    """
    document = _load(content)
    if not isinstance(document, dict):
        raise _wrong("The file", "an object of instructor ids")
    return {_text(identity, "An instructor id"): _profile(identity, entry) for identity, entry in document.items()}


def read_roster(content: bytes, date: str, known: Container[str]) -> tuple[Assignment, ...]:
    """Read ``instructors/roster-YYYY-MM-DD.json``.

    Args:
        content: The file.
        date: The date in its name.
        known: The ids of the instructors in force.

    Raises:
        FileRejectedError: It is not what a roster is, is for another date, or names an unknown instructor.
    """
    document = _load(content)
    if not isinstance(document, dict):
        raise _wrong("The file", "an object with date and assignments")
    if document.get("date") != date:
        raise FileRejectedError("wrong_date", f"date must be {date}, as in the file's name.")
    entries = document.get("assignments")
    if not isinstance(entries, list):
        raise _wrong("assignments", "a list")
    assignments = tuple(_assignment(f"assignments[{place}]", entry) for place, entry in enumerate(entries))
    for place, assignment in enumerate(assignments):
        if assignment.instructor_id not in known:
            raise FileRejectedError(
                UNKNOWN_INSTRUCTOR,
                f"assignments[{place}].instructor_id is {assignment.instructor_id!r}, which instructors/profiles.json does not know.",
            )
    return assignments


def assign(lessons: Iterable[Lesson], assignments: Iterable[Assignment]) -> dict[str, str]:
    """Give a day's lessons to instructors.

    A lesson goes to the first entry that names its id, or else to the first that names one of its booking ids; an entry with time slots
    counts for lessons that start at one of them only.

    Returns:
        Instructor ids by lesson id; a lesson that nobody is assigned to is not in it.
    """
    by_lesson: dict[str, list[Assignment]] = {}
    by_booking: dict[str, list[tuple[int, Assignment]]] = {}
    for place, assignment in enumerate(assignments):
        for lesson_id in assignment.lesson_ids:
            by_lesson.setdefault(lesson_id, []).append(assignment)
        for booking_id in assignment.booking_ids:
            by_booking.setdefault(booking_id, []).append((place, assignment))

    assigned = {}
    for lesson in lessons:
        booked = sorted((entry for booking in lesson.booking_ids for entry in by_booking.get(booking, ())), key=lambda entry: entry[0])
        for assignment in (*by_lesson.get(lesson.id, ()), *(entry for _, entry in booked)):
            if not assignment.time_slots or lesson.start.time in assignment.time_slots:
                assigned[lesson.id] = assignment.instructor_id
                break
    return assigned


def _load(content: bytes) -> object:
    try:
        document: object = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileRejectedError("not_utf8", "The file is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise FileRejectedError("malformed_json", f"The file is not JSON: line {error.lineno} fails.", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise FileRejectedError("malformed_json", "The file is JSON too deep or too long to read.") from None
    return document


def _profile(identity: str, entry: object) -> Profile:
    if not isinstance(entry, dict):
        raise _wrong(_quote(identity), "an object with a name")
    name = _text(entry.get("name"), f"{_quote(identity)}.name")
    photo = entry.get("photo")
    if photo is not None and not _PHOTO.fullmatch(_text(photo, f"{_quote(identity)}.photo")):
        raise _wrong(f"{_quote(identity)}.photo", "a path within the website, such as photos/jana.jpg")
    languages = _texts(entry.get("languages"), f"{_quote(identity)}.languages")
    active = entry.get("active", True)
    if not isinstance(active, bool):
        raise _wrong(f"{_quote(identity)}.active", "true or false")
    return Profile(
        identity,
        clean(name),
        photo,
        tuple(iso_language(language) for language in languages),
        _texts(entry.get("levels"), f"{_quote(identity)}.levels"),
        active,
        _dates(entry.get("absences"), f"{_quote(identity)}.absences"),
    )


def _dates(value: object, place: str) -> tuple[str, ...]:
    dates = _texts(value, place)
    if not all(map(is_date, dates)):
        raise _wrong(place, "a list of dates such as 2026-12-27")
    return tuple(sorted(set(dates)))


def _assignment(place: str, entry: object) -> Assignment:
    if not isinstance(entry, dict):
        raise _wrong(place, "an object with an instructor_id")
    time_slots = _texts(entry.get("time_slots"), f"{place}.time_slots")
    if not all(_TIME_SLOT.fullmatch(slot) for slot in time_slots):
        raise _wrong(f"{place}.time_slots", "a list of times such as 09:00")
    return Assignment(
        _text(entry.get("instructor_id"), f"{place}.instructor_id"),
        _texts(entry.get("lesson_ids"), f"{place}.lesson_ids"),
        tuple(booking.lower() for booking in _texts(entry.get("booking_ids"), f"{place}.booking_ids")),
        time_slots,
    )


def _texts(value: object, place: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _wrong(place, "a list of texts")
    return tuple(clean(_text(element, f"{place}[{position}]")) for position, element in enumerate(value))


def _text(value: object, place: str) -> str:
    if isinstance(value, str) and trimmed(value) and len(value) <= MAX_TEXT_LENGTH and _is_encodable(value):
        return value
    raise _wrong(place, f"a text of 1 to {MAX_TEXT_LENGTH} characters")


def _is_encodable(text: str) -> bool:
    """JSON can spell half a surrogate pair, which nothing can store."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _quote(identity: str) -> str:
    return repr(identity[:MAX_TEXT_LENGTH])


def _wrong(place: str, allowed: str) -> FileRejectedError:
    return FileRejectedError("wrong_type", f"{place} must be {allowed}.")
