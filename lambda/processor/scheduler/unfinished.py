"""Profiles that are in force, and are more than a transaction holds: until each is an item of its own, all of them are in a few.

So they are in force as a whole from the beginning, and whatever stops a run half way, or is saved over its file, the next run ends what was
begun.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.instructors import Profile
from scheduler.items import PROFILES_SOURCE, WRITING_PREFIX, Item, profile_item, profile_of
from scheduler.packing import packed_texts, unpacked
from scheduler.schedule import canonical

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What the profiles in force are.

    Attributes:
        profiles: By instructor id.
        leaving: Of whom an item may be left, though they are not among them.
        parts: In how many items all of that is.
    """

    profiles: Mapping[str, Profile]
    leaving: Sequence[str]
    parts: int

    def keys(self) -> list[Key]:
        """Of the items that hold it."""
        return writing_keys(self.parts)


def writing_keys(parts: int) -> list[Key]:
    """Of the items that hold what is unfinished."""
    return [(PROFILES_SOURCE, f"{WRITING_PREFIX}{number:03}") for number in range(parts)]


def to_finish(profiles: Mapping[str, Profile], leaving: Iterable[str]) -> list[Item]:
    """The items that hold profiles until each has one of its own."""
    texts = packed_texts([canonical(sorted(leaving)), *(canonical(profile_item(profile)) for _, profile in sorted(profiles.items()))])
    return [{"PK": pk, "SK": sort_key, "said": text} for (pk, sort_key), text in zip(writing_keys(len(texts)), texts, strict=True)]


def unfinished_of(items: Iterable[Item], parts: int) -> Unfinished | None:
    """What is unfinished, of all of its items; None where they are not there any more, as it is finished."""
    texts = [item["said"] for item in sorted(items, key=lambda item: str(item["SK"]))]
    if len(texts) < max(parts, 1):
        return None
    leaving, *profiles = (json.loads(line) for line in unpacked(texts))
    return Unfinished({item["id"]: profile_of(item) for item in profiles}, leaving, parts)
