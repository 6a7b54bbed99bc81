"""The proof runs on the embedded AWS like the processor's tests; in its long form with ``--full``."""

import json
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from in_process import aws_in_process, direct_clients

ROOT = Path(__file__).parents[2]
SHOWN_EVERY_SECONDS = 0.5


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="the whole proof, as `npm run proof` runs it")
    parser.addoption("--seed", type=int, help="only this history or mutation, as a failure names it")
    parser.addoption("--figures", type=Path, help="a folder to write the measured figures to")


@pytest.fixture(scope="session")
def full(request):
    return request.config.getoption("--full")


@pytest.fixture(scope="session")
def seeds(request):
    """Gives the seeds to go through: all of these, or only the one that was asked for."""
    chosen = request.config.getoption("--seed")
    return lambda every: every if chosen is None else [chosen]


@pytest.fixture(scope="session")
def figures(request):
    """Takes a part's figures: ``figures("disorder", {"histories": 300})``."""
    folder = request.config.getoption("--figures")

    def write(part, values):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{part}.json"
            known = json.loads(file.read_text()) if file.exists() else {}
            file.write_text(json.dumps(known | values, ensure_ascii=False, indent=2))

    return write


@pytest.fixture
def progress():
    """Says how far a long test is, at most twice a second; seen where pytest runs with ``-s``."""
    said = 0.0

    def say(text):
        nonlocal said
        if time.monotonic() - said > SHOWN_EVERY_SECONDS:
            said = time.monotonic()
            print(text, file=sys.stderr, flush=True)

    return say


@pytest.fixture(scope="session")
def address():
    with aws_in_process() as address:
        yield address


@pytest.fixture(scope="session")
def clients(address):
    return direct_clients(address)


@pytest.fixture(scope="session")
def contract():
    """Checks a published document."""
    return jsonschema.Draft7Validator(json.loads((ROOT / "contract/schedule.schema.json").read_text())).validate
