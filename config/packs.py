"""`standpipe pack check | test | new`: the services as data, without database or settings."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from config.environment import ROOT
from standpipe.packs import command
from standpipe.packs.command import Folders


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
