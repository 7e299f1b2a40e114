"""The name of an uploaded file, made safe to show and to save under. Pure."""

from __future__ import annotations

import unicodedata

LONGEST = 100

EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_NOT_IN_NAMES = set('<>:"|?*')


def clean_name(name: str, *, media_type: str) -> str:
    """
    Return a file's name without path, control and direction characters, in Unicode form C.

    The extension is that of what the file is, whatever it was called. A stem that would make
    the name longer than 100 characters is shortened, and ends in "…" so that it shows.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    # Category C: control, format (so also direction and zero-width), surrogate, private, unnamed.
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if not unicodedata.category(character).startswith("C") and character not in _NOT_IN_NAMES
    )
    kept = " ".join(kept.split())
    extension = EXTENSIONS[media_type]
    stem = _without_extension(kept).strip(". ") or "file"
    room = LONGEST - len(extension)
    if len(stem) > room:
        stem = stem[: room - 1].rstrip(". ") + "…"
    return stem + extension


def _without_extension(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    looks_like_one = dot and 1 <= len(extension) <= 5 and extension.isalnum()
    return stem if looks_like_one else name
