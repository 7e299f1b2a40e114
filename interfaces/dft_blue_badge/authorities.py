"""Which authority is which organisation of this place, and what it grants badges by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from interfaces.dft_blue_badge.access import not_found
from standpipe.kernel.data_files import read_yaml
from standpipe.kernel.errors import Fault, FaultyFiles
from standpipe.packs.loaded import packs, place
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id

KIND = "blue_badge"


@lru_cache(maxsize=4)
def _read(folder: Path, slugs: frozenset[str]) -> Mapping[str, str]:
    file = folder / "interfaces" / "dft_blue_badge.yaml"
    if not file.exists():
        return {}
    found = dict(read_yaml(file)["authorities"])
    unknown = sorted(set(found.values()) - slugs)
    if unknown:
        message = f"{', '.join(unknown)}: no organisation of this place."
        raise FaultyFiles([Fault(file, "1", message, "Name slugs of organisations.yaml.")])
    return found


def authorities() -> Mapping[str, str]:
    """
    Return the organisations of the place, by slug, under the codes of their authorities.

    :raises FaultyFiles: if the place's file names an organisation that it has not
    """
    here = place()
    return _read(here.folder, frozenset(one.slug for one in here.organisations))


def code_of(organisation: UUID) -> str:
    """Return the code of an organisation's authority; refused as not there if it has none."""
    for code, slug in authorities().items():
        if organisation_id(slug) == organisation:
            return code
    raise not_found()


def pack_of(organisation: UUID) -> ServicePack:
    """Return the service by which an organisation grants badges; refused if it grants none."""
    pack = _pack(organisation)
    if pack is None:
        raise not_found()
    return pack


def grants_badges(code: str) -> bool:
    """Say whether the authority of a code grants badges here."""
    slug = authorities().get(code)
    return slug is not None and _pack(organisation_id(slug)) is not None


def _pack(organisation: UUID) -> ServicePack | None:
    offered = packs()
    found = [
        offered[name]
        for name in offered
        if offered[name].entitlement is not None
        and offered[name].entitlement.kind == KIND  # type: ignore[union-attr]
        and organisation_id(offered[name].organisation) == organisation
    ]
    # A service that changes or replaces what another grants has a longer name than it.
    return min(found, key=lambda pack: len(pack.name), default=None)
