"""Writes the files of a skeleton under a new name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template

from launcher.places import ROOT, VENV

SKELETONS = Path(__file__).parent


def begin(kind: str, *, folder: str, words: list[str], fill: Mapping[str, str]) -> Path:
    """
    Copy a skeleton to `folder/NAME`, with $name, $Name, $NAME and $title filled in.

    Ends the program where the name is missing, is none, or is taken.
    """
    if len(words) != 1 or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", words[0]):
        sys.exit("Give one name of small letters, digits and underscores: parking_permits")
    name = words[0]
    target = ROOT / folder / name
    if target.exists():
        sys.exit(f"{folder}/{name} is there already.")
    names = {
        "name": name,
        "NAME": name.upper(),
        "Name": "".join(part.capitalize() for part in name.split("_")),
        "title": name.replace("_", " ").capitalize(),
        **fill,
    }
    try:
        for source in sorted((SKELETONS / kind).rglob("*.txt")):
            # The skeletons' own names end in .txt, so that no tool takes them for the real thing.
            file = target / source.relative_to(SKELETONS / kind).with_suffix("")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(Template(source.read_text()).substitute(names))
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    # A long name makes long lines.
    subprocess.run([str(VENV / "bin" / "ruff"), "format", "--quiet", str(target)], check=True)
    return target
