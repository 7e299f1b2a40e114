"""`./run new-connector` writes a connector that works, and nothing where a name is wrong."""

import shutil
import subprocess
import sys

import pytest

from launcher.places import ROOT, VENV

NAME = "tide_tables_of_the_whole_coast"


def new(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "launcher.new_connector", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A checkout to write in: the real one stays as it is."""
    for folder in ("launcher", "connectors", "standpipe"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".venv").symlink_to(VENV)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    return tmp_path


def test_a_new_connector_passes_its_tests_and_the_checks(copy):
    made = new(NAME)
    assert made.returncode == 0, made.stderr

    for words in (
        [str(VENV / "bin" / "ruff"), "check", f"connectors/{NAME}"],
        [str(VENV / "bin" / "ruff"), "format", "--check", f"connectors/{NAME}"],
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", f"connectors/{NAME}"],
    ):
        checked = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_simulators_keep_their_ports_apart(copy):
    new("first_one")
    new("second_one")

    ports = [
        line
        for manifest in (copy / "connectors").glob("*/manifest.yaml")
        for line in manifest.read_text().splitlines()
        if line.startswith("  port: ")
    ]
    assert len(ports) == len(set(ports)) > 2


@pytest.mark.parametrize("words", [(), ("Tide-Tables",), ("../evil",), ("a", "b")])
def test_a_wrong_name_is_refused(copy, words):
    refused = new(*words)

    assert refused.returncode == 1
    assert "Give one name" in refused.stderr


def test_a_connector_that_is_there_is_left_alone(copy):
    refused = new("govuk_pay")

    assert refused.returncode == 1
    assert "is there already" in refused.stderr
