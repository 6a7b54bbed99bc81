"""What of a school is compared: every byte, or what it means whatever way led to it."""

from scheduler.items import KEPT_PREFIX, LESSON_PREFIX, items_hash

WAY_DEPENDENT = ("revision", "generated_at", "changed_by", "lessons_changed", "participants_changed")
"""How often, when and by which upload something was written: the only things that may tell of the way to a state."""


def every_byte(school):
    """All that is stored: items as the table has them, documents with their bytes and headers."""
    documents = {}
    for key in school.published():
        answer = school.s3.get_object(Bucket=school.website, Key=key)
        documents[key] = (answer["Body"].read(), answer["ContentType"], answer["CacheControl"], answer["Metadata"])
    return school.items(), documents


def meaning(school):
    """What the table and the documents say. Days that had lessons and have none any more say nothing."""
    items = {key: _meaning_of(item) for key, item in school.items().items() if not _is_left_over(item) and key[0] != "REJECTED"}
    documents = school.documents()
    index = documents.pop("data/schedule.json", {"orders": None, "days": []})
    listed = [_without(day, *WAY_DEPENDENT) for day in index["days"] if day["lessons"]]
    shown = {key: _without(document, *WAY_DEPENDENT) for key, document in documents.items() if document["lessons"]}
    return {"items": items, "orders": index["orders"], "listed": listed, "shown": shown}


def check_consistent(school, contract):
    """The documents keep the contract, the index lists exactly what is in place, and both are what the table says."""
    items, documents = school.items(), school.documents()
    for document in documents.values():
        contract(document)
    index = documents.pop("data/schedule.json", {"days": []})
    found = {}
    for key, document in documents.items():
        lessons = document["lessons"]
        found[key] = (document["date"], document["revision"], len(lessons), sum(len(lesson["participants"]) for lesson in lessons))
    assert {day["path"]: (day["date"], day["revision"], day["lessons"], day["participants"]) for day in index["days"]} == found
    for (pk, sk), meta in items.items():
        if sk == "META":
            of_day = [item for (other_pk, _), item in items.items() if other_pk == pk]
            rest = [item for item in of_day if item["SK"] != "META" and not item["SK"].startswith(KEPT_PREFIX)]
            assert meta["state_hash"] == items_hash(rest), f"{pk} is half written"
            document = documents.get(f"data/days/{meta['date']}.json")
            assert document is None or document["revision"] == meta["revision"]
            assert meta["lessons"] == sum(item["SK"].startswith(LESSON_PREFIX) for item in rest)


def differences(found, expected):
    """Where two meanings differ, in few words."""
    lines = []
    for part in expected:
        if isinstance(expected[part], dict):
            keys = sorted(found[part].keys() | expected[part].keys(), key=str)
            pairs = [(key, found[part].get(key), expected[part].get(key)) for key in keys]
        else:
            pairs = [("", found[part], expected[part])]
        lines += [f"{part} {key}:\n  found    {one}\n  expected {other}" for key, one, other in pairs if one != other]
    return "\n".join(lines)


def _is_left_over(item):
    return item["SK"] == "META" and not item["lessons"] and not item["has_roster"]


def _meaning_of(item):
    if item["SK"] == "META":
        # As long as a day has no lessons, it does not matter by which profiles they were assigned, nor in which form an export wrote none.
        return _without(item, *WAY_DEPENDENT, *(() if item["lessons"] else ("content_hash", "profiles_hash", "form")))
    # An export's pointer remembers the days of earlier exports, so that none is left behind.
    if item["PK"] == "SOURCE#orders":
        return _without(item, "names")
    # Who is remembered to have left, and when, depends on which of the profiles between were processed.
    return _without(item, "former") if item["PK"] == "SOURCE#profiles" else item


def _without(entry, *names):
    return {name: value for name, value in entry.items() if name not in names}
