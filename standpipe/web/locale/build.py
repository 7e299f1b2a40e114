"""
For maintainers: make the gettext catalogues from allauth.yaml.

    python -m standpipe.web.locale.build
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

from standpipe.kernel.data_files import read_yaml
from standpipe.kernel.text import LANGUAGES

HERE = Path(__file__).resolve().parent
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
MAGIC = 0x950412DE


def main() -> None:
    """Write the catalogue of each language where Django looks for it."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(catalogue(texts(language)))


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return HERE / language / "LC_MESSAGES" / "django.mo"


def texts(language: str) -> dict[str, str]:
    """Return what we say instead of each text of allauth."""
    said = {one["was"]: one[language] for one in read_yaml(HERE / "allauth.yaml")}
    # In a template the names stand in {{ }}; what is looked up has them as %(name)s.
    return {_as_looked_up(was): _as_looked_up(now) for was, now in said.items()} | said


def catalogue(said: Mapping[str, str]) -> bytes:
    """Return a catalogue in the format of GNU gettext, its texts in order."""
    pairs = sorted({"": HEADER, **said}.items(), key=lambda pair: pair[0].encode())
    start = 7 * 4 + 16 * len(pairs)
    sources, targets, kept = b"", b"", b""
    for table in (0, 1):
        for pair in pairs:
            text = pair[table].encode()
            entry = struct.pack("<II", len(text), start + len(kept))
            kept += text + b"\0"
            if table == 0:
                sources += entry
            else:
                targets += entry
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + sources + targets + kept


def _as_looked_up(text: str) -> str:
    for name in ("recipient", "email"):
        for written in (f"{{{{{name}}}}}", f"{{{{ {name} }}}}"):
            text = text.replace(written, f"%({name})s")
    return text


if __name__ == "__main__":
    main()
