import json
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import settings

import handler
import local_dynamodb
from aws import Context, School
from embedded import REGION, dynamodb_client
from in_process import aws_in_process, direct_clients

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("steady")

ROOT = Path(__file__).parents[2]


def pytest_addoption(parser):
    parser.addoption("--dynamodb-local", action="store_true", help="what needs a table, on AWS's DynamoDB Local; `every_step` left out")


def pytest_collection_modifyitems(config, items):
    if config.getoption("dynamodb_local"):
        if lack := local_dynamodb.missing():
            pytest.exit(lack, returncode=0)
        items[:] = [item for item in items if "clients" in item.fixturenames and not item.get_closest_marker("every_step")]
    else:
        items[:] = [item for item in items if "dynamodb_local" not in item.fixturenames]


@pytest.fixture(scope="session")
def address():
    with aws_in_process() as address:
        yield address


@pytest.fixture(scope="session")
def dynamodb_address(request, address):
    if request.config.getoption("dynamodb_local"):
        with local_dynamodb.dynamodb_local() as local:
            yield local
    else:
        yield address


@pytest.fixture(scope="session")
def clients(request, dynamodb_address, address):
    dynamodb, s3 = direct_clients(address)
    return dynamodb_client(dynamodb_address, signed=True) if request.config.getoption("dynamodb_local") else dynamodb, s3


@pytest.fixture
def dynamodb_local(clients):
    """DynamoDB Local's client, for what is only true of it."""
    return clients[0]


@pytest.fixture
def school(clients):
    return School(*clients)


@pytest.fixture(scope="session")
def contract():
    """Checks a published document."""
    return jsonschema.Draft7Validator(json.loads((ROOT / "contract/schedule.schema.json").read_text())).validate


@pytest.fixture
def function(school, address, dynamodb_address, monkeypatch):
    """The function on a school's table and buckets, with what its environment holds."""
    environment = {
        "AWS_ENDPOINT_URL": address,
        "AWS_ENDPOINT_URL_DYNAMODB": dynamodb_address,
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
