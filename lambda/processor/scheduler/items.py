"""The table's items: their keys, their attributes, and how the product's values become items and come back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from typing import Any

from scheduler.conflicts import Conflict
from scheduler.instructors import Assignment, Profile
from scheduler.lessons import Lesson, Participant
from scheduler.schedule import digest
from scheduler.times import Moment
from scheduler.uploads import Upload

Item = dict[str, Any]

META = "META"
ROSTER = "ROSTER"
PROFILE = "PROFILE"
LATEST = "LATEST"
WRITING_PREFIX = "WRITING#"
ORDERS_SOURCE = "SOURCE#orders"
PROFILES_SOURCE = "SOURCE#profiles"
LESSON_PREFIX = "LESSON#"
CONFLICT_PREFIX = "CONFLICT#"
KEPT_PREFIX = "EXPORT#"


def day_pk(date: str) -> str:
    """The partition of a day."""
    return f"SCHEDULE#{date}"


def profile_pk(instructor_id: str) -> str:
    """The partition of an instructor."""
    return f"INSTRUCTOR#{instructor_id}"


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a day without reading it.

    Attributes:
        date: ``YYYY-MM-DD``.
        revision: Of the day's document; 0 as long as the day never had a lesson.
        content_hash: Of what the document of that revision says.
        generated_at: When that revision was made, in UTC.
        lessons: How many lessons the document has.
        participants: How many participants.
        conflicts: How many conflicts are stored with the day.
        conflicts_due_at: When the next lesson will lack an instructor too closely to its start; empty when none will.
        export_hash: Of what the export in force said of the day; empty while the day is half written.
        profiles_hash: Of the profiles that were in force when the day was written.
        has_roster: Whether the day has a roster.
        form: Of the program and the time zone that last took the day from an export.
        time_zone: In which its lessons' local times are; empty of an older program.
        changed_by: The upload that made the document of that revision, as its :func:`scheduler.records.upload_sk`; empty where none did.
        lessons_changed: How many lessons it changed, as :class:`scheduler.changes.Changes` counts them.
        participants_changed: How many participants.
        taught: Of the instructors whom the document shows, how: hashes of names and photos by :func:`instructor_hash`.
        state_hash: Of every other item of the day. With the revision it is the day's lock: a write counts only if both are as read.
        expires_at: In epoch seconds.
    """

    date: str
    revision: int = 0
    content_hash: str = ""
    generated_at: str = ""
    lessons: int = 0
    participants: int = 0
    conflicts: int = 0
    conflicts_due_at: str = ""
    export_hash: str = ""
    profiles_hash: str = ""
    has_roster: bool = False
    form: str = ""
    time_zone: str = ""
    changed_by: str = ""
    lessons_changed: int = 0
    participants_changed: int = 0
    taught: Mapping[str, str] = field(default_factory=dict, hash=False)
    state_hash: str = ""
    expires_at: int = 0

    @property
    def is_half_written(self) -> bool:
        """Whether what the export says of the day is not known to be stored: the next run that has read the export writes it."""
        return not self.export_hash

    def item(self) -> Item:
        """As the day's META item."""
        return {"PK": day_pk(self.date), "SK": META, **asdict(self)}

    @property
    def is_readable(self) -> bool:
        """Whether the item was one that a run has written, and not one that somebody has mutilated."""
        return self.revision >= 0

    @classmethod
    def of(cls, item: Item) -> "Meta":
        """Read a META item; what an older program did not write has its default.

        Of one that cannot be read no more is known than its date, and what tells whether it is still the same.
        """
        blank = cls(str(item["PK"]).removeprefix("SCHEDULE#"))
        said = {name: item[name] for name in cls.__slots__ if name in item}
        if "revision" in said and all(isinstance(value, type(getattr(blank, name))) for name, value in said.items()):
            return replace(blank, **said)
        return replace(blank, revision=-1, state_hash=item.get("state_hash", ""))


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a kind that is in force.

    Attributes:
        upload: Which file.
        names: What it brought: the dates of an export (and those of earlier ones that are still remembered), or the ids of instructors.
        content: Of profiles: a hash of all of them. Of orders: empty.
        rows: Of orders: what became of the rows. Of profiles: None.
        hashes: Of orders: of what the export says of each of its days, so that every run can tell a day that was not written yet.
        kept: Of orders: in how many items the table keeps what that is (see :mod:`scheduler.kept`); None of an older program.
        former: Of profiles: when instructors left, by a hash of their ids: a roster that was made before names no unknown one.
        time_zone: Of orders: in which the local times of what is kept are; empty of an older program.
        form: Of orders: the :func:`scheduler.schedule.form` of the program that read them; empty of an older one.
        parts: Of profiles that came into force before each was an item of its own: in how many items (see :mod:`scheduler.unfinished`).
    """

    upload: Upload
    names: tuple[str, ...]
    content: str = ""
    rows: Item | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, int] | None = None
    former: Mapping[str, str] = field(default_factory=dict)
    time_zone: str = ""
    form: str = ""
    parts: int = 0

    def item(self, pk: str) -> Item:
        """As the item of a pointer; ``pk`` is ORDERS_SOURCE or PROFILES_SOURCE."""
        return {
            "PK": pk,
            "SK": LATEST,
            **upload_attributes(self.upload),
            "names": list(self.names),
            "content_hash": self.content,
            "rows": self.rows,
            "hashes": dict(self.hashes),
            "kept": None if self.kept is None else dict(self.kept),
            "former": dict(self.former),
            "time_zone": self.time_zone,
            "form": self.form,
            "parts": self.parts,
        }

    @classmethod
    def of(cls, item: Item) -> "Source":
        """Read a pointer; what an older program did not write has its default."""
        return cls(
            upload_of(item),
            tuple(item.get("names", ())),
            item.get("content_hash", ""),
            item.get("rows"),
            item.get("hashes", {}),
            item.get("kept"),
            item.get("former", {}),
            item.get("time_zone", ""),
            item.get("form", ""),
            _number(item.get("parts")),
        )

    def knows(self, instructor_id: str) -> bool:
        """Whether profiles have an instructor, or had until lately."""
        return instructor_id in self.names or instructor_hash(instructor_id) in self.former

    def is_same_file(self, other: "Source | None") -> bool:
        """Whether both are the same upload, whatever else is known of it."""
        return other is not None and self.upload.order == other.upload.order


def instructor_hash(instructor_id: str) -> str:
    """What is remembered of an instructor who left."""
    return blake2b(instructor_id.encode(), digest_size=8).hexdigest()


def upload_attributes(upload: Upload) -> Item:
    """The attributes that tell which file something came from."""
    return {
        "bucket": upload.bucket,
        "key": upload.key,
        "etag": upload.etag,
        "size": upload.size,
        "uploaded_at": upload.uploaded_at,
        "sequencer": upload.sequencer,
    }


def upload_of(item: Item) -> Upload:
    """The file that an item came from."""
    return Upload(item["bucket"], item["key"], item["etag"], _number(item["size"]), item["uploaded_at"], item["sequencer"])


def lesson_item(lesson: Lesson, expires_at: int) -> Item:
    """A lesson as an item."""
    return {
        "PK": day_pk(lesson.start.date),
        "SK": f"{LESSON_PREFIX}{lesson.start.time}#{lesson.id}",
        "id": lesson.id,
        "start": lesson.start.time,
        "end": lesson.end.time,
        "end_date": lesson.end.date,
        "starts_at": lesson.start.instant,
        "ends_at": lesson.end.instant,
        "type": lesson.type,
        "level": lesson.level,
        "location": lesson.location,
        "participants": [{"name": person.name, "sponsor": person.sponsor, "language": person.language} for person in lesson.participants],
        "booking_ids": list(lesson.booking_ids),
        "expires_at": expires_at,
    }


def lesson_of(item: Item) -> Lesson:
    """Read a lesson."""
    return Lesson(
        item["id"],
        Moment(item["starts_at"], item["PK"].removeprefix("SCHEDULE#"), item["start"]),
        Moment(item["ends_at"], item["end_date"], item["end"]),
        item["type"],
        item["level"],
        item["location"],
        tuple(Participant(person["name"], person["sponsor"], person["language"]) for person in item["participants"]),
        tuple(item["booking_ids"]),
    )


def roster_item(date: str, upload: Upload, assignments: Iterable[Assignment], expires_at: int) -> Item:
    """A day's roster and its source as an item."""
    return {
        "PK": day_pk(date),
        "SK": ROSTER,
        **upload_attributes(upload),
        "assignments": [_assignment_entry(assignment) for assignment in assignments],
        "expires_at": expires_at,
    }


