"""Answers as they arrive, from a form or as JSON: read, brought into one form, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.dates import read_date
from standpipe.vocabulary.fault_texts import fault_text
from standpipe.vocabulary.inputs import inputs_of, unknown_input_name
from standpipe.vocabulary.part_faults import PartFault
from standpipe.vocabulary.unknown import DOES_NOT_KNOW, UNKNOWN_CODE, is_unknown
from standpipe.vocabulary.values import settle

Submitted = Mapping[str, "str | list[str]"]
_RADIOS = ("boolean", "choice", "choices")


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer in plain JSON; None is "answered: none", DOES_NOT_KNOW is itself."""

    value: Any


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one input, in words for the person; `field` is its HTML id."""

    field: str
    message: Text


def read_answer(
    attribute: Attribute, submitted: Submitted, *, prefix: str = "", on: date, required: bool = True
) -> Answer | list[FieldFault]:
    """
    Read what a form sent for one attribute.

    Stray spaces and punctuation are forgiven, nothing is cut. A blank optional answer is
    Answer(None). Uploads are kept first and checked with `read_value`; here they are missing.
    """
    inputs = inputs_of(attribute, prefix=prefix)
    if attribute.unknown is not None and _says_unknown(attribute, submitted, prefix):
        return Answer(DOES_NOT_KNOW)
    first = inputs[0].id
    sent = {each.part: submitted.get(each.name, "") for each in inputs}
    if attribute.type != "choices" and any(isinstance(value, list) for value in sent.values()):
        return [FieldFault(first, fault_text("wrong_shape", label=attribute.label))]
    if not any(value and (not isinstance(value, str) or value.strip()) for value in sent.values()):
        # A space alone is no answer, but nothing else that was sent is lost in silence.
        return [FieldFault(first, attribute.missing)] if required else Answer(None)
    ids = {each.part: each.id for each in inputs}
    raw, faults = _raw(attribute, sent)
    if not faults:
        value, faults = settle(attribute, raw, on=on)
        if not faults:
            return Answer(value)
    return [FieldFault(ids.get(fault.part, first), fault.message) for fault in faults]


def read_value(
    attribute: Attribute, value: object, *, on: date, required: bool = True
) -> Answer | list[FieldFault]:
    """Read a JSON value for one attribute, as `read_answer` does a form; fields are dotted ids."""
    if attribute.unknown is not None and is_unknown(value):
        return Answer(DOES_NOT_KNOW)
    if value is None and not required:
        return Answer(None)
    if value is None:
        return [FieldFault(attribute.id, attribute.missing)]
    settled, faults = settle(attribute, value, on=on)
    if not faults:
        return Answer(settled)
    return [
        FieldFault(f"{attribute.id}.{fault.part}" if fault.part else attribute.id, fault.message)
        for fault in faults
    ]


def check_value(attribute: Attribute, value: object, *, on: date) -> list[FieldFault]:
    """Return what is wrong with a JSON value; nothing if `read_value` would take it."""
    read = read_value(attribute, value, on=on)
    return read if isinstance(read, list) else []


def _says_unknown(attribute: Attribute, submitted: Submitted, prefix: str) -> bool:
    if attribute.type in _RADIOS:
        name = inputs_of(attribute, prefix=prefix)[0].name
        return submitted.get(name) in (UNKNOWN_CODE, [UNKNOWN_CODE])
    return bool(submitted.get(unknown_input_name(attribute, prefix=prefix)))


def _raw(
    attribute: Attribute, sent: Mapping[str, str | list[str]]
) -> tuple[object, list[PartFault]]:
    """Turn the inputs of a form into a JSON value that may still be wrong."""
    if attribute.type == "date":
        return read_date(attribute.label, {part: str(text) for part, text in sent.items()})
    if attribute.type in ("name", "address"):
        return dict(sent), []
    value = sent[""]
    if attribute.type in ("boolean", "declaration"):
        return {"yes": True, "no": False}.get(str(value)), []
    if attribute.type == "choices":
        return [value] if isinstance(value, str) else value, []
    if attribute.type in ("file", "photo"):
        return None, []
    return value, []
