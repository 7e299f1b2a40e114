"""A place: its organisations, its districts, and which postcode lies where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as #rrggbb, each readable as text on white (WCAG AA), and a CSS font list."""

    brand: str
    accent: str
    font: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How a resident reaches an organisation."""

    email: str
    phone: str
    address: tuple[str, ...]
    hours: Text
    website: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of the place; `code` is its ONS, NHS or charity register code."""

    slug: str
    name: Text
    short_name: Text
    kind: str
    code: str
    parent: str | None
    look: Look
    contact: Contact


@dataclass(frozen=True, slots=True)
class District:
    """A lower-tier area and the organisation that serves it."""

    slug: str
    name: Text
    code: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Sector:
    """The postcodes that begin alike ("BO1 1"), all of one town and one district."""

    sector: str
    town: str
    district: str


@dataclass(frozen=True, slots=True)
class SharedPostcode:
    """A postcode whose addresses lie in more than one district."""

    postcode: str
    town: str
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Award:
    """A benefit as DWP holds it; `end` None means ongoing; descriptors are letters a to f."""

    benefit: str
    start: date
    end: date | None = None
    moving_around: str | None = None
    planning: str | None = None
    mobility_rate: str | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up resident whom tutorials and journeys know by `key`."""

    key: str
    given: str
    family: str
    sex: str
    born: date
    nino: str | None
    awards: tuple[Award, ...]


@dataclass(frozen=True, slots=True)
class ResidentTerms:
    """What the generator of residents draws from; only synthetic places have it."""

    as_of: date
    email_domain: str
    county: str
    pyramid: tuple[int, ...]
    given_names: Mapping[str, tuple[str, ...]]
    family_names: tuple[str, ...]
    streets: tuple[str, ...]
    street_kinds: tuple[str, ...]
    personas: tuple[Persona, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Everything a place's folder says; `slug` is the folder's name."""

    slug: str
    folder: Path
    name: Text
    synthetic: bool
    nation: str
    languages: tuple[str, ...]
    also_accept: Mapping[str, tuple[str, ...]]
    organisations: tuple[Organisation, ...]
    districts: tuple[District, ...]
    sectors: tuple[Sector, ...]
    shared: tuple[SharedPostcode, ...]
    residents: ResidentTerms | None

    def organisation(self, slug: str) -> Organisation:
        """Return an organisation; KeyError if the place has none of that name."""
        for organisation in self.organisations:
            if organisation.slug == slug:
                return organisation
        raise KeyError(slug)

    def districts_of(self, postcode: str) -> tuple[str, ...]:
        """
        Return the slugs of the districts a postcode lies in; none if it is not of this place.

        Case and spaces of the postcode do not matter.
        """
        compact = "".join(postcode.upper().split())
        for shared in self.shared:
            if shared.postcode.replace(" ", "") == compact:
                return shared.districts
        for sector in self.sectors:
            if sector.sector.replace(" ", "") == compact[:-2]:
                return (sector.district,)
        return ()
