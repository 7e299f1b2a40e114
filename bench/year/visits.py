"""What an applicant does at the pages: goes through whatever is asked, and perhaps leaves."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

import httpx

from bench.citizen import QUESTION, Astray, Citizen, begin
from bench.year.applicants import Applicant
from bench.year.service import blue_badge
from config.demo_answers import picture, said
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.need import Need

MOST_PAGES = 60
_PAYS, _DECLINED = "4444333322221111", "4000000000000002"


@dataclass(slots=True)
class Visit:
    """
    What came of a visit; `reference` empty where nothing was sent.

    `seconds` are those of each page of ours, `cookies` what opens the application again.
    """

    number: int
    reference: str = ""
    questions: int = 0
    seconds: list[float] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


class TimedCitizen(Citizen):
    """A citizen who looks at the clock at every page of ours."""

    def __init__(self, origin: str, visit: Visit) -> None:
        super().__init__(origin)
        self._ours = urlsplit(origin).netloc
        self._visit = visit
        self._browser.cookies.update(visit.cookies)

    def _arrive(self, page: httpx.Response) -> None:
        ours = [one for one in (*page.history, page) if one.url.netloc.decode() == self._ours]
        if ours:
            self._visit.seconds.append(sum(one.elapsed.total_seconds() for one in ours))
        super()._arrive(page)

    def leave(self) -> None:
        """Close the browser, and keep its cookies."""
        self._visit.cookies = dict(self._browser.cookies.items())
        super().leave()


def apply(origin: str, applicant: Applicant) -> Visit:
    """Go through the whole journey, or leave it halfway; trouble is told and never raised."""
    visit = Visit(applicant.number)
    citizen = TimedCitizen(origin, visit)
    try:
        _go(citizen, visit, blue_badge(), applicant)
    except (Astray, httpx.HTTPError, KeyError) as trouble:
        visit.trouble = f"{type(trouble).__name__}: {trouble} at {citizen.path}"
    citizen.leave()
    return visit


def reply(origin: str, visit: Visit) -> Visit:
    """Send what staff asked for, from the application's own page."""
    again = Visit(visit.number, reference=visit.reference, cookies=visit.cookies)
    citizen = TimedCitizen(origin, again)
    try:
        citizen.open(f"/applications/{visit.reference}/more")
        citizen.submit({"words": "It began in 2019. I enclose what my doctor wrote."})
    except (Astray, httpx.HTTPError) as trouble:
        again.trouble = f"{type(trouble).__name__}: {trouble} at {citizen.path}"
    citizen.leave()
    return again


def _go(citizen: TimedCitizen, visit: Visit, pack: ServicePack, applicant: Applicant) -> None:
    chance = random.Random(applicant.number)
    if applicant.language == "cy":
        citizen.open(f"/services/{pack.name}?lang=cy")
    begin(citizen)
    for _ in range(MOST_PAGES):
        here = QUESTION.fullmatch(citizen.path)
        if here is None:
            break
        if applicant.leaves_after is not None and visit.questions >= applicant.leaves_after:
            return
        visit.questions += 1
        _answer(citizen, pack, pack.form.page(here["page"]), applicant, chance)
    reference = citizen.path.split("/")[2]
    citizen.submit({"declarationTrueAndComplete": "yes", "declarationBadgeTerms": "yes"})
    citizen.follow("govuk-button")
    if applicant.card_declined_first:
        _pay(citizen, applicant, _DECLINED)
        citizen.open(f"/applications/{reference}/answers")
        citizen.submit({"declarationTrueAndComplete": "yes", "declarationBadgeTerms": "yes"})
        citizen.follow("govuk-button")
    _pay(citizen, applicant, _PAYS)
    if not citizen.path.endswith("/outcome"):
        raise Astray(citizen.path)
    visit.reference = reference


def _answer(
    citizen: TimedCitizen, pack: ServicePack, page: Page, applicant: Applicant, chance: Random
) -> None:
    if page.kind == "consult":
        citizen.submit({"agree": "yes" if applicant.agrees else "no"})
        if QUESTION.fullmatch(citizen.path) and citizen.path.endswith(f"/{page.id}"):
            citizen.submit({})
        return
    if page.kind == "information":
        citizen.submit({})
        return
    sent: dict[str, str | list[str]] = {}
    for ask in page.ask:
        attribute = pack.vocabulary[Need.parse(ask.need).attribute]
        if attribute.type == "address":
            citizen.submit({"postcode": applicant.resident.postcode, "find": "yes"})
            citizen.submit({"uprn": applicant.resident.uprn})
            return
        if attribute.type in ("file", "photo"):
            citizen.submit({}, file=(attribute.field_name, picture(chance)))
            citizen.submit({})
            return
        sent |= said(attribute, applicant.resident, chance)
    citizen.submit(sent)


def _pay(citizen: TimedCitizen, applicant: Applicant, card: str) -> None:
    citizen.submit(
        {
            "card_number": card,
            "expiry_month": "12",
            "expiry_year": "40",
            "cardholder_name": f"{applicant.resident.given} {applicant.resident.family}",
            "cvc": "123",
        }
    )
