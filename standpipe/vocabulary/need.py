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
_SHAPE = re.compile(
    r"([a-z_]+)(\[(?:[1-9][0-9]{0,2})?\])?/([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)(?:@([a-z_]+))?"
)
# Of a role that somebody may name several of: each of them, wherever a form asks.
EACH = 0


class NotANeed(Misconfigured):
    """A text does not have the shape role/attribute@qualifier, or its role is not one of ours."""


@dataclass(frozen=True, slots=True)
class Need:
    """
    `str(need)` gives its key, such as applicant/address.full@previous.

    `item` tells one of several of a role from the others, from 1: vehicle[2]/vehicle.kind. EACH
    is every one of them, as a form asks: vehicle[]/vehicle.kind. None where there is but one.
    """

    role: str
    attribute: str
    qualifier: str | None = None
    item: int | None = None

    @classmethod
    def parse(cls, key: str) -> Need:
        """
        Read a need key.

        :raises NotANeed: if it is not one
        """
        return _parsed(key)

    def beside(self, attribute: str) -> Need:
        """Return the need for another attribute of the same somebody."""
        return Need(self.role, attribute, self.qualifier, self.item)

    def of_item(self, item: int) -> Need:
        """Return the same need of one of several, or of EACH."""
        return Need(self.role, self.attribute, self.qualifier, item)

    def __str__(self) -> str:
        which = "" if self.item is None else f"[{self.item or ''}]"
        suffix = f"@{self.qualifier}" if self.qualifier else ""
        return f"{self.role}{which}/{self.attribute}{suffix}"


# Asked for very often, of few different keys.
@lru_cache(maxsize=4096)
def _parsed(key: str) -> Need:
    found = _SHAPE.fullmatch(key)
    if not found or found[1] not in ROLES or found[4] not in _QUALIFIERS | {None}:
        raise NotANeed(f"{key!r} is no need key; write role/attribute or role/attribute@when.")
    item = int(found[2].strip("[]") or EACH) if found[2] else None
    return Need(found[1], found[3], found[4], item)
