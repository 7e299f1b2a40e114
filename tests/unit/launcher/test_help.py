"""`./run` says what it can do, needing nothing but Python."""

import subprocess
import sys

import pytest

from launcher.command import COMMANDS
from launcher.places import ROOT


def run(*words: str) -> subprocess.CompletedProcess:
    # -S: no site-packages, as on a machine that has only python3.
    return subprocess.run(
        [sys.executable, "-S", "run", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_help_names_every_command(words):
    shown = run(*words)

    assert shown.returncode == 0
    for name in COMMANDS:
        assert f"./run {name}" in shown.stdout


def test_each_command_says_what_it_does():
    for name, command in COMMANDS.items():
        if name != "test":
            assert command.help in run(name, "--help").stdout


def test_an_unknown_command_is_refused_with_the_help():
    shown = run("dmeo")

    assert shown.returncode == 2
    assert "knows no 'dmeo'" in shown.stderr
    assert "./run demo" in shown.stderr
