"""A new pack to begin from: small, whole, and working before anything is changed."""

from __future__ import annotations

import re
from pathlib import Path

from standpipe.kernel.errors import Refused

_BLANK = Path(__file__).parent / "blank"


class NotAPackName(Refused):
    """A pack's name is its folder's: lower-case letters, digits and _, beginning with a letter."""


class AlreadyThere(Refused):
    """There is a folder of that name already; nothing was touched."""


def new_pack(name: str, folder: Path) -> Path:
    """
    Write a pack of that name into the folder of packs, and return its own folder.

    It passes its checks and its examples at once: one page of questions, one rule table.

    :raises NotAPackName: if it cannot be a name
    :raises AlreadyThere: if the folder exists
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise NotAPackName(f"{name!r} is no name of a pack; write it like garden_waste.")
    target = folder / name
    if target.exists():
        raise AlreadyThere(f"{target} is there already.")
    label = name.replace("_", " ").capitalize()
    for path in sorted(_BLANK.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            written = target / path.relative_to(_BLANK)
            written.parent.mkdir(parents=True, exist_ok=True)
            filled = text.replace("{{name}}", name).replace("{{label}}", label)
            written.write_text(filled, encoding="utf-8")
    return target
