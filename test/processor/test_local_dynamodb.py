"""AWS's own DynamoDB Local, which `npm test -- dynamodb-local` asks as well."""

import pytest
from botocore.exceptions import ClientError

import local_dynamodb
from embedded import make_table


def test_it_refuses_what_the_embedded_aws_takes(dynamodb_local):
    make_table(dynamodb_local, "judged")
    query = {"KeyConditionExpression": "PK = :a", "FilterExpression": "SK > :a", "ExpressionAttributeValues": {":a": {"S": "a"}}}
    with pytest.raises(ClientError, match="Filter Expression can only contain non-primary key attributes"):
        dynamodb_local.query(TableName="judged", **query)


JDK = "a JDK 17 or newer"
NO_MAVEN = "there is no `mvn`"
MACHINES = {
    "no Java": ([], JDK),
    "a runtime without a compiler": (["java.base@21.0.1"], JDK),
    "an older JDK": (["java.base@16.0.2", "jdk.compiler@16.0.2"], JDK),
    "a JDK and no Maven": (["java.base@17.0.15", "jdk.compiler@17.0.15"], NO_MAVEN),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_where_something_is_missing_a_sentence_says_so(tmp_path, monkeypatch, machine):
    modules, sentence = MACHINES[machine]
    if modules:
        java = tmp_path / "java"
        java.write_text("\n".join(["#!/bin/sh", *(f"echo {module}" for module in modules)]))
        java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sentence in local_dynamodb.missing()
