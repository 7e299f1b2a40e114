"""Manifests are checked when they are read: each fault with its line and its mend."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from standpipe.gateway.manifest import read_manifest, read_manifests
from standpipe.kernel.errors import FaultyFiles, Misconfigured

CONNECTORS = Path(__file__).parents[3] / "connectors"

GOOD = {
    "name": "example",
    "label": {"en": "Example", "cy": "Enghraifft"},
    "contract": "message_sender",
    "owner": {"en": "Example Ltd", "cy": "Enghraifft Cyf"},
    "status": "simulated",
    "legal_gateway": None,
    "settings": [
        {"name": "STANDPIPE_EXAMPLE_URL", "type": "url", "help": "Where it is."},
        {"name": "STANDPIPE_EXAMPLE_KEY", "type": "secret", "help": "Ask Example Ltd for it."},
        {
            "name": "STANDPIPE_EXAMPLE_ID",
            "type": "uuid",
            "help": "Which one.",
            "default": "5f0e0a36-5d0b-4d3a-9c55-6e0a5d1b7e01",
        },
    ],
    "limits": {
        "deadline_seconds": 10,
        "connect_seconds": 2,
        "read_seconds": 5,
        "attempts": 3,
        "parallel": 4,
        "response_bytes": 65536,
        "circuit": {"failures": 5, "rest_seconds": 30},
    },
    "quality": {
        "timeouts": "done",
        "retries": "done",
        "rate_limit": {"exempt": "It has none."},
        "recordings": "todo",
        "agreement": "todo",
    },
}
GIVEN = {"STANDPIPE_EXAMPLE_URL": "https://example.example", "STANDPIPE_EXAMPLE_KEY": "k"}


def written(folder: Path, content: dict, *, name: str = "example") -> Path:
    path = folder / name / "manifest.yaml"
    path.parent.mkdir(parents=True)
    with path.open("w") as file:
        YAML().dump(json.loads(json.dumps(content)), file)
    return path


def without(content: dict, *names: str) -> dict:
    return {name: value for name, value in content.items() if name not in names}


def test_a_good_manifest_is_read(tmp_path):
    manifest = read_manifest(written(tmp_path, GOOD))

    assert manifest.limits.circuit_failures == 5
    assert manifest.label.cy == "Enghraifft"
    assert manifest.quality["rate_limit"] == "exempt: It has none."
    assert manifest.simulator is None


@pytest.mark.parametrize("name", sorted(without(GOOD)))
def test_whatever_is_left_out_is_named(tmp_path, name):
    with pytest.raises(FaultyFiles, match=name):
        read_manifest(written(tmp_path, without(GOOD, name)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contract": "fortune_teller"}, "Name one contract"),
        ({"status": "pretend"}, "simulated, sandbox or live"),
        ({"colour": "red"}, "colour"),
        ({"limits": {**GOOD["limits"], "attempts": 50}}, "from 1 to 5"),
        ({"quality": {**GOOD["quality"], "recordings": "later"}}, "exempt with a reason"),
        ({"settings": [{**GOOD["settings"][1], "default": "secret"}]}, "A secret has no default"),
        ({"label": {"en": "Example"}}, "cy"),
    ],
)
def test_a_fault_says_how_to_mend_it(tmp_path, change, words):
    with pytest.raises(FaultyFiles, match=words):
        read_manifest(written(tmp_path, {**GOOD, **change}))


def test_the_folder_and_the_name_are_the_same(tmp_path):
    with pytest.raises(FaultyFiles, match="rename the folder"):
        read_manifest(written(tmp_path, GOOD, name="other"))


def test_every_manifest_is_read_before_the_faults_are_told(tmp_path):
    written(tmp_path, {**GOOD, "name": "one", "status": "x"}, name="one")
    written(tmp_path, {**GOOD, "name": "two", "contract": "x"}, name="two")

    with pytest.raises(FaultyFiles) as faulty:
        read_manifests(tmp_path)

    assert {fault.path.parent.name for fault in faulty.value.faults} == {"one", "two"}


def test_settings_are_its_own_with_defaults_filled_in(tmp_path):
    manifest = read_manifest(written(tmp_path, GOOD))

    picked = manifest.pick_settings({**GIVEN, "STANDPIPE_OTHER": "x"})

    assert picked == {
        **GIVEN,
        "STANDPIPE_EXAMPLE_ID": "5f0e0a36-5d0b-4d3a-9c55-6e0a5d1b7e01",
    }


def test_a_missing_setting_names_the_file_the_setting_and_the_mend(tmp_path):
    manifest = read_manifest(written(tmp_path, GOOD))

    with pytest.raises(Misconfigured) as missing:
        manifest.pick_settings({"STANDPIPE_EXAMPLE_ID": "not a uuid"})

    message = str(missing.value)
    assert "example/manifest.yaml: setting STANDPIPE_EXAMPLE_URL is not set" in message
    assert "STANDPIPE_EXAMPLE_KEY is not set. Mend: Ask Example Ltd for it." in message
    assert "STANDPIPE_EXAMPLE_ID is not a UUID" in message


def test_the_connectors_of_this_house_are_described_without_fault():
    names = [manifest.name for manifest in read_manifests(CONNECTORS)]

    assert {"dwp_benefits", "govuk_notify", "govuk_pay"} <= set(names)
    assert names == sorted(names)


def test_no_two_simulators_share_a_port():
    ports = [one.simulator.port for one in read_manifests(CONNECTORS) if one.simulator]

    assert len(ports) == len(set(ports))
