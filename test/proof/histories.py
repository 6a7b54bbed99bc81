"""Random histories of a school's uploads, and in what disorder their events arrive: the same for the same seed."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from exports import export, row

ZONE = ZoneInfo("Europe/Prague")
MOMENTS = (
    datetime(2026, 12, 27, 6, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
)
"""When a history happens: a winter's day, both sides of a year's end, and both switches of summer time."""

FIRST_DAY, LAST_DAY = -2, 3
LONG_PAST = -40
STARTS = ("08:40", "09:00", "11:00", "14:30")
TYPES = ("privát", "privát", "malá skupina", "velká skupina", "škola v přírodě")
LEVELS = ("lyže začátečník", "snowboard pokročilý")
PEOPLE = ("Anna Malá", "Anna Velká", "Jan", "Żaneta", "")
SPONSORS = ("Novák Petr", "Nowak Piotr", "Müller")
BOOKINGS = ("b-1", "b-2", "b-3", "")
PROFILES_KEY = "instructors/profiles.json"
BROKEN_EXPORTS = (
    b"",
    b"\xef\xbb\xbf",
    b"<!doctype html><title>Session expired</title>",
    b"id_order\tlevel\n1\tx\n",
    export(),
    b"\xff\xfe\x00",
)


@dataclass(frozen=True)
class Uploaded:
    """A file as it is uploaded.

    Attributes:
        kind: What it is, for the state: ``orders``, ``profiles``, ``roster <date>``, or ``other``.
        is_valid: Whether it may be put in force.
        phase: When; what belongs to a phase is delivered before the next begins, unless it is late.
        uploaded: The event's time.
        sequencer: The event's sequencer.
    """

    kind: str
    key: str
    content: bytes
    is_valid: bool
    phase: int
    uploaded: datetime
    sequencer: int

    @property
    def order(self):
        return self.uploaded, self.key, self.sequencer

    @property
    def etag(self):
        return hashlib.md5(self.content).hexdigest()


@dataclass(frozen=True)
class Delivery:
    """An event on its way to a worker, and which AWS call of each attempt to process it fails: (number, after it took effect)."""

    upload: Uploaded
    crashes: tuple = ()


@dataclass
class History:
    """What happens to a school.

    Attributes:
        seed: Tells which history it is.
        now: The time, which stands still.
        uploads: In their order.
        deliveries: By phase, in the order in which workers take them.
        torn: For each phase, of what kind an item is that disappears after it; None where none does.
        lost: The phases before which the table is lost, or set back, by how: ``lost``, ``restored`` as it once was, or ``mixed`` of both.
            Everybody's files are uploaded and delivered again then.
        stopped: An export after all others whose run is stopped, and whose file is overwritten by a broken one; None where there is none.
        first_profiles: What the school begins with: everyone whom a roster may name has been in force.
    """

    seed: int
    now: datetime
    uploads: list = field(default_factory=list)
    deliveries: list = field(default_factory=list)
    torn: list = field(default_factory=list)
    lost: dict = field(default_factory=dict)
    stopped: Delivery | None = None
    first_profiles: Uploaded | None = None

    def newest_valid(self):
        """The file of each kind that must be in force at the end."""
        newest = {}
        for upload in self.uploads:
            if upload.is_valid and (upload.kind not in newest or newest[upload.kind].order < upload.order):
                newest[upload.kind] = upload
        return newest


def make_history(seed):
    """Make the history of a seed."""
    return _Maker(seed).make()


class _Maker:
    def __init__(self, seed):
        self.choose = Random(seed)
        # Of its own, so that a history stays as it is but for what is lost.
        self.fate = Random(f"fate of {seed}")
        self.history = History(seed, self.choose.choice(MOMENTS))
        self.today = self.history.now.astimezone(ZONE).date()
        self.phase, self.phases = 0, self.choose.randint(1, 3)
        self.when = self.history.now - timedelta(hours=2)
        self.read_in = {}
        self.has_newcomer = self.chance(0.5)

    def chance(self, probability):
        return self.choose.random() < probability

    def make(self):
        late = []
        self.history.first_profiles = self._upload("profiles", PROFILES_KEY, self._everyone(), True)
        self.read_in[self.history.first_profiles] = -1
        for phase in range(self.phases):
            self.phase = phase
            due, late = late, []
            if phase > 0 and self.fate.random() < 0.25:
                due += self._recovery()
            is_last = phase == self.phases - 1
            makers = [self._any] * self.choose.randint(2, 4)
            if is_last:
                # Whatever else happened, in the end there is a valid export, and profiles that know every instructor named.
                makers += [self._orders, self._profiles]
                self.choose.shuffle(makers)
            for make in makers:
                upload = self._upload(*make())
                is_late = not is_last and self.chance(0.2)
                self.read_in[upload] = phase + is_late
                (late if is_late else due).extend([upload] * self.choose.choice([1, 1, 1, 2, 3]))
                if self.chance(0.2):
                    (due if is_last else late).append(upload)
            self.choose.shuffle(due)
            self.history.deliveries.append([Delivery(upload, self._crashes()) for upload in due])
            self.history.torn.append(self.choose.choice([None, None, "META", "LESSON"]))
        self._stopped()
        return self.history

    def _stopped(self):
        """An export of which nobody knows whether it came into force before its run was stopped: that is to be seen then."""
        self.choose = self.fate
        if self.chance(0.5):
            upload = self._upload("orders", "orders/stopped.tsv", self._export(), True)
            self.history.stopped = Delivery(upload, ((self.choose.randrange(4, 16), self.chance(0.5)),))

    def _recovery(self):
        """The table is lost or set back: what was uploaded is delivered again, and what was in force is uploaded again."""
        self.history.lost[self.phase] = self.fate.choice(["lost", "restored", "mixed"])
        again = list(self.history.uploads)
        for upload in list(self.history.newest_valid().values()):
            self.read_in[self._upload(upload.kind, upload.key, upload.content, True)] = self.phase
        return again + self.history.uploads[len(again) :]

    def _upload(self, kind, key, content, is_valid):
        self.when += timedelta(milliseconds=self.choose.choice([0, 0, 1, 40, 1000]))
        upload = Uploaded(kind, key, content, is_valid, self.phase, self.when, len(self.history.uploads) + 1)
        self.history.uploads.append(upload)
        return upload

    def _crashes(self):
        """At most two of the three attempts that Lambda makes fail."""
        return tuple((self.choose.randrange(16), self.chance(0.5)) for _ in range(self.choose.choice([0, 0, 0, 1, 2])))

    def _any(self):
        return self.choose.choices([self._orders, self._profiles, self._roster, self._broken, self._other], [40, 12, 25, 20, 3])[0]()

    def _orders(self):
        return "orders", f"orders/{self.choose.choice('abc')}.tsv", self._export(), True

    def _export(self):
        rows = [self._row() for _ in range(self.choose.randint(1, 9))]
        if self.chance(0.3):
            rows.append(self._row() | self.choose.choice([{"level": ""}, {"date_lesson": "01.01.1970"}, {"id_order": "x"}]))
        self.choose.shuffle(rows)
        rows.append(self._row())
        return export(*rows, newline=self.choose.choice(["\n", "\r\n"]), mark=self.choose.choice([b"", b"\xef\xbb\xbf"]))

    def _row(self):
        day = self.today + timedelta(days=LONG_PAST if self.chance(0.03) else self.choose.randint(FIRST_DAY, LAST_DAY))
        hours, minutes = self.choose.choice(STARTS).split(":")
        start = datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=ZONE)
        return row(
            id_order=self.choose.randint(1, 6),
            location_meeting=self.choose.choice(["Stone bar", "Rýžoviště"]),
            level=self.choose.choice(LEVELS),
            group_size=self.choose.choice(TYPES),
            language=self.choose.choice(["cz", "de"]),
            name_sponsor=self.choose.choice(SPONSORS),
            name_participant=self.choose.choice(PEOPLE),
            age_participant=self.choose.choice(["7", "9", ""]),
            date_lesson=f"{day:%d.%m.%Y}",
            timestamp_start_lesson=start.isoformat(),
            timestamp_end_lesson=(start + timedelta(minutes=self.choose.choice([50, 110]))).astimezone(UTC).isoformat(),
            booking_id=self.choose.choice(BOOKINGS),
        )

    def _profiles(self):
        known = {"jana": self._profile("Jana"), "petr": self._profile("Petr")}
        if self.has_newcomer if self.phase == self.phases - 1 else self.chance(0.3):
            known["eva"] = self._profile("Eva")
        if self.chance(0.4):
            known["dana"] = self._profile("Dana")
        return "profiles", PROFILES_KEY, json.dumps(known).encode(), True

    def _everyone(self):
        return json.dumps({name: {"name": name} for name in ("jana", "petr", "dana")}).encode()

    def _profile(self, name):
        return {"name": self.choose.choice([name, f"{name} II"]), "languages": self.choose.choice([[], ["cs"], ["cz", "de"]])}

    def _roster(self):
        date, key = self._roster_key()
        # Whether a roster is valid is for the newest profiles to say: it may come before them, and then waits.
        instructors = ("jana", "petr", "dana", "eva") if self.has_newcomer else ("jana", "petr", "dana")
        entries = []
        for _ in range(self.choose.randint(0, 3)):
            entry = {"instructor_id": self.choose.choice(instructors), "booking_ids": self.choose.sample(BOOKINGS[:3], 2)}
            if self.chance(0.3):
                entry["time_slots"] = self.choose.sample(STARTS, 2)
            entries.append(entry)
        kind = self._roster_kind(date)
        return kind, key, json.dumps({"date": date, "assignments": entries}).encode(), kind != "other"

    def _roster_kind(self, date):
        return f"roster {date}" if date > (self.today + timedelta(days=LONG_PAST)).isoformat() else "other"

    def _roster_key(self):
        date = (self.today + timedelta(days=LONG_PAST if self.chance(0.05) else self.choose.randint(0, 1))).isoformat()
        return date, f"instructors/roster-{date}.json"

    def _broken(self):
        kind, key, content = self.choose.choice([self._broken_export, self._broken_profiles, self._broken_roster])()
        # S3 keeps one object of a key: a broken file that replaces a valid one before that was read takes it away for good.
        if any(upload.is_valid and upload.key == key and not self._is_surely_read(upload) for upload in self.history.uploads):
            return self._orders()
        return kind, key, content, False

    def _is_surely_read(self, upload):
        """Whether a file was put in force, or is older than one that was, before this phase; a roster waits for its instructors."""
        if self.read_in[upload] >= self.phase or (upload.kind.startswith("roster") and b'"eva"' in upload.content):
            return False
        return not upload.kind.startswith("roster") or any(
            other.kind == "profiles" and other.is_valid and read_in < self.phase for other, read_in in self.read_in.items()
        )

    def _broken_export(self):
        return "orders", f"orders/{self.choose.choice('abcd')}.tsv", self.choose.choice(BROKEN_EXPORTS)

    def _broken_profiles(self):
        content = self.choose.choice([b"", b"{", b"[]", b'{"jana": {}}', b"\xff", b'{"jana": {"name": "\\ud800"}}'])
        return "profiles", PROFILES_KEY, content

    def _broken_roster(self):
        date, key = self._roster_key()
        entry = {"instructor_id": "nobody", "booking_ids": ["b-1"]}
        wrong = [None, {"date": "2026-01-01", "assignments": []}, {"date": date}, {"date": date, "assignments": [entry]}]
        return self._roster_kind(date), key, json.dumps(self.choose.choice(wrong)).encode()

    def _other(self):
        return "other", self.choose.choice(["orders/notes.txt", "instructors/jana.jpg", "orders/.tsv"]), b"?", False
