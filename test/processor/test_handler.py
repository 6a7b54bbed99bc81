"""The function as Lambda calls it: environment, log, metrics."""

import importlib
import json

import pytest

import handler
from aws import Context
from exports import export, row
from scheduler.errors import RetryError, SettingsError


def printed(capsys):
    """The log lines, and the metrics among them."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if "_aws" not in line], [line for line in lines if "_aws" in line]


def test_it_answers_for_each_record(school, function):
    day = "2099-12-27"
    answer = function(school.put("orders/a.tsv", export(row(day=day))), school.put("orders/b.txt", b""))
    assert [record["outcome"] for record in answer["records"]] == ["accepted", "ignored"]
    assert school.day(day)["revision"] == 1


def test_a_test_event_has_nothing_to_do(function):
    assert handler.main({"Service": "Amazon S3", "Event": "s3:TestEvent"}, Context()) == {"records": []}


def test_what_became_of_an_upload_is_measured(school, function, capsys):
    rows = [row(day="2099-12-27"), row(day="2099-12-27", group_size="kurz", name_participant="Eva"), row(id_order="x")]
    function(school.put("orders/a.tsv", export(*rows)), school.put("orders/b.tsv", b"<html>"))
    _, (metrics,) = printed(capsys)
    directive = metrics["_aws"]["CloudWatchMetrics"][0]
    assert (directive["Namespace"], directive["Dimensions"], metrics["service"]) == ("GoldSport", [["service"]], "goldsport-scheduler")
    expected = {
        "FilesAccepted": [1, 0],
        "FilesRejected": [0, 1],
        "FilesStale": [0, 0],
        "FilesIgnored": [0, 0],
        "OrdersAccepted": [1],
        "RowsTotal": [3, 0],
        "RowsRejected": [1, 0],
        "Lessons": [2],
        "Participants": [2],
        "UnknownTypes": [1],
        "Conflicts": [0],
        "DaysChanged": [1],
    }
    assert {name: metrics[name] for name in expected} == expected
    assert metrics.keys() - expected.keys() == {"_aws", "service", "UploadToPublishedSeconds"}


def test_a_log_line_tells_the_outcome(school, function, capsys):
    function(school.put("orders/b.tsv", b"<html>"))
    (line,), _ = printed(capsys)
    assert (line["level"], line["request_id"], line["upload"]["outcome"]) == ("WARNING", "request-1", "rejected")


def test_what_a_retry_can_mend_is_raised_and_logged_in_a_sentence(school, function, capsys):
    event = school.put("orders/a.tsv", export(row()))
    school.dynamodb.delete_table(TableName=school.table)
    with pytest.raises(RetryError):
        function(event)
    (line,), metrics = printed(capsys)
    assert line["message"].startswith("Could not be processed now: orders/a.tsv (An error occurred (ResourceNotFoundException)")
    assert metrics == []


def test_a_wrong_environment_is_named(school, function, monkeypatch, capsys):
    monkeypatch.setenv("RETENTION_DAYS", "never")
    with pytest.raises(SettingsError, match="RETENTION_DAYS"):
        function()
    (line,), _ = printed(capsys)
    assert line["message"] == "The environment variable RETENTION_DAYS is 'never': it must be a whole number from 1 to 3650."


def test_in_lambda_the_clients_are_made_before_the_first_event(monkeypatch):
    environment = {"AWS_LAMBDA_FUNCTION_NAME": "f", "AWS_DEFAULT_REGION": "eu-central-1", "DATA_TABLE": "t", "WEBSITE_BUCKET": "w"}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    try:
        assert importlib.reload(handler).engine.cache_info().currsize == 1
        monkeypatch.delenv("DATA_TABLE")
        assert importlib.reload(handler).engine.cache_info().currsize == 0, "what is missing is told at the first event"
        with pytest.raises(SettingsError, match="DATA_TABLE"):
            handler.main({}, Context())
    finally:
        monkeypatch.undo()
        assert importlib.reload(handler).engine.cache_info().currsize == 0


def test_days_that_cannot_be_mended_are_measured_and_named_in_the_log(school, function, capsys):
    function(school.put("orders/a.tsv", export(row())))
    for key in school.items("SCHEDULE#2026-12-27"):
        if key[1].startswith(("LESSON", "EXPORT")):
            school.replace(key, None)
    capsys.readouterr()
    handler.main({"run": "daily"}, Context())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["upload"]["torn_days"] for line in lines if line.get("message") == "daily run"] == [["2026-12-27"]]
    assert [line["DaysTorn"] for line in lines if "DaysTorn" in line] == [[1]]


def test_days_that_no_display_would_show_are_measured_and_named_in_the_log(school, function, capsys, monkeypatch):
    monkeypatch.setattr(
        "scheduler.publisher.why_refused", lambda kind, document: "/lessons breaks the rule type" if kind == "day" else None
    )
    function(school.put("orders/a.tsv", export(row(day="2099-12-27"))))
    (line,), (metrics,) = printed(capsys)
    assert (line["level"], line["upload"]["refused_days"]) == ("WARNING", {"2099-12-27": "/lessons breaks the rule type"})
    assert metrics["DaysRefused"] == [1]


def test_the_log_tells_no_instructors_id(school, function, capsys):
    function(school.put("instructors/profiles.json", {"jana.novakova": {}}))
    assert "novakova" not in capsys.readouterr().out
    assert "novakova" in school.items("REJECTED").popitem()[1]["reason"]
