"""A place where three organisations offer the same service, so that each has data of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from standpipe.gateway.loaded import connectors
from standpipe.packs import loaded
from standpipe.web import registries
from tests.house.source import ROOT
from tests.integration.outside import where_nobody_listens

ORGANISATIONS = {
    "a": "borrowdale_county",
    "b": "northmere_district",
    "c": "ellerdale_district",
}
# Who assesses for each; two are not asked by everybody.
ASSESSORS = {"n": "borrowdale_nhs", "h": "helping_hands"}
ASSESSED_BY = {"a": "n", "b": "h", "c": "n"}
# The papers of these pages would only slow the making of the world down.
_LEFT_OUT = ("identity", "address_proof", "medical_letter")
_CACHES = (registries.registry_owners, connectors)


def service_of(letter: str) -> str:
    """Return the service that the organisation of a letter offers here."""
    return f"blue_badge_{letter}"


@contextmanager
def three_organisations(folder: Path) -> Iterator[None]:
    """Let this process serve that place, made in a folder, and afterwards what it served before."""
    places, packs = folder / "places", folder / "packs"
    shutil.copytree(ROOT / "places", places)
    for letter, organisation in ORGANISATIONS.items():
        _pack(packs / service_of(letter))
        overlay = places / settings.ENV.place / f"{service_of(letter)}.yaml"
        assessor = ASSESSORS[ASSESSED_BY[letter]]
        overlay.write_text(
            f"service: {{organisation: {organisation}}}\ncase: {{assessor: {assessor}}}\n"
        )
    before = settings.ENV
    settings.ENV = replace(
        before, places_dir=places, packs_dir=packs, connectors=where_nobody_listens()
    )
    _forget()
    try:
        yield
    finally:
        settings.ENV = before
        _forget()


def _pack(folder: Path) -> None:
    shutil.copytree(ROOT / "service_packs" / "blue_badge", folder)
    service = folder / "service.yaml"
    service.write_text(
        service.read_text().replace("issued_by: [county,", "issued_by: [county, district,")
    )
    # Numbered here, so that nothing waits for whoever makes badges.
    granted = folder / "entitlement.yaml"
    text, found = re.subn(r"(?m)^order:\n(?:  .*\n)+", "", granted.read_text())
    assert found == 1, "blue_badge orders nothing any more"
    granted.write_text(text)
    form = folder / "form.yaml"
    text = form.read_text()
    for page in _LEFT_OUT:
        text, found = re.subn(rf"(?ms)^  - id: {page}\n.*?(?=^  - id: |^\S)", "", text)
        assert found == 1, f"blue_badge has no page {page} any more"
    form.write_text(text)
    case = folder / "case.yaml"
    case.write_text(re.sub(r"(?m)^  documents: .*\n", "", case.read_text()))
    # Nothing to pay, so that nothing here needs the payment provider.
    (folder / "rules" / "fees.yaml").unlink()
    service.write_text(re.sub(r"fees\.amounts, ", "", service.read_text()))


def _forget() -> None:
    loaded.read_again()
    for cache in _CACHES:
        cache.cache_clear()
