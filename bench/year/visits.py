"""What an applicant does at the pages: goes through whatever is asked, and perhaps leaves."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from http.cookiejar import Cookie
from random import Random
from urllib.parse import urlsplit

import httpx

from bench.citizen import QUESTION, Astray, Citizen, begin
from bench.year.applicants import Applicant
from bench.year.holders import Holder
from bench.year.service import CHANGE, REPLACEMENT, SERVICE, service
from config.demo_answers import picture, said
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.places.residents import Resident
from standpipe.vocabulary.need import Need

MOST_PAGES = 60
# What a holder says of themselves that does not follow from who they are.
_LOSS, _WHAT_CHANGED = "applicant/badge.replacement_reason", "applicant/badge.change"
_CRIME = {"applicant/badge.crime_reference": "CR/26/118"}
_PAYS, _DECLINED = "4444333322221111", "4000000000000002"
_PICTURES = 20


@dataclass(slots=True)
class Visit:
    """
    What came of a visit; `reference` empty where nothing was sent.

    `about` says in figures what was asked for, `what` which change it was; `seconds` are those of
    each page of ours, `cookies` what opens the application again.
    """

    number: int
    about: str = "new"
    what: str = ""
    reference: str = ""
    questions: int = 0
    seconds: list[float] = field(default_factory=list)
    cookies: list[Cookie] = field(default_factory=list)
    trouble: str = ""


class TimedCitizen(Citizen):
    """A citizen who looks at the clock at every page of ours."""

    def __init__(self, origin: str, visit: Visit) -> None:
        super().__init__(origin)
        self._ours = urlsplit(origin).netloc
        self._visit = visit
        for cookie in visit.cookies:
            self._browser.cookies.jar.set_cookie(cookie)

    def _arrive(self, page: httpx.Response) -> None:
        ours = [one for one in (*page.history, page) if one.url.netloc.decode() == self._ours]
        if ours:
            self._visit.seconds.append(sum(one.elapsed.total_seconds() for one in ours))
        super()._arrive(page)

    def leave(self) -> None:
        """Close the browser, and keep its cookies."""
        self._visit.cookies = list(self._browser.cookies.jar)
        super().leave()


def apply(origin: str, applicant: Applicant) -> Visit:
    """Go through the whole journey, or leave it halfway; trouble is told and never raised."""
    visit = Visit(applicant.number)
    with _at_the_pages(origin, visit) as citizen:
        if applicant.language == "cy":
            citizen.open(f"/services/{SERVICE}?lang=cy")
        begin(citizen)
        _finish(citizen, visit, SERVICE, applicant)
    return visit


def reply(origin: str, visit: Visit) -> Visit:
    """Send what staff asked for, from the application's own page."""
    again = Visit(visit.number, reference=visit.reference, cookies=visit.cookies)
    with _at_the_pages(origin, again) as citizen:
        citizen.open(f"/applications/{visit.reference}/more")
        citizen.submit({"words": "It began in 2019. I enclose what my doctor wrote."})
    return again


def ask_again(origin: str, before: Visit, holder: Holder) -> Visit:
    """Ask for what a holder wishes, from the page of what they hold."""
    visit = Visit(before.number, holder.wish, holder.what, cookies=before.cookies)
    applicant = holder.applicant
    with _at_the_pages(origin, visit) as citizen:
        citizen.open("/held")
        match holder.wish:
            case "renew":
                citizen.submit({})
                _finish(citizen, visit, SERVICE, applicant)
            case "replace":
                _about(citizen, REPLACEMENT)
                _finish(citizen, visit, REPLACEMENT, applicant, says={_LOSS: holder.what} | _CRIME)
            case "change":
                _about(citizen, CHANGE)
                moved = replace(applicant, resident=_moved(holder))
                _finish(citizen, visit, CHANGE, moved, says={_WHAT_CHANGED: holder.what})
    return visit


@contextmanager
def _at_the_pages(origin: str, visit: Visit) -> Iterator[TimedCitizen]:
    citizen = TimedCitizen(origin, visit)
    try:
        yield citizen
    except (Astray, httpx.HTTPError, KeyError) as trouble:
        visit.trouble = f"{type(trouble).__name__}: {trouble} at {citizen.path}"
    citizen.leave()


def _about(citizen: TimedCitizen, name: str) -> None:
    citizen.follow(f"/{name}")
    citizen.submit({"entry": str(citizen.page.url.params["entry"])})


def _moved(holder: Holder) -> Resident:
    return replace(holder.applicant.resident, address=holder.neighbour.address)


def _finish(
    citizen: TimedCitizen,
    visit: Visit,
    name: str,
    applicant: Applicant,
    *,
    says: Mapping[str, str] | None = None,
) -> None:
    """Answer all questions, send, and pay where something is to be paid."""
    chance, pack = random.Random(applicant.number), service(name)
    for _ in range(MOST_PAGES):
        here = QUESTION.fullmatch(citizen.path)
        if here is None:
            break
        if applicant.leaves_after is not None and visit.questions >= applicant.leaves_after:
            return
        visit.questions += 1
        _answer(citizen, pack, pack.form.page(here["page"]), applicant, says or {}, chance)
    reference = citizen.path.split("/")[2]
    _send(citizen, pack)
    if not citizen.path.endswith("/outcome"):
        if applicant.card_declined_first:
            _pay(citizen, applicant, _DECLINED)
            citizen.open(f"/applications/{reference}/answers")
            _send(citizen, pack)
        _pay(citizen, applicant, _PAYS)
    if not citizen.path.endswith("/outcome"):
        raise Astray(citizen.path)
    visit.reference = reference


def _send(citizen: TimedCitizen, pack: ServicePack) -> None:
    declared = [pack.vocabulary[Need.parse(need).attribute] for need in pack.form.declaration]
    citizen.submit({one.field_name: "yes" for one in declared})
    if not citizen.path.endswith("/outcome"):
        citizen.follow("govuk-button")


def _answer(
    citizen: TimedCitizen,
    pack: ServicePack,
    page: Page,
    applicant: Applicant,
    says: Mapping[str, str],
    chance: Random,
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
            citizen.submit({}, file=(attribute.field_name, _picture(chance.randrange(_PICTURES))))
            citizen.submit({})
            return
        if ask.need in says:
            sent[attribute.field_name] = says[ask.need]
        else:
            sent |= said(attribute, applicant.resident, chance)
    citizen.submit(sent)


@cache
def _picture(number: int) -> bytes:
    return picture(random.Random(number))


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
