"""Packs for tests: the repository's own, and copies of them with one thing changed."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from standpipe.kernel.errors import FaultyFiles
from standpipe.packs.command import Folders
from standpipe.packs.library import load_pack
from standpipe.packs.pack import ServicePack
from standpipe.places.place import Place
from standpipe.places.reading import load_place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.reading import load_vocabulary

BORROWDALE = Path("places/borrowdale")
PACKS = Path("service_packs")
FOLDERS = Folders(Path("vocabulary"), PACKS, BORROWDALE)


@cache
def place() -> Place:
    return load_place(BORROWDALE)


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(FOLDERS.vocabulary, also_accept=place().also_accept)


@cache
def pack(name: str) -> ServicePack:
    loaded = load_pack(PACKS / name, vocabulary=vocabulary(), place=place())
    assert loaded is not None
    return loaded


def copy_of(name: str, folder: Path, **changes: tuple[str, str]) -> Path:
    """Copy a pack; `form=("old", "new")` changes form.yaml, `rules_steps` rules/steps.yaml."""
    target = folder / name
    shutil.copytree(PACKS / name, target)
    for file, (old, new) in changes.items():
        path = target / f"{file.replace('__', '/')}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def faults_of(folder: Path, *, at: Place | None = None) -> str:
    with pytest.raises(FaultyFiles) as raised:
        load_pack(folder, vocabulary=vocabulary(), place=at or place())
    return str(raised.value)
