"""The words of the pages are there, in both languages, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standpipe.kernel.errors import FaultyFiles
from standpipe.web import wording
from standpipe.web.wording import FOLDER, say

WEB = Path(wording.__file__).parent
PAGES = [*WEB.glob("jinja2/**/*.html"), *WEB.glob("templates/**/*.*")]
PROGRAMS = [path for path in WEB.rglob("*.py") if "assets" not in path.parts]
FIRST_PARTS = {path.stem for path in FOLDER.glob("*.yaml")}
# A key is written whole, or its first part is and the rest is put together: "pay." ~ state.
START = f"(?:{'|'.join(sorted(FIRST_PARTS))})"
KEY = re.compile(rf"""["']({START}\.(?:[a-z_]+\.)*(?:[a-z_]+)?)["']""")
BUILT = re.compile(rf"""f["']({START}\.(?:[a-z_]+\.)*)\{{""")
ANGLES = re.compile(r"</?\w|&\w+;")


def keys_used() -> tuple[set[str], set[str]]:
    whole, starts = set(), set()
    for path in [*PAGES, *PROGRAMS]:
        text = path.read_text(encoding="utf-8")
        for key in KEY.findall(text):
            (starts if key.endswith(".") else whole).add(key)
        starts.update(BUILT.findall(text))
    return whole, starts


def test_every_text_that_pages_name_is_there() -> None:
    whole, starts = keys_used()

    known = set(wording.wording())
    assert not {key for key in whole if key not in known and f"{key}." not in starts}
    assert all(any(key.startswith(start) for key in known) for start in starts)


def test_every_text_is_used() -> None:
    whole, starts = keys_used()

    unused = {
        key
        for key in wording.wording()
        if key not in whole and not any(key.startswith(start) for start in starts)
    }
    assert not unused


def test_both_languages_fill_in_the_same_names() -> None:
    names = re.compile(r"\{(\w+)\}")

    for key, text in wording.wording().items():
        assert set(names.findall(text.en)) == set(names.findall(text.cy)), key


def test_no_text_holds_markup() -> None:
    assert not [key for key, text in wording.wording().items() if ANGLES.search(text.en + text.cy)]


def test_the_two_languages_differ() -> None:
    alike = {
        key
        for key, text in wording.wording().items()
        # What holds names to be filled in, and no word of its own, is alike in any language.
        if text.en == text.cy and len(re.sub(r"\{\w+\}|\W", "", text.en)) > 3
    }
    assert not alike


def test_a_name_is_filled_in() -> None:
    assert say("pay.title", language="cy", amount="£10") == "Talu £10"


def test_a_text_without_welsh_is_a_fault_that_names_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more.yaml").write_text("title:\n  en: Alone\n", encoding="utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)

    with pytest.raises(FaultyFiles, match=r"more\.yaml:\d+: title: en or cy is missing"):
        wording.wording.__wrapped__()
