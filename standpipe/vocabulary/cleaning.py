"""Texts as people type them, without stray spaces; nothing is ever cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.fault_texts import fault_text
from standpipe.vocabulary.part_faults import PartFault, PartFaults, wrong_shape

_LONGEST_PART = 100


def clean(attribute: Attribute, value: object, *, part: str = "", lines: bool = False) -> str:
    """Return a text without stray spaces; refuse what cannot be printed or kept, never cut."""
    if not isinstance(value, str):
        raise wrong_shape(attribute, part)
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    allowed = "\n\t" if lines else "\t"
    # What is printable holds none of them, and that is quickly told.
    if not text.isprintable() and any(
        unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed for sign in text
    ):
        raise PartFault(part, fault_text("characters", label=attribute.label))
    return text.strip() if lines else " ".join(text.split())


def sized(attribute: Attribute, text: str) -> str:
    """Return a text that is neither missing, nor too long, nor too short."""
    limits = attribute.limits
    if not text:
        raise PartFault("", attribute.missing)
    if len(text) > limits.longest:
        raise PartFault("", fault_text("too_long", label=attribute.label, limit=limits.longest))
    if len(text) < limits.shortest:
        raise PartFault("", fault_text("too_short", label=attribute.label, limit=limits.shortest))
    return text


def clean_parts(
    attribute: Attribute, value: object, *, known: Sequence[str], required: Mapping[str, Text]
) -> dict[str, str]:
    """Clean every part of a value of several; all faults at once."""
    if not isinstance(value, Mapping) or not all(part in known for part in value):
        raise wrong_shape(attribute)
    cleaned: dict[str, str] = {}
    faults = []
    for part in value:
        try:
            cleaned[part] = clean(attribute, value[part] or "", part=part)
        except PartFault as fault:
            faults.append(fault)
        if len(cleaned.get(part, "")) > _LONGEST_PART:
            text = fault_text("too_long", label=attribute.label, limit=_LONGEST_PART)
            faults.append(PartFault(part, text))
    faulty = {fault.part for fault in faults}
    faults += [
        PartFault(part, text)
        for part, text in required.items()
        if not cleaned.get(part) and part not in faulty
    ]
    if faults:
        raise PartFaults(faults)
    return cleaned
