"""However large a file is, reading it stays within the function's memory and time, and changes nothing where it is rejected."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aws import School
from embedded import CREDENTIALS
from large_files import EXPORTS, INSTRUCTORS
from season import export
from state import check_consistent

MEMORY_MIB, SECONDS = 512, 300
"""What the function has."""

LARGE, SMALL = 100_000, 500
"""Rows of a season, in the full and the short form of the proof."""

ROOM = 0.6
"""How much of it a season of 100,000 rows may take."""

CORE = 512 / 1769
"""How much of a core Lambda gives to a function of that memory (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html)."""

PERIOD_SECONDS = 0.02
"""How long the function runs and waits in turn, where it has a part of a core."""

LATENCY_SECONDS = 0.015
"""Of each request to S3 or DynamoDB from within their region: both answer most within 5 to 15 ms."""

MOST_PROFILES = "as many profiles as fit"

SHORT = ("tabs", "one array in another", MOST_PROFILES)
"""What the short form of the proof reads."""


def run(school, address, key, content, core=1.0, latency=0.0):
    """One call of the function in a process of its own; gives what it answered, and the memory and time that it took.

    Args:
        core: How much of a core it has.
        latency: Seconds that each request to AWS takes more.
    """
    event = school.put(key, content)
    environment = {
        **os.environ,
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": address,
        "DATA_TABLE": school.table,
        "WEBSITE_BUCKET": school.website,
        "POWERTOOLS_LOG_LEVEL": "CRITICAL",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "LATENCY_SECONDS": str(latency),
    }
    command = [sys.executable, Path(__file__).with_name("one_run.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        process.stdin.write(json.dumps({"Records": [event]}))
        process.stdin.close()
        process.stdin = None
        hold_back(process, core)
        said, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors[-2000:]
    result = json.loads(said.splitlines()[-1])
    return result["records"][0] | {"seconds": result["seconds"], "peak": result["peak"]}


def hold_back(process, core):
    """Lets a process run for a part of each period until it ends, also of one in which it only waits: rather too slow than too fast."""
    deadline = time.monotonic() + SECONDS
    while core < 1 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(PERIOD_SECONDS * core)
        process.send_signal(signal.SIGSTOP)
        time.sleep(PERIOD_SECONDS * (1 - core))
        process.send_signal(signal.SIGCONT)


@pytest.fixture
def school(clients):
    school = School(*clients)
    school.upload("orders/before.tsv", export(50))
    yield school
    school.dynamodb.delete_table(TableName=school.table)
    school.s3.delete_object(Bucket=school.inbox, Key="orders/large.tsv")


@pytest.mark.parametrize("what", EXPORTS)
def test_an_export_stays_within_the_functions_limits(school, address, contract, what, full, figures, progress):
    if not full and what not in SHORT:
        return
    check(school, address, contract, what, "orders/large.tsv", EXPORTS[what](), figures, progress)


@pytest.mark.parametrize("what", INSTRUCTORS)
def test_profiles_stay_within_the_functions_limits(school, address, contract, what, full, figures, progress):
    if not full and what not in SHORT:
        return
    check(school, address, contract, f"profiles: {what}", "instructors/profiles.json", INSTRUCTORS[what](), figures, progress)
    if what == MOST_PROFILES:
        school.upload("instructors/profiles.json", {"jana": {"name": "Jana"}})
        left = {key for key in school.items() if key[0].startswith(("INSTRUCTOR", "SOURCE#profiles"))}
        assert left == {("INSTRUCTOR#jana", "PROFILE"), ("SOURCE#profiles", "LATEST")}, "all of them leave at once"


def test_a_season_is_read_in_time_with_lambdas_part_of_a_core_and_a_network_between(school, address, contract, full, figures, progress):
    rows = LARGE if full else SMALL
    what = f"a season of {rows:,} rows, with {CORE:.2f} of a core and {LATENCY_SECONDS * 1000:.0f} ms a request"
    progress(what)
    content = export(rows)
    answer = run(school, address, "orders/large.tsv", content, CORE, LATENCY_SECONDS)
    figures("limits", {what: measured(content, answer)})
    assert answer["outcome"] == "accepted"
    assert answer["seconds"] < SECONDS * ROOM
    check_consistent(school, contract)


def check(school, address, contract, what, key, content, figures, progress):
    progress(f"a file of {len(content) / 1e6:.0f} MB: {what}")
    before = school.documents()
    answer = run(school, address, key, content)
    figures("limits", {what: measured(content, answer)})
    assert answer["peak"] < MEMORY_MIB, f"{what}: {answer}"
    if what == "a season of 100,000 rows":
        assert answer["outcome"] == "accepted"
        assert answer["peak"] < MEMORY_MIB * ROOM
        assert answer["seconds"] < SECONDS * ROOM
    if answer["outcome"] == "rejected":
        assert school.documents() == before
    check_consistent(school, contract)


def measured(content, answer):
    """The figures of a run."""
    return {
        "MB": len(content) / 1e6,
        "rows": answer["rows"]["total"],
        "outcome": answer["outcome"],
        "MiB": answer["peak"],
        "seconds": answer["seconds"],
    }
