"""What must never be stored is not in the table, not in a document, not in a log line, not in a metric."""

import json

import pytest

from exports import export, row
from scheduler.errors import RetryError

SECRETS = {
    "contact_sales": "Prodejce-Tajný",
    "name_sponsor": "Plátce Utajený",
    "name_participant": "Anna Skrytá",
    "age_participant": "83-83 let",
    "price_without_vat": "31415926.53",
    "price_to_pay": "27182818.28",
    "price_discount_percent": "17.7777 %",
    "note": "+420 000 888 999 volat matce",
}
# None of them can stand in a digest, a stamp or a duration by chance.
WORDS = ["Prodejce", "Plátce", "Utajený", "Skrytá", "83-83", "31415926", "27182818", "17.7777", "000 888", "matce"]
DAY = "2099-12-27"


def secret_rows():
    """Rows that bring every branch to speak: good, superseded, in conflict, alike, rejected for each reason, too short."""
    good = [
        row(day=DAY, **SECRETS),
        row(day=DAY, **(SECRETS | {"id_order": "3999"})),
        row(day=DAY, **(SECRETS | {"id_order": "5000", "group_size": "kurz"}), start="10:00", end="11:00"),
        row(day=DAY, **(SECRETS | {"name_participant": "Anna Skrytější", "age_participant": "84-83 let"})),
        row(day=DAY, **(SECRETS | {"name_participant": ""})),
    ]
    bad = [
        row(**(SECRETS | change))
        for change in (
            {"id_order": "Utajený"},
            {"date_lesson": "Skrytá"},
            {"timestamp_start_lesson": "matce"},
            {"level": ""},
            {"date_lesson": "01.01.1970"},
            {"date_lesson": "28.12.2026"},
            {"timestamp_end_lesson": "2026-12-27T07:00:00+01:00"},
        )
    ]
    return good, bad


def told(school, capsys):
    """Everything that the function leaves anywhere."""
    documents = [school.s3.get_object(Bucket=school.website, Key=key)["Body"].read().decode() for key in school.published()]
    captured = capsys.readouterr()
    return "\n".join([json.dumps(list(school.items().values()), ensure_ascii=False), *documents, captured.out, captured.err])


def secrets_in(text):
    return [word for word in WORDS if word in text]


def test_of_an_accepted_export(school, function, capsys):
    good, bad = secret_rows()
    answer = function(school.put("orders/a.tsv", export(*good, *bad)))
    assert answer["records"][0]["outcome"] == "accepted"
    text = told(school, capsys)
    assert "Anna" in text
    assert "upload processed" in text
    assert "_aws" in text
    assert secrets_in(text + json.dumps(answer, ensure_ascii=False)) == []


@pytest.mark.parametrize(("replaced", "by"), [(b"\n4001", b"\n\xff4001"), (b"level", b"matce")])
def test_of_a_rejected_export(school, function, capsys, replaced, by):
    good, bad = secret_rows()
    answer = function(school.put("orders/a.tsv", export(*good, *bad).replace(replaced, by)), school.put("orders/b.tsv", export(*bad)))
    assert [record["outcome"] for record in answer["records"]] == ["rejected", "rejected"]
    assert secrets_in(told(school, capsys) + json.dumps(answer, ensure_ascii=False)) == []


def test_of_a_run_that_fails_on_what_nobody_thought_of(school, function, capsys, monkeypatch):
    """The text of a programming error may quote what an export holds."""

    def fail(rows):
        raise KeyError(rows[0].name)

    monkeypatch.setattr("scheduler.export.group_rows", fail)
    with pytest.raises(RetryError) as caught:
        function(school.put("orders/a.tsv", export(*secret_rows()[0])))
    assert str(caught.value).startswith("Could not be processed now: orders/a.tsv (KeyError at test_secrecy.py:")
    assert secrets_in(told(school, capsys) + str(caught.value)) == []
