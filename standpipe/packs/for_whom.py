"""For whom a service may be applied for, as its pack says and its needs name it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from standpipe.consent.mandate import ForWhom
from standpipe.kernel.text import Text
from standpipe.packs.form import Ask
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.speaking import spoken_of

# Told by how an application begins, and never asked again.
FOR_WHOM = "applicant/application.for_whom"
# The roles of whoever fills in a form for somebody else: "you" on their pages.
OWN_ROLES = ("representative", "org_contact")


def read_applies_for(words: Mapping[str, Any]) -> tuple[ForWhom, ...]:
    """Read for whom a service may be applied for; for oneself alone where nothing is said."""
    return tuple(words.get("applies_for", ("self",)))


def as_needs(words: str | Sequence[str]) -> tuple[str, ...]:
    """Read one need, or several of which the first that is known counts."""
    return (words,) if isinstance(words, str) else tuple(words)


def is_own(role: str, for_whom: ForWhom) -> bool:
    """Say whether a need of a role is about the person at the keyboard."""
    return role == "applicant" if for_whom == "self" else role in OWN_ROLES


def in_words(attribute: Attribute, need: str, called: Text | None) -> Attribute:
    """Return the attribute of a need in words about somebody, by how they are called."""
    return spoken_of(attribute, called, to_reader=Need.parse(need).role in OWN_ROLES)


def asked_in_words(ask: Ask, called: Text | None) -> Ask:
    """Return an ask with a pack's own words as `in_words` has those of the vocabulary."""
    own = Need.parse(ask.need).role in OWN_ROLES
    return replace(
        ask,
        label=ask.label.about(called, to_reader=own) if ask.label else None,
        hint=ask.hint.about(called, to_reader=own) if ask.hint else None,
    )
