"""Every pack is whole, every setting in the reference, every text there in both languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from config.environment import settings
from config.reference import reference
from standpipe.kernel.data_files import read_yaml
from standpipe.kernel.text import LANGUAGES
from standpipe.packs.library import pack_folders
from tests.house.source import ROOT, modules

PACKS = [folder.name for folder in pack_folders(ROOT / "service_packs")]
# Words that are the same in both languages: names, numbers, codes.
SAME = re.compile(r"^[\W\d_]*$|GOV\.UK|Standpipe|Borrowdale|PDF|English|Cymraeg")
DATA = ("service_packs", "vocabulary", "places", "standpipe/web/words")


def standpipe(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.command", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def one_sided(data: object, where: str = "") -> list[str]:
    """Return where a text stands in one language alone."""
    if isinstance(data, dict):
        spoken = [one for one in LANGUAGES if one in data]
        if spoken and all(isinstance(data[one], str) for one in spoken):
            good = len(spoken) == len(LANGUAGES) and all(data[one].strip() for one in LANGUAGES)
            return [] if good else [where]
        return [
            fault for name, value in data.items() for fault in one_sided(value, f"{where}/{name}")
        ]
    if isinstance(data, list):
        return [
            fault for at, value in enumerate(data) for fault in one_sided(value, f"{where}/{at}")
        ]
    return []


@pytest.mark.parametrize("word", ["check", "test"])
def test_every_pack_passes(word):
    # Without a name it looks at all of them.
    for pack in [None] if word == "check" else PACKS:
        done = standpipe("pack", word, *([pack] if pack else []))
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_faulty_pack_does_not(tmp_path):
    shutil.copytree(ROOT / "service_packs" / PACKS[0], tmp_path / PACKS[0])
    form = tmp_path / PACKS[0] / "form.yaml"
    form.write_text(form.read_text().replace("pages:", "pagess:", 1))

    done = subprocess.run(
        [sys.executable, "-m", "config.command", "pack", "check"],
        cwd=ROOT,
        env={**os.environ, "STANDPIPE_PACKS_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "form.yaml" in done.stdout + done.stderr


def test_every_setting_is_in_the_reference():
    text = reference()
    kept = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    for setting in settings():
        assert f"`{setting.name}`" in text
        assert f"`{setting.name}`" in kept, f"{setting.name}: bring docs/reference up to date"


def test_nothing_but_the_list_reads_variables():
    readers = {
        module.name
        for module in modules("standpipe", "config")
        if {"os.environ", "os.getenv"} & module.imports or "os.environ" in module.text
    }
    allowed = {
        "config.settings",
        "config.database",
        "config.command",
        "config.environment",
        "config.packs",
        "config.serve",
        "config.wsgi",
        "config.metrics",
        "config.worker",
    }
    assert {one for one in readers - allowed if not one.startswith(DOORS)} == set()


# Programs of their own, which are started with variables.
DOORS = ("standpipe.gateway.simulation", "standpipe.documents.cage", "standpipe.web.assets")


def test_every_text_stands_there_in_both_languages():
    faults = {}
    for folder in DATA:
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            found = one_sided(read_yaml(path))
            if found:
                faults[str(path.relative_to(ROOT))] = found
    assert faults == {}


def test_every_message_stands_there_in_both_languages():
    for folder in ("messages", "letters"):
        for path in (ROOT / "service_packs").glob(f"*/{folder}/*.en.md"):
            other = path.with_name(path.name.replace(".en.", ".cy."))
            assert other.exists(), other
            assert other.read_text().strip() != path.read_text().strip(), f"{other} is not Welsh"


def test_templates_say_nothing_but_by_the_words_of_both_languages():
    spoken = {
        str(path.relative_to(ROOT)): found
        for path in sorted((ROOT / "standpipe/web/jinja2").rglob("*.html"))
        if (found := bare_words(path))
    }
    assert spoken == {}


def bare_words(path: Path) -> list[str]:
    """Return words that stand in a template outside of its tags and expressions."""
    tokens = Environment(autoescape=True).lex(path.read_text(encoding="utf-8"))
    text = " ".join(said for _, kind, said in tokens if kind == "data")
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(r"&\w+;", " ", text)
    return [
        line.strip()
        for line in text.splitlines()
        if re.search(r"[A-Za-z]{3}", line) and not SAME.search(line.strip())
    ]


def test_a_text_in_one_language_is_noticed(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<p>{{ say('a.b') }}</p><p>Hello there</p>")

    assert one_sided({"title": {"en": "Hello"}}) == ["/title"]
    assert one_sided({"title": {"en": "Hello", "cy": " "}}) == ["/title"]
    assert one_sided({"pages": [{"title": {"en": "Hello", "cy": "Helo"}}]}) == []
    assert bare_words(page) == ["Hello there"]
