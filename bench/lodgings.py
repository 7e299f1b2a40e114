"""Whole applications as systems lodge them over the API, each of another person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any
from uuid import uuid4

from bench.connection import request_bytes
from launcher.places import ROOT
from standpipe.places.reading import load_place
from standpipe.places.residents import Resident, generate

SERVICE = "library_card"


def answers_of(resident: Resident, *, email: str) -> dict[str, Any]:
    """Return what a resident answers, in plain JSON by need."""
    address = resident.address
    return {
        "applicant/address.full": {
            "uprn": address.uprn,
            "line1": address.line1,
            "line2": "",
            "town": address.town,
            "county": address.county,
            "postcode": address.postcode,
        },
        "applicant/person.name": {"given": resident.given, "family": resident.family},
        "applicant/person.birth_date": resident.birth_date.isoformat(),
        "applicant/contact.email": email,
    }


def bodies(
    *, count: int, seed: int = 1, begin: str = "intent-"
) -> list[tuple[str, dict[str, Any]]]:
    """Return (e-mail address, body) of applications; each address is another, all `begin` so."""
    residents = cycle(generate(load_place(ROOT / "places" / "borrowdale"), seed=seed, count=500))
    made = []
    for number, resident in zip(range(count), residents, strict=False):
        email = f"{begin}{number}@resident.example"
        answers = answers_of(resident, email=email)
        made.append((email, {"service": SERVICE, "declared": True, "answers": answers}))
    return made


def lodging(body: Mapping[str, Any], *, token: str, key: str) -> bytes:
    """Return the request that lodges an application."""
    return request_bytes(
        "POST",
        "/api/v1/applications",
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        },
        body=json.dumps(body).encode(),
    )


def lodgings(token: str, *, client: int, count: int = 500) -> Iterator[bytes]:
    """Give one client requests without end, each with a key that nobody used before."""
    run = uuid4().hex
    prepared = [body for _, body in bodies(count=count, seed=client + 1)]
    for number, body in enumerate(cycle(prepared)):
        yield lodging(body, token=token, key=f"{run}-{number}")
