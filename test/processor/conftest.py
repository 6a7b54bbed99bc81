import json
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import settings

import handler
from aws import Context, School
from embedded import REGION, dynamodb_client, embedded_aws, s3_client

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("steady")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    with embedded_aws(tmp_path_factory.mktemp("aws")) as address:
        yield address


@pytest.fixture(scope="session")
def clients(address):
    return dynamodb_client(address), s3_client(address)


@pytest.fixture
def school(clients):
    return School(*clients)


@pytest.fixture(scope="session")
def contract():
    """Checks a published document."""
    return jsonschema.Draft7Validator(json.loads((ROOT / "contract/schedule.schema.json").read_text())).validate


@pytest.fixture
def function(school, address, monkeypatch):
    """The function on a school's table and buckets, with what its environment holds."""
    environment = {
        "AWS_ENDPOINT_URL": address,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "DATA_TABLE": school.table,
        "WEBSITE_BUCKET": school.website,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    handler.engine.cache_clear()

    def call(*records):
        monkeypatch.setattr(handler.logger.registered_handler, "stream", sys.stdout)
        return handler.main({"Records": list(records)}, Context())

    yield call
    handler.engine.cache_clear()
