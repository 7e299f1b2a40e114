"""The tutorial “a new service in twenty minutes”, followed step by step in a copy of the data."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorials" / "a-new-service.md"
_BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass
class Reader:
    """Somebody who does what the page says, in a checkout of their own."""

    folder: Path
    printed: str = ""

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, lines: str) -> None:
        self.printed = ""
        for line in filter(None, map(str.strip, lines.splitlines())):
            done = subprocess.run(
                self._words(line),
                cwd=ROOT,
                env={
                    **os.environ,
                    "STANDPIPE_PACKS_DIR": str(self.folder / "service_packs"),
                    "STANDPIPE_VOCABULARY_DIR": str(self.folder / "vocabulary"),
                },
                capture_output=True,
                text=True,
                check=False,
            )
            self.printed += done.stdout + done.stderr
            assert done.returncode == 0, f"{line}\n{self.printed}"

    def _words(self, line: str) -> list[str]:
        # ./run makes the checkout ready first, which it is, and then calls the same command.
        line = line.replace("./run new-pack", "standpipe pack new")
        program, *words = shlex.split(line)
        assert program == "standpipe", line
        return [sys.executable, "-m", "config.command", *words]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    for name in ("service_packs", "vocabulary"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Reader(tmp_path)


def follow(reader: Reader, page: str) -> int:
    """Do every step of a page; return how many there were."""
    steps = 0
    for language, note, text in _BLOCK.findall(page):
        if note.startswith("file="):
            reader.write(note.removeprefix("file="), text)
        elif language == "sh" and note != "demo":
            reader.run(text)
        elif language == "output":
            for line in text.splitlines():
                assert line in reader.printed
        else:
            assert note == "demo", f"nobody follows this block: {text}"
        steps += 1
    return steps


def test_a_stranger_who_follows_the_tutorial_has_a_new_service(reader):
    assert follow(reader, TUTORIAL.read_text(encoding="utf-8")) == 11

    from standpipe.packs.library import load_packs
    from standpipe.packs.loaded import place
    from standpipe.vocabulary.reading import load_vocabulary

    vocabulary = load_vocabulary(reader.folder / "vocabulary", also_accept=place().also_accept)
    packs = load_packs(reader.folder / "service_packs", vocabulary=vocabulary, place=place())
    assert packs["beach_wheelchair"].form.pages[0].id == "helper"


def test_the_mistake_that_it_proposes_is_told_with_its_place(reader):
    page = TUTORIAL.read_text(encoding="utf-8")
    follow(reader, page)
    table = reader.folder / "service_packs/beach_wheelchair/rules/decision.dmn"
    table.write_text(table.read_text().replace("<text>true</text>", "<text>&gt;=== 1</text>"))

    with pytest.raises(AssertionError) as told:
        reader.run("standpipe pack check")

    assert "decision.dmn" in str(told.value)
    assert "helper" in str(told.value)
    assert "Mend:" in str(told.value)


def test_a_page_whose_steps_do_not_work_is_noticed(reader):
    page = TUTORIAL.read_text(encoding="utf-8").replace("of 2", "of 3")

    with pytest.raises(AssertionError):
        follow(reader, page)
