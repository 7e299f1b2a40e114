"""The words of the pages, in each language, from `words/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from standpipe.kernel.data_files import line_of, read_yaml
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.kernel.text import LANGUAGES, Text

FOLDER = Path(__file__).resolve().parent / "words"


@cache
def wording() -> Mapping[str, Text]:
    """
    Return every text by its key: the file's name, then the path inside it ("save.title").

    :raises FaultyFiles: naming each text that lacks a language
    """
    texts: dict[str, Text] = {}
    faults: list[Fault] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        data = read_yaml(file)
        _gather(data, [], file=file, whole=data, texts=texts, faults=faults)
    if faults:
        raise FaultyFiles(faults)
    return texts


def say(key: str, *, language: str, **values: object) -> str:
    """Return the text of a key, with `{names}` in it filled in; KeyError if there is none."""
    words = wording()[key].in_(language)
    return words.format(**values) if values else words


def _gather(
    data: Mapping[str, Any],
    path: list[str | int],
    *,
    file: Path,
    whole: Any,
    texts: dict[str, Text],
    faults: list[Fault],
) -> None:
    for name, value in data.items():
        here = [*path, name]
        if isinstance(value, Mapping) and not value.keys() & set(LANGUAGES):
            _gather(value, here, file=file, whole=whole, texts=texts, faults=faults)
        elif isinstance(value, Mapping) and all(value.get(each) for each in LANGUAGES):
            texts[".".join([file.stem, *map(str, here)])] = Text.read(value)
        else:
            key = ".".join(map(str, here))
            line = str(line_of(whole, here))
            faults.append(Fault(file, line, f"{key}: en or cy is missing.", "Write both."))
