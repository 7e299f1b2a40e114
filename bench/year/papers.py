"""Applications on paper, keyed by the county's own system: a draft by API, its files, and sent."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import httpx

from bench.citizen import TLS
from bench.year.applicants import Applicant
from bench.year.service import service
from bench.year.visits import Visit
from config.demo_answers import picture, said
from standpipe.kernel.text import Text
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.packs.route import route
from standpipe.vocabulary.answers import Answer, read_answer
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.need import Need

APPLICATIONS = "/api/v1/applications"
MOST_PAGES = 60
_FILES = ("file", "photo")
# What only the person can agree to or read is passed over on paper.
_PASSED_OVER = {"consult": "not_asked", "information": "seen"}


class NotLodged(RuntimeError):
    """The API did not take what a paper form says."""


def lodge(origin: str, applicant: Applicant, *, token: str, on: date) -> Visit:
    """Lodge what a paper form says, with its files; trouble is told and never raised."""
    visit = Visit(applicant.number, "on paper")
    try:
        visit.reference = _lodge(origin, applicant, token=token, on=on)
    except (NotLodged, httpx.HTTPError) as trouble:
        visit.trouble = f"{type(trouble).__name__}: {trouble}"
    return visit


def _lodge(origin: str, applicant: Applicant, *, token: str, on: date) -> str:
    pack = service()
    answers, files = filled_in(pack, applicant, on=on)
    with httpx.Client(
        base_url=origin,
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
        verify=TLS,
    ) as api:
        body = {
            "service": pack.name,
            "channel": "paper",
            "draft": True,
            "language": applicant.language,
            "answers": answers,
        }
        reference = str(_sent(api, APPLICATIONS, json=body)["reference"])
        for need, content in files.items():
            file = {"need": need, "name": "a.jpg"}
            _sent(api, f"{APPLICATIONS}/{reference}/files", params=file, content=content)
        _sent(api, f"{APPLICATIONS}/{reference}/submission", json={"declared": True})
    return reference


def filled_in(
    pack: ServicePack, applicant: Applicant, *, on: date
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what a paper form says by need, and the pictures of the papers with it."""
    chance = random.Random(applicant.number)
    consulted = {
        page.id: _PASSED_OVER[page.kind] for page in pack.form.pages if page.kind in _PASSED_OVER
    }
    answers: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    for _ in range(MOST_PAGES):
        known = {**answers, **{need: {"name": "a.jpg"} for need in files}}
        page = route(pack.form, known, rules=pack.rules(on), consulted=consulted).next
        if page is None:
            return answers, files
        _fill(pack, page, applicant, answers, files, chance=chance, on=on)
    raise NotLodged("The form does not come to an end.")


def _fill(
    pack: ServicePack,
    page: Page,
    applicant: Applicant,
    answers: dict[str, Any],
    files: dict[str, bytes],
    *,
    chance: random.Random,
    on: date,
) -> None:
    for ask in page.ask:
        attribute = pack.vocabulary[Need.parse(ask.need).attribute]
        if attribute.type in _FILES:
            files[ask.need] = picture(chance)
            continue
        fields = said(attribute, applicant.resident, chance)
        read = read_answer(attribute, fields, on=on, required=ask.required)
        if not isinstance(read, Answer):
            raise NotLodged(f"{ask.need}: {_words(attribute, read[0].message)}")
        answers[ask.need] = read.value


def _words(attribute: Attribute, message: Text) -> str:
    return f"{attribute.id}: {message.en}"


def _sent(api: httpx.Client, path: str, **request: Any) -> Mapping[str, Any]:
    answer = api.post(path, headers={"Idempotency-Key": str(uuid4())}, **request)
    if answer.status_code >= 300:
        raise NotLodged(f"{path}: {answer.status_code} {answer.text[:300]}")
    found: Mapping[str, Any] = answer.json()
    return found
