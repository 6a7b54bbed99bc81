"""However large a file is, reading it stays within the function's memory and time, and changes nothing where it is rejected."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aws import School
from embedded import CREDENTIALS
from large_files import EXPORTS, INSTRUCTORS
from season import export
from state import check_consistent

MEMORY_MIB, SECONDS = 512, 300
"""What the function has."""

ROOM = 0.6
"""How much of it a season of 100,000 rows may take."""

SHORT = ("tabs", "one array in another")
"""What the short form of the proof reads."""


def run(school, address, key, content):
    """One call of the function in a process of its own; gives what it answered, and the memory and time that it took."""
    event = school.put(key, content)
    environment = {
        **os.environ,
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": address,
        "DATA_TABLE": school.table,
        "WEBSITE_BUCKET": school.website,
        "POWERTOOLS_LOG_LEVEL": "CRITICAL",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    command = [sys.executable, Path(__file__).with_name("one_run.py")]
    process = subprocess.run(
        command, input=json.dumps({"Records": [event]}), env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    assert process.returncode == 0, process.stderr[-2000:]
    result = json.loads(process.stdout.splitlines()[-1])
    return result["records"][0] | {"seconds": result["seconds"], "peak": result["peak"]}


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


def check(school, address, contract, what, key, content, figures, progress):
    progress(f"a file of {len(content) / 1e6:.0f} MB: {what}")
    before = school.documents()
    answer = run(school, address, key, content)
    figures(
        "limits",
        {
            what: {
                "MB": len(content) / 1e6,
                "rows": answer["rows"]["total"],
                "outcome": answer["outcome"],
                "MiB": answer["peak"],
                "seconds": answer["seconds"],
            }
        },
    )
    assert answer["peak"] < MEMORY_MIB, f"{what}: {answer}"
    if what == "a season of 100,000 rows":
        assert answer["outcome"] == "accepted"
        assert answer["peak"] < MEMORY_MIB * ROOM
        assert answer["seconds"] < SECONDS * ROOM
    if answer["outcome"] == "rejected":
        assert school.documents() == before
    check_consistent(school, contract)
