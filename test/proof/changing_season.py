"""A season's export that changes a little from upload to upload, as a booking system's does during a day."""

from datetime import date, datetime, timedelta
from random import Random

from season import export


class ChangingSeason:
    """An export of a season, and the changes that people make to it.

    Args:
        rows: How many rows it begins with.
        seed: The same changes for the same seed.
    """

    def __init__(self, rows, seed=1):
        self._choose = Random(seed)
        header, *lines = export(rows, seed).decode().split("\n")[:-1]
        self._columns = header.split("\t")
        self._lines = [line.split("\t") for line in lines]

    def content(self):
        """The export's bytes."""
        return "\n".join("\t".join(fields) for fields in [self._columns, *self._lines, [""]]).encode()

    def change(self, rows):
        """Changes so many rows: mostly the place or the participant, sometimes a row goes and another comes.

        Returns:
            How many lessons can differ by that.
        """
        touched = set()
        for number in self._choose.sample(range(len(self._lines)), rows):
            fields = self._lines[number]
            touched.add(self._lesson(fields))
            what = self._choose.choice(["location_meeting", "level", "name_participant", "moved"])
            if what == "moved":
                self._move(fields)
            else:
                self._set(fields, what, f"{self._choose.choice(['Nový', 'Jiný', 'Další'])} {self._choose.randrange(50)}")
            touched.add(self._lesson(fields))
        return len(touched)

    def starting(self, after, until):
        """How many rows start after a moment and until another."""
        starts = (datetime.fromisoformat(self._get(fields, "timestamp_start_lesson")) for fields in self._lines)
        return sum(after < start <= until for start in starts)

    def _move(self, fields):
        """Moves a row to another day of the season."""
        day = date(2026, 12, 20) + timedelta(days=self._choose.randrange(60))
        self._set(fields, "date_lesson", f"{day:%d.%m.%Y}")
        for column in ("timestamp_start_lesson", "timestamp_end_lesson"):
            self._set(fields, column, f"{day}{self._get(fields, column)[10:]}")

    def _lesson(self, fields):
        names = ("timestamp_start_lesson", "level", "group_size", "location_meeting", "id_order")
        return tuple(self._get(fields, name) for name in names)

    def _get(self, fields, column):
        return fields[self._columns.index(column)]

    def _set(self, fields, column, text):
        fields[self._columns.index(column)] = text
