"""How the fields of a paper form are named: by what they ask, to be read back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.inputs import inputs_of, unknown_input_name
from standpipe.vocabulary.unknown import UNKNOWN_CODE

YES, NO = "yes", "no"
UNKNOWN = "unknown"
SINGLE_CHOICE = ("boolean", "choice")
# Files are sent along with a form, not written into it.
FILES = ("file", "photo")
_PARTED = ("name", "address", "date")


def agreement_name(page: str) -> str:
    """Return the field in which somebody agrees to a check."""
    return f"page/{page}.agree"


def names(need: str, attribute: Attribute) -> Mapping[str, tuple[str, str | None]]:
    """
    Return every field of a need, in order: its name to the form's input and the code it ticks.

    The code is None where something is written.
    """
    first = inputs_of(attribute)[0].name
    if attribute.type in SINGLE_CHOICE:
        return {need: (first, "")}
    if attribute.type == "declaration":
        return {need: (first, YES)}
    found: dict[str, tuple[str, str | None]] = {}
    if attribute.type == "choices":
        codes = [choice.code for choice in attribute.choices]
        codes += [UNKNOWN_CODE] if attribute.unknown else []
        return {f"{need}.{code}": (first, code) for code in codes}
    if attribute.type in _PARTED:
        found = {f"{need}.{one.part}": (one.name, None) for one in inputs_of(attribute)}
    else:
        found = {f"{need}.text": (first, None)}
    if attribute.unknown:
        found[f"{need}.{UNKNOWN}"] = (unknown_input_name(attribute), YES)
    return found


def read_back(
    need: str, attribute: Attribute, fields: Mapping[str, str]
) -> dict[str, str | list[str]]:
    """Return what a web form would have sent for a need, from the fields of a paper one."""
    sent: dict[str, Any] = {}
    for name, (asked, code) in names(need, attribute).items():
        value = fields.get(name, "")
        if not value:
            continue
        if attribute.type == "choices":
            sent.setdefault(asked, []).append(code)
        else:
            sent[asked] = value
    return sent


def write_down(
    need: str, attribute: Attribute, sent: Mapping[str, str | list[str]]
) -> dict[str, str]:
    """Return the fields that somebody fills in who would send this on the web."""
    fields: dict[str, str] = {}
    for name, (asked, code) in names(need, attribute).items():
        value = sent.get(asked)
        if isinstance(value, list):
            if code in value:
                fields[name] = str(code)
        elif value and (attribute.type != "choices" or value == code):
            fields[name] = value
    return fields
