"""Acting for somebody else: on what footing, and how they are called. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from standpipe.consent.mandate import Basis, ForWhom
from standpipe.kernel.text import Text

# What a representative is asked of themselves, whatever the service.
NAME = "representative/person.name"
RELATIONSHIP = "representative/representation.relationship"
AUTHORITY = "representative/representation.authority"
RESPONSIBILITY = "representative/representation.parental_responsibility"
FOOTING = (NAME, RELATIONSHIP, AUTHORITY, RESPONSIBILITY)

# How somebody is called while their name is not known.
NAMELESS: Mapping[ForWhom, Text] = {
    "child": Text("the child", "y plentyn"),
    "someone_else": Text(
        "the person you are applying for", "y person rydych yn gwneud cais drosto"
    ),
    "organisation": Text("the organisation", "y sefydliad"),
}


def basis_of(for_whom: ForWhom, answers: Mapping[str, Any]) -> Basis | None:
    """Return the basis on which a representative acts; None while they have not told it."""
    if for_whom == "organisation":
        return "officer_of_organisation"
    if for_whom == "child":
        held = answers.get(RESPONSIBILITY)
        if held is None:
            return None
        return "parent" if held is True else "agreed_verbally"
    told = answers.get(AUTHORITY)
    return cast(Basis, told) if told in get_args(Basis) else None


def called(for_whom: ForWhom, shown: str) -> Text | None:
    """Return how whom it is about is called, `shown` being their name as far as it is known."""
    if for_whom == "self":
        return None
    return Text(shown, shown) if shown else NAMELESS[for_whom]


def addressee(for_whom: ForWhom, name: str) -> Text:
    """Return to whom a letter is addressed: whom it is about, or who answers for a child."""
    if for_whom == "child" and name:
        return Text(f"Parent or guardian of {name}", f"Rhiant neu warcheidwad {name}")
    return Text(name, name)
