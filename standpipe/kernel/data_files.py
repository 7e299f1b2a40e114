"""Reading YAML 1.2 and checking it against a JSON Schema, with the line of every fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from standpipe.kernel import core_yaml
from standpipe.kernel.core_yaml import LinedMapping, LinedSequence
from standpipe.kernel.errors import Fault, FaultyFiles


def read_yaml(path: Path) -> Any:
    """
    Read one YAML 1.2 file (`no`, 12:30 and 2019-08-30 are text); mappings remember their lines.

    :raises FaultyFiles: if the file is missing, is not UTF-8 or is not YAML
    """
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), path=path)
    except FileNotFoundError:
        raise FaultyFiles([Fault(path, "1", "The file is missing.", "Add it.")]) from None
    except UnicodeDecodeError as error:
        raise FaultyFiles([Fault(path, "1", f"Not UTF-8: {error}", "Save it as UTF-8.")]) from None


def parse_yaml(text: str, *, path: Path) -> Any:
    """
    Read YAML 1.2 as `read_yaml` does; `path` is the file that faults name.

    :raises FaultyFiles: if it is not YAML
    """
    try:
        return core_yaml.read(text)
    except core_yaml.NotYaml as error:
        mend = "Mend the indentation or quotes."
        raise FaultyFiles([Fault(path, str(error.line), f"Not YAML: {error}.", mend)]) from None


def line_of(data: Any, path: list[str | int]) -> int:
    """Return the line (from 1) where a value stands in what `read_yaml` gave; 1 if unknown."""
    line = 1
    for key in path:
        if isinstance(data, LinedMapping) and key in data:
            line = data.lines.get(key, line)
        elif isinstance(data, LinedSequence) and isinstance(key, int) and key < len(data):
            line = data.lines[key]
        else:
            break
        data = data[key]
    return line


def without(data: Any, drop: Callable[[Any], bool], *, forget: str) -> Any:
    """
    Return data of `read_yaml` without the items of its lists that `drop` picks; lines stay.

    The mappings that stay in a list forget one key: that by which others were picked.
    """
    return _without(data, drop, forget, in_list=False)


def _without(data: Any, drop: Callable[[Any], bool], forget: str, *, in_list: bool) -> Any:
    if isinstance(data, LinedMapping):
        return LinedMapping(
            {
                key: _without(value, drop, forget, in_list=False)
                for key, value in data.items()
                if not (in_list and key == forget)
            },
            data.lines,
        )
    if isinstance(data, LinedSequence):
        stay = [at for at, one in enumerate(data) if not drop(one)]
        return LinedSequence(
            [_without(data[at], drop, forget, in_list=True) for at in stay],
            [data.lines[at] for at in stay],
        )
    return data


@cache
def _validator(schema: Path) -> Draft202012Validator:
    read = json.loads(schema.read_text(encoding="utf-8"))
    # `format: date` is a check and no mere remark: 2026-02-31 is refused.
    return Draft202012Validator(read, format_checker=Draft202012Validator.FORMAT_CHECKER)


def schema_faults(data: Any, *, schema: Path, path: Path) -> list[Fault]:
    """Return every way in which data read from `path` breaks a JSON Schema (2020-12)."""
    faults = []
    for error in sorted(_validator(schema).iter_errors(data), key=lambda e: list(map(str, e.path))):
        where = list(error.absolute_path)
        name = ".".join(str(step) for step in where) or "the file"
        mend = error.schema.get("description") if isinstance(error.schema, dict) else None
        faults.append(
            Fault(
                path,
                str(line_of(data, where)),
                f"{name}: {error.message[:300]}.",
                mend or f"See {schema.name}.",
            )
        )
    return faults
