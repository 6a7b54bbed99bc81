import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import settings

from aws import School, client, embedded_aws

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("steady")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    with embedded_aws(tmp_path_factory.mktemp("aws")) as address:
        yield address


@pytest.fixture(scope="session")
def clients(address):
    return client("dynamodb", address), client("s3", address)


@pytest.fixture
def school(clients):
    return School(*clients)


@pytest.fixture(scope="session")
def contract():
    """Checks a published document."""
    return jsonschema.Draft7Validator(json.loads((ROOT / "contract/schedule.schema.json").read_text())).validate
