"""Bringing a place's organisations and addresses into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID, uuid5

from django.db import connection, transaction

from standpipe.places.models import Organisation
from standpipe.places.place import Place
from standpipe.places.residents import Resident

# Organisations keep their identifier wherever the place is installed.
_ORGANISATIONS = UUID("5b0f6c3e-6a0e-5f0e-9f0a-8d9a6f0a2b11")


def organisation_id(slug: str) -> UUID:
    """Return the identifier of an organisation of the place; the same on every installation."""
    return uuid5(_ORGANISATIONS, slug)


def load_organisations(place: Place) -> None:
    """Enter the organisations of a place; those that are there already take its words."""
    Organisation.objects.bulk_create(
        [
            Organisation(
                id=organisation_id(one.slug), slug=one.slug, name=one.name.en, kind=one.kind
            )
            for one in place.organisations
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["slug", "name", "kind"],
    )


def load_addresses(residents: Iterable[Resident], *, progress: Callable[[int], None]) -> int:
    """
    Enter the addresses of residents in place of those that were there; return how many.

    `progress` is told the count now and then.
    """
    seen: set[str] = set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM places_address")
        with cursor.copy(
            "COPY places_address (uprn, line1, line2, town, postcode, district) FROM STDIN"
        ) as copy:
            for resident in residents:
                if resident.uprn in seen:
                    continue
                seen.add(resident.uprn)
                address = resident.address
                copy.write_row(
                    (
                        address.uprn,
                        address.line1,
                        "",
                        address.town,
                        address.postcode,
                        address.district,
                    )
                )
                if len(seen) % 2000 == 0:
                    progress(len(seen))
    return len(seen)