def is_roster(item: Item) -> bool:
    """Whether an item is a roster that can be read."""
    try:
        upload_of(item), assignments_of(item)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


def assignments_of(item: Item | None) -> tuple[Assignment, ...]:
    """Read the assignments of a roster; none where there is no roster."""
    return tuple(
        Assignment(
            entry["instructor_id"],
            tuple(entry.get("lesson_ids", ())),
            tuple(entry.get("booking_ids", ())),
            tuple(entry.get("time_slots", ())),
        )
        for entry in (item["assignments"] if item else ())
    )


def conflict_item(date: str, conflict: Conflict, expires_at: int) -> Item:
    """A conflict as an item of a day."""
    return {
        "PK": day_pk(date),
        "SK": f"{CONFLICT_PREFIX}{conflict.kind}#{'#'.join(conflict.lesson_ids)}",
        "kind": conflict.kind,
        "lesson_ids": list(conflict.lesson_ids),
        "instructor_id": conflict.instructor_id,
        "expires_at": expires_at,
    }


def conflict_of(item: Item) -> Conflict:
    """Read a conflict."""
    return Conflict(item["kind"], tuple(item["lesson_ids"]), item["instructor_id"])


def profile_item(profile: Profile) -> Item:
    """A profile as an item."""
    return {
        "PK": profile_pk(profile.id),
        "SK": PROFILE,
        "id": profile.id,
        "name": profile.name,
        "photo": profile.photo,
        "languages": list(profile.languages),
        **({"levels": list(profile.levels)} if profile.levels else {}),
        **({} if profile.is_active else {"active": False}),
        **({"absences": list(profile.absences)} if profile.absences else {}),
    }


def profile_of(item: Item) -> Profile:
    """Read a profile."""
    return Profile(
        item["id"],
        item["name"],
        item["photo"],
        tuple(item["languages"]),
        tuple(item.get("levels", ())),
        item.get("active", True),
        tuple(item.get("absences", ())),
    )


def items_hash(items: Iterable[Item]) -> str:
    """A hash of a set of items, whatever their order."""
    return digests_hash(digest(item) for item in items)


def digests_hash(digests: Iterable[str]) -> str:
    """The :func:`items_hash` of items whose digests are known."""
    return blake2b("".join(sorted(digests)).encode(), digest_size=16).hexdigest()


def _number(value: object) -> int:
    """A number that tells no file from another; 0 where somebody has mutilated it."""
    return value if isinstance(value, int) else 0


def _assignment_entry(assignment: Assignment) -> Item:
    named = {"lesson_ids": assignment.lesson_ids, "booking_ids": assignment.booking_ids, "time_slots": assignment.time_slots}
    return {"instructor_id": assignment.instructor_id, **{name: list(values) for name, values in named.items() if values}}
