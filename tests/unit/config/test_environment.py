"""Settings: read once, typed, and named in every fault."""

import pytest

from config.environment import WrongSettings, environment, settings
from config.reference import reference

ENOUGH = {
    "STANDPIPE_ENVIRONMENT": "production",
    "STANDPIPE_SECRET_KEY": "x" * 50,
    "STANDPIPE_DATABASE_URL": "postgresql://app:word@db/standpipe",
    "STANDPIPE_ORIGIN": "https://apply.example.gov.uk/",
    "STANDPIPE_PLACE": "borrowdale",
}


def test_settings_are_typed_and_have_defaults():
    read = environment({**ENOUGH, "STANDPIPE_WORKERS": "7", "STANDPIPE_HOSTS": "a, b"})

    assert (read.workers, read.hosts, read.threads) == (7, ("a", "b"), 2)
    assert read.origin == "https://apply.example.gov.uk"
    assert read.places_dir.name == "places"


def test_every_missing_setting_is_named_at_once():
    with pytest.raises(WrongSettings) as refused:
        environment({})

    for name in ("STANDPIPE_SECRET_KEY", "STANDPIPE_DATABASE_URL", "STANDPIPE_PLACE"):
        assert f"{name} is missing" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("STANDPIPE_WORKERS", "0"),
        ("STANDPIPE_WORKERS", "many"),
        ("STANDPIPE_ENVIRONMENT", "live"),
        ("STANDPIPE_SECRET_KEY", "short"),
        ("STANDPIPE_DATABASE_URL", "mysql://x/y"),
        ("STANDPIPE_ORIGIN", "apply.example.gov.uk"),
        ("STANDPIPE_ORIGIN", "https://example.gov.uk/apply"),
        ("STANDPIPE_PACKS_DIR", "/no/such/folder"),
        ("STANDPIPE_TRUST_PROXY", "true"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name, written):
    with pytest.raises(WrongSettings, match=name):
        environment({**ENOUGH, name: written})


def test_production_needs_https():
    with pytest.raises(WrongSettings, match="STANDPIPE_ORIGIN"):
        environment({**ENOUGH, "STANDPIPE_ORIGIN": "http://apply.example.gov.uk"})


def test_production_goes_by_the_real_time(tmp_path):
    file = tmp_path / "clock"
    file.write_text("-86400")
    ahead = {**ENOUGH, "STANDPIPE_CLOCK_FILE": str(file)}

    assert environment({**ahead, "STANDPIPE_ENVIRONMENT": "test"}).clock_file == file
    with pytest.raises(WrongSettings, match="STANDPIPE_CLOCK_FILE"):
        environment(ahead)


def test_the_place_has_a_default_in_the_demo_alone():
    placeless = {name: text for name, text in ENOUGH.items() if name != "STANDPIPE_PLACE"}

    assert environment({**placeless, "STANDPIPE_ENVIRONMENT": "demo"}).place == "borrowdale"
    with pytest.raises(WrongSettings, match="STANDPIPE_PLACE is missing"):
        environment(placeless)


@pytest.mark.parametrize(
    ("kind", "asked"), [("production", True), ("demo", False), ("test", False)]
)
def test_production_asks_staff_for_a_second_factor_unless_told_otherwise(kind, asked):
    there = {**ENOUGH, "STANDPIPE_ENVIRONMENT": kind}
    name = "STANDPIPE_STAFF_SECOND_FACTOR"

    assert environment(there).staff_second_factor is asked
    assert environment({**there, name: "yes"}).staff_second_factor
    assert not environment({**there, name: "no"}).staff_second_factor


def test_an_empty_setting_counts_as_left_out():
    assert environment({**ENOUGH, "STANDPIPE_METRICS_TOKEN": " "}).metrics_token is None


def test_what_connectors_declare_is_passed_on_by_name():
    read = environment({**ENOUGH, "STANDPIPE_DWP_URL": "http://localhost:1"})

    assert read.connectors == {"STANDPIPE_DWP_URL": "http://localhost:1"}


def test_no_secret_is_shown_and_none_has_a_default():
    shown = repr(environment({**ENOUGH, "STANDPIPE_METRICS_TOKEN": "confidential"}))

    assert "confidential" not in shown
    assert "word" not in shown
    assert all(not each.default for each in settings() if each.secret)


def test_a_fault_never_shows_the_value():
    with pytest.raises(WrongSettings) as refused:
        environment({**ENOUGH, "STANDPIPE_DATABASE_URL": "hunter2"})

    assert "hunter2" not in str(refused.value)


def test_the_reference_lists_every_setting_with_help():
    text = reference()

    for each in settings():
        assert f"`{each.name}`" in text
        assert each.help.endswith(".")
