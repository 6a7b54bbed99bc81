import pytest

from scheduler.errors import SettingsError
from scheduler.settings import MEBIBYTE, read_settings

NEEDED = {"DATA_TABLE": "data", "WEBSITE_BUCKET": "web"}


def test_all_but_the_names_have_defaults():
    settings = read_settings(NEEDED)
    assert (settings.data_table, settings.website_bucket, settings.zone.key) == ("data", "web", "Europe/Prague")
    assert (settings.retention_days, settings.max_upload_bytes) == (30, 64 * MEBIBYTE)


def test_each_can_be_set():
    settings = read_settings(NEEDED | {"TIME_ZONE": "Europe/Warsaw", "RETENTION_DAYS": "7", "MAX_UPLOAD_MIB": "2"})
    assert (settings.zone.key, settings.retention_days, settings.max_upload_bytes) == ("Europe/Warsaw", 7, 2 * MEBIBYTE)


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_name_is_named(name):
    with pytest.raises(SettingsError, match=f"^The environment variable {name} is not set: it must hold the name of the .*\\.$"):
        read_settings(NEEDED | {name: " "})


@pytest.mark.parametrize("zone", ["", "Europe", "Mars/Base", "../etc/passwd", "/etc/passwd"])
def test_a_zone_that_does_not_exist_is_named(zone):
    with pytest.raises(SettingsError, match=r"^The environment variable TIME_ZONE is .*: it must be a time zone such as Europe/Prague\.$"):
        read_settings(NEEDED | {"TIME_ZONE": zone})


@pytest.mark.parametrize("name", ["RETENTION_DAYS", "MAX_UPLOAD_MIB"])
@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "many", "1000000", "٣"])
def test_a_number_out_of_bounds_is_named(name, value):
    with pytest.raises(SettingsError, match=f"^The environment variable {name} is .*: it must be a whole number from 1 to \\d+\\.$"):
        read_settings(NEEDED | {name: value})


def test_no_upload_is_read_that_the_functions_memory_is_not_enough_for():
    """As the program that deploys it says."""
    with pytest.raises(SettingsError, match="a whole number from 1 to 128"):
        read_settings(NEEDED | {"MAX_UPLOAD_MIB": "129"})
