"""`standpipe pack check | test | new | paper`: services as data, without database or settings."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from config.environment import ROOT
from standpipe.applications.paper.asking import paper_form
from standpipe.documents.paper_forms import compose_form
from standpipe.kernel.text import LANGUAGES
from standpipe.packs import command
from standpipe.packs.command import Folders
from standpipe.packs.library import load_pack
from standpipe.places.reading import load_place
from standpipe.vocabulary.reading import load_vocabulary


def main_check(words: Sequence[str]) -> int:
    """Name file, line and mend of every fault in vocabulary, place and packs."""
    argparse.ArgumentParser(prog="standpipe pack check").parse_args(words)
    return command.check(_folders())


def main_test(words: Sequence[str]) -> int:
    """Run the examples of a pack, and count the rule rows that they reach."""
    return command.test(_name("standpipe pack test", words), _folders())


def main_new(words: Sequence[str]) -> int:
    """Begin a pack that works as it stands."""
    return command.new_pack(_name("standpipe pack new", words), _folders())


def main_paper(words: Sequence[str]) -> int:
    """Write the form of a pack as a PDF that can be filled in, or printed."""
    parser = argparse.ArgumentParser(prog="standpipe pack paper")
    parser.add_argument("name", help="the folder's name, as in blue_badge")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--out", type=Path, help="the file; NAME-LANGUAGE.pdf unless given")
    arguments = parser.parse_args(words)
    folders = _folders()
    place = load_place(folders.place)
    vocabulary = load_vocabulary(folders.vocabulary, also_accept=place.also_accept)
    pack = load_pack(folders.packs / arguments.name, vocabulary=vocabulary, place=place)
    organisation = place.organisation(pack.organisation)
    file = arguments.out or Path(f"{arguments.name}-{arguments.language}.pdf")
    file.write_bytes(compose_form(paper_form(pack, organisation, language=arguments.language)))
    print(file)
    return 0


def _name(prog: str, words: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(prog=prog)
    parser.add_argument("name", help="the folder's name, as in blue_badge")
    return str(parser.parse_args(words).name)


def _folders() -> Folders:
    def folder(setting: str, name: str) -> Path:
        return Path(os.environ.get(setting) or ROOT / name)

    places = folder("STANDPIPE_PLACES_DIR", "places")
    return Folders(
        vocabulary=folder("STANDPIPE_VOCABULARY_DIR", "vocabulary"),
        packs=folder("STANDPIPE_PACKS_DIR", "service_packs"),
        place=places / (os.environ.get("STANDPIPE_PLACE") or "borrowdale"),
    )
