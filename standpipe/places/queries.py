"""Organisations and addresses by name, number and postcode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from standpipe.places.models import Address, Organisation


@dataclass(frozen=True, slots=True)
class AddressView:
    """One address of the gazetteer; `postcode` with its space."""

    uprn: str
    line1: str
    line2: str
    town: str
    postcode: str
    district: str


def addresses_at(postcode: str) -> list[AddressView]:
    """Return the addresses of a postcode, however it was typed, in the order of their lines."""
    compact = "".join(postcode.upper().split())
    spaced = f"{compact[:-3]} {compact[-3:]}"
    rows = Address.objects.filter(postcode=spaced)
    return sorted((_view(row) for row in rows), key=lambda one: _house_order(one.line1))


def address(uprn: str) -> AddressView | None:
    """Return an address by its number; None if the gazetteer has none."""
    row = Address.objects.filter(uprn=uprn).first()
    return None if row is None else _view(row)


@cache
def organisation_slug(organisation: UUID) -> str:
    """Return the name in data files of an organisation; it never changes while we run."""
    return Organisation.objects.get(id=organisation).slug


def organisation_ids() -> list[UUID]:
    """Return every organisation of the place, for work that is done for each of them."""
    return list(Organisation.objects.order_by("slug").values_list("id", flat=True))


def _house_order(line: str) -> tuple[int, str]:
    number = line.split(" ", 1)[0]
    return (int(number) if number.isdecimal() else 0, line)


def _view(row: Address) -> AddressView:
    return AddressView(row.uprn, row.line1, row.line2, row.town, row.postcode, row.district)
