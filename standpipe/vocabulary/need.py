"""A need: an attribute of somebody in a given role, as a form asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from standpipe.kernel.errors import Misconfigured

ROLES = frozenset(
    [
        "applicant",
        "partner",
        "child",
        "dependant",
        "household_member",
        "carer",
        "cared_for",
        "next_of_kin",
        "key_contact",
        "representative",
        "referrer",
        "professional",
        "gp",
        "landlord",
        "employer",
        "organisation",
        "org_contact",
        "adviser",
        "third_party",
        "property",
        "vehicle",
        "event",
    ]
)
_QUALIFIERS = frozenset(
    [
        "previous",
        "correspondence",
        "at_event",
        "alternative",
        "expected",
        "week",
        "month",
        "year",
        "evidence",
    ]
)
_SHAPE = re.compile(r"([a-z_]+)/([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)(?:@([a-z_]+))?")


class NotANeed(Misconfigured):
    """A text does not have the shape role/attribute@qualifier, or its role is not one of ours."""


@dataclass(frozen=True, slots=True)
class Need:
    """`str(need)` gives its key, such as applicant/address.full@previous."""

    role: str
    attribute: str
    qualifier: str | None = None

    @classmethod
    def parse(cls, key: str) -> Need:
        """
        Read a need key.

        :raises NotANeed: if it is not one
        """
        return _parsed(key)

    def beside(self, attribute: str) -> Need:
        """Return the need for another attribute of the same somebody."""
        return Need(self.role, attribute, self.qualifier)

    def __str__(self) -> str:
        suffix = f"@{self.qualifier}" if self.qualifier else ""
        return f"{self.role}/{self.attribute}{suffix}"


# Asked for very often, of few different keys.
@lru_cache(maxsize=4096)
def _parsed(key: str) -> Need:
    found = _SHAPE.fullmatch(key)
    if not found or found[1] not in ROLES or found[3] not in _QUALIFIERS | {None}:
        raise NotANeed(f"{key!r} is no need key; write role/attribute or role/attribute@when.")
    return Need(found[1], found[2], found[3])
