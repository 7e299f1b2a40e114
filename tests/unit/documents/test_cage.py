"""The cage holds: too much memory or time, a written file, all end the process and no more."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standpipe.documents import cage
from standpipe.documents.refusals import NotAcceptable
from standpipe.kernel.errors import Unavailable
from tests.unit.documents import files

ROOT = Path(__file__).parents[3]


def inside(deed: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Do something as a process of the cage that a file has taken over might."""
    program = f"import sys; from standpipe.documents.caged import _shut; _shut(); {deed}"
    return subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "loot")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("deed", "ending"),
    [
        ("bytearray(400_000_000)", "MemoryError"),
        ("import pathlib; pathlib.Path(sys.argv[1]).write_bytes(b'x')", "File too large"),
    ],
)
def test_a_process_in_the_cage_cannot(deed: str, ending: str, tmp_path: Path):
    done = inside(deed, tmp_path)

    assert done.returncode != 0
    assert ending in done.stderr
    assert not (tmp_path / "loot").exists() or (tmp_path / "loot").stat().st_size == 0


def test_a_machine_too_busy_to_open_a_file_does_not_blame_the_file(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(cage, "PATIENCE_SECONDS", 0.01)
    began = time.monotonic()

    with pytest.raises(Unavailable):
        cage.open_in_cage(files.jpeg(), task="photo", options={"media_type": "image/jpeg"})

    assert time.monotonic() - began < 20


def test_secrets_stay_outside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STANDPIPE_SECRET_KEY", "a secret")

    keeper = cage.Keeper()
    with keeper.new_process() as process:
        process.shutdown(socket.SHUT_WR)
        assert process.recv(1) == cage.FAILED
    variables = Path(f"/proc/{keeper.pid}/environ").read_bytes().split(b"\0")

    assert {one.partition(b"=")[0] for one in variables if one} == {b"PYTHONPATH"}


def test_what_kills_the_process_of_one_file_leaves_the_keeper_for_the_next():
    before = cage.keeper.pid
    with pytest.raises(NotAcceptable):
        cage.open_in_cage(b"", task="photo", options={})

    opened, media_type = cage.open_in_cage(
        files.jpeg(), task="photo", options={"media_type": "image/jpeg", "crop": None}
    )

    assert (media_type, opened[:2], cage.keeper.pid) == ("image/jpeg", b"\xff\xd8", before)


def test_a_keeper_that_was_killed_is_started_anew():
    before = cage.keeper.pid
    os.kill(before, signal.SIGKILL)
    os.waitpid(before, 0)

    _, media_type = cage.open_in_cage(
        files.jpeg(), task="photo", options={"media_type": "image/jpeg", "crop": None}
    )

    assert media_type == "image/jpeg"
    assert cage.keeper.pid != before
