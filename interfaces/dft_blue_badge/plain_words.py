"""What was sent, in plain words for whoever works the case. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Where the name of a field says too little.
_WORDS = {
    "nino": "National Insurance number",
    "dob": "Date of birth",
    "isCharity": "Is a charity",
    "isIndefinite": "Award has no end",
    "isAdaptedVehicle": "Vehicle is adapted",
    "isPrescribed": "Is prescribed",
    "typeCode": "Kind",
    "typeCodes": "Kinds",
    "healthProfessionsForFalls": "Saw a health professional about falls",
    "chestLungHeartEpilepsy": "Chest, lung, heart or epilepsy condition",
    "registeredAtLaId": "Registered with authority",
    "badgeHolderName": "Name",
    "party": "Applicant",
    "eligibility": "Why a badge is needed",
    "artifacts": "Papers (held by the sender)",
    "link": "Where the sender keeps it",
}
# Ends the name of a code; what it means is said by the rest.
_CODE = re.compile(r"Codes?$")


def paragraphs(body: Mapping[str, Any]) -> list[str]:
    """Return a body as headings and lists for `documents.letters.Letter`."""
    plain = {name: value for name, value in body.items() if not isinstance(value, dict | list)}
    found = ["# What was sent", _list(plain)] if plain else []
    for name, value in body.items():
        if isinstance(value, dict | list) and value:
            found += [f"# {words_of(name)}", "\n".join(f"* {line}" for line in _lines(value))]
    return found


def words_of(field: str) -> str:
    """Return what a field is called among people."""
    if field in _WORDS:
        return _WORDS[field]
    name = _CODE.sub("", field)
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return spaced[:1].upper() + spaced[1:].lower()


def _list(values: Mapping[str, Any]) -> str:
    return "\n".join(f"* {line}" for line in _lines(values))


def _lines(value: Any, before: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _lines(
                one, f"{before}, {words_of(name).lower()}" if before else words_of(name)
            )
    elif isinstance(value, list):
        if any(isinstance(one, dict | list) for one in value):
            for number, one in enumerate(value, 1):
                yield from _lines(one, f"{before} {number}".strip())
        else:
            yield f"{before}: {', '.join(map(_said, value))}"
    else:
        # Line breaks would end the item of the list.
        yield f"{before}: {' / '.join(_said(value).split(chr(10)))}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
