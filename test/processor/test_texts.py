"""Texts as they are compared and shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.texts import clean, iso_language, trimmed

INVISIBLE = ["\ufeff", "\u200b", "\u200e", "\u2060", "\u00ad", "\u202e", "\u0000", "\u0085", "\u00a0", "\u2028", "\t\r\n "]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_nobody_sees_is_taken_away_at_both_ends_and_nowhere_else(mark):
    assert trimmed(f"{mark} {mark}Stone{mark}bar{mark}") == f"Stone{mark}bar"
    assert trimmed(mark) == ""


@pytest.mark.parametrize("text", ["👨‍👩‍👧", "Ž", "(a)", "۱", "a\u0301"])
def test_what_is_seen_stays(text):
    assert trimmed(f" {text} ") == text


def test_a_long_row_of_nothing_is_trimmed_in_no_time():
    assert trimmed("\u200b" * 1_000_000) == ""


@given(st.text())
def test_a_clean_text_is_trimmed_and_composed(text):
    cleaned = clean(text)
    assert cleaned == clean(cleaned) == unicodedata.normalize("NFC", cleaned)
    assert not cleaned or not (cleaned[0].isspace() or cleaned[-1].isspace())


def test_languages_become_iso_codes():
    assert [iso_language(text) for text in ("cz", "CZ", "\ufeffcz ", "de", "XX")] == ["cs", "cs", "cs", "de", "xx"]
