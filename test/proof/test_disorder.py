"""Late, doubled, disordered and disturbed events, on workers at once, end in the state of the newest valid file of each kind."""

from collections import Counter
from contextlib import suppress
from random import Random

import pytest

import scheduler.refresh
from aws import School
from faults import faults
from histories import make_history
from scheduler.engine import DAILY_EVENT, Engine
from scheduler.errors import RetryError
from scheduler.store import pause
from state import check_consistent, differences, meaning
from turns import OwnThread
from workers import Workers, event_of

TAKING_TURNS, AT_ONCE = range(300), range(60)
SHORT_TAKING_TURNS, SHORT_AT_ONCE = (*range(9), 13, 20, 17, 10, 50, 74), range(3)
"""In 13 the table is set back, in 20 each of its items is or is not; in 17 a roster names somebody who left; in the last three, workers
interleave so that a missing lock or condition shows."""


@pytest.fixture(scope="module")
def workers(address):
    return Workers(address)


def test_workers_whose_calls_interleave_in_any_way_end_in_the_newest(
    clients, workers, contract, full, seeds, figures, progress, monkeypatch
):
    # Documents in the run's own thread: only then is it the seed alone that decides the order of all calls.
    monkeypatch.setattr(scheduler.refresh, "ThreadPoolExecutor", OwnThread)
    histories = seeds(TAKING_TURNS if full else SHORT_TAKING_TURNS)
    answers = Counter()
    for number, seed in enumerate(histories):
        progress(f"history {number} of {len(histories)}, taking turns")
        answers += play(clients, workers, contract, seed, choose=Random(seed))
    figures("disorder", {"histories taking turns": len(histories), **answers})


def test_workers_that_truly_run_at_once_end_in_the_newest(clients, workers, contract, full, seeds, figures, progress):
    histories = seeds(AT_ONCE if full else SHORT_AT_ONCE)
    answers = Counter()
    for number, seed in enumerate(histories):
        progress(f"history {number} of {len(histories)}, at once")
        answers += play(clients, workers, contract, seed)
    figures("disorder", {"histories at once": len(histories), **{f"{name}, at once": count for name, count in answers.items()}})


def play(clients, workers, contract, seed, choose=None):
    """Plays a history and compares what it ends in; gives what became of its events."""
    history = make_history(seed)
    school = School(*clients)
    school.now = history.now
    try:
        answers = []
        torn = 0
        begin(school, history)
        once = [school.items()]
        for phase, deliveries in enumerate(history.deliveries):
            if phase in history.lost:
                lose_table(school, history.lost[phase], once, Random(seed + phase))
                if history.lost[phase] == "lost":
                    begin(school, history)
            for upload in history.uploads:
                if upload.phase == phase:
                    school.restore(upload.key, upload.content)
            answers += workers.deliver(school, deliveries, choose)
            torn += tear(school, history.torn[phase], Random(seed + phase))
            once.append(school.items())
        if history.stopped:
            stop(school, history, workers)
        school.engine().run(DAILY_EVENT)
        check_answers(school, history, answers)
        check_consistent(school, contract)
        expected = meaning_of_newest(school, history)
        found = meaning(school)
        if "mixed" in history.lost.values():
            # Items came back that nothing in the table tells of any more: nobody sees them, and those of a day expire with it.
            found["items"] = {key: item for key, item in found["items"].items() if key in expected["items"]}
        assert found == expected, differences(found, expected)
    except BaseException as error:
        error.add_note(f"History {seed}. Again: npm run proof -- disorder --seed {seed}")
        raise
    finally:
        remove(school)
    failures = sum(answer.failures for answer in answers)
    counts = {"uploads": len(history.uploads), "deliveries": len(answers), "failed attempts": failures}
    counts |= {"items that disappeared": torn, "exports overwritten half done": int(history.stopped is not None)}
    counts |= {f"{how} tables": list(history.lost.values()).count(how) for how in ("lost", "restored", "mixed")}
    return Counter(counts) + Counter(answer.outcome for answer in answers)


def begin(school, history):
    """The profiles with which a school begins."""
    school.restore(history.first_profiles.key, history.first_profiles.content)
    [answer] = school.run(event_of(school, history.first_profiles))
    assert answer["outcome"] == "accepted", answer


def lose_table(school, how, once, choose):
    """Nothing is left of the table, or it is set back to what it was at some time, or each of its items is; documents stay as they are."""
    now = school.items()
    then = {} if how == "lost" else choose.choice(once)
    for key in sorted(now.keys() | then.keys()):
        if how != "mixed" or choose.random() < 0.5:
            school.replace(key, then.get(key))


def stop(school, history, workers):
    """The run of an export is stopped, its file overwritten, and its event tried again: it is the newest if it came into force."""
    upload = history.stopped.upload
    school.restore(upload.key, upload.content)
    event = event_of(school, upload)
    with faults(workers.clients[0], *history.stopped.crashes[0]), suppress(RetryError):
        Engine(school.settings(), *workers.clients[0], clock=lambda: school.now, wait=pause).run({"Records": [event]})
    in_force = school.items("SOURCE#orders").get(("SOURCE#orders", "LATEST"), {}).get("key") == upload.key
    school.restore(upload.key, b"<!doctype html>")
    assert school.run(event)[0]["outcome"] == ("accepted" if in_force else "ignored")
    if not in_force:
        history.uploads.remove(upload)


def tear(school, kind, choose):
    """An item of a day disappears without the others, as one that somebody deletes; gives how many there were to disappear."""
    keys = sorted(key for key in school.items() if key[1].startswith(kind)) if kind else []
    if keys:
        school.replace(choose.choice(keys), None)
    return len(keys[:1])


def meaning_of_newest(school, history):
    """The meaning of the newest valid file of each kind alone, read in another school with the same uploads."""
    alone = school.beginner()
    try:
        begin(alone, history)
        # A roster is valid when its instructors are known.
        for upload in sorted(history.newest_valid().values(), key=lambda upload: upload.kind != "profiles"):
            school.restore(upload.key, upload.content)
            [answer] = alone.run(event_of(alone, upload))
            assert answer["outcome"] == "accepted", answer
        return meaning(alone)
    finally:
        remove(alone)


def check_answers(school, history, answers):
    """No file that must not be in force was accepted, and those that were rejected are on record, and only those."""
    recorded = {(item["key"], item["uploaded_at"]) for item in school.items("REJECTED").values()}
    newest = history.newest_valid()
    for answer in answers:
        assert answer.outcome != "accepted" or answer.upload.is_valid, f"{answer.upload.key} is broken, and was accepted"
    for upload in history.uploads:
        last_of_key = max(other.sequencer for other in history.uploads if other.key == upload.key)
        in_force = newest.get(upload.kind)
        is_newest = in_force is None or upload.order > in_force.order
        if upload.kind != "other" and not upload.is_valid and is_newest and upload.sequencer == last_of_key:
            assert name_of(upload) in recorded, f"{upload.key} is the newest and broken, and is not on record"
    broken = {name_of(upload) for upload in history.uploads if not upload.is_valid}
    assert recorded <= broken, f"on record as rejected, and valid: {recorded - broken}"


def name_of(upload):
    return upload.key, upload.uploaded.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def remove(school):
    """Ends a school's table, so that the embedded AWS stays as quick as it was."""
    school.dynamodb.delete_table(TableName=school.table)
