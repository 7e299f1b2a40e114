"""A citizen at the pages of the Blue Badge: follows links, fills forms, and sees no script run."""

from __future__ import annotations

import io
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from urllib.parse import urljoin

import httpx
from PIL import Image

from bench.year.applicants import qualifies
from launcher.places import ROOT
from standpipe.places.reading import load_place
from standpipe.places.residents import Resident, generate

MOST_PAGES = 30
QUESTION = re.compile(r"/applications/[^/]+/questions/(?P<page>[^/]+)")
Sent = Mapping[str, str | list[str]]
# To read all certificates of a machine takes as long as three pages: once is enough.
TLS = ssl.create_default_context()


class Astray(RuntimeError):
    """A page was not what comes next in the journey."""


class Citizen:
    """One visitor with a cookie jar of their own, and the page that they see."""

    def __init__(self, origin: str) -> None:
        self._browser = httpx.Client(follow_redirects=True, timeout=60, verify=TLS)
        self._origin = origin
        self._page = httpx.Response(200)

    @property
    def path(self) -> str:
        """The path of the page."""
        return self._page.url.path

    @property
    def page(self) -> httpx.Response:
        """The page itself."""
        return self._page

    @property
    def cookies(self) -> str:
        """What this visitor's browser sends with each request."""
        return "; ".join(f"{one.name}={one.value}" for one in self._browser.cookies.jar)

    def open(self, address: str) -> None:
        """Go to a page."""
        self._arrive(self._browser.get(urljoin(self._origin, address)))

    def submit(self, sent: Sent, *, file: tuple[str, bytes] | None = None) -> None:
        """Send the form of the page, its hidden fields and what is sent beside them."""
        form = _form(self._page.text)
        address = urljoin(str(self._page.url), form.action)
        files = {file[0]: (f"{file[0]}.jpg", file[1], "image/jpeg")} if file else None
        self._arrive(
            self._browser.post(
                address,
                data={**form.hidden, **sent},
                files=files,
                headers={"Referer": str(self._page.url)},
            )
        )

    def follow(self, words: str) -> None:
        """Follow the first link whose markup has these words."""
        for link in re.findall(r"<a\s[^>]*>", self._page.text):
            if words in link and (found := re.search(r'href="([^"]+)"', link)):
                self.open(urljoin(str(self._page.url), found[1].replace("&amp;", "&")))
                return
        raise Astray(f"{self.path} has no link with {words}")

    def leave(self) -> None:
        """Close the browser."""
        self._browser.close()

    def _arrive(self, page: httpx.Response) -> None:
        if page.status_code != 200:
            raise Astray(f"{page.status_code} at {page.url}")
        self._page = page


def begin(citizen: Citizen) -> None:
    """Begin an application from the page of the service."""
    citizen.open("/services/blue_badge")
    citizen.submit({"forWhom": "self"})
    if not QUESTION.fullmatch(citizen.path):
        raise Astray(citizen.path)


def decided_in_one_sitting(citizen: Citizen, person: Resident) -> None:
    """
    Go through the whole journey, with the registry's yes and the fee paid, to the decision.

    :raises Astray: where a page does not lead on
    """
    begin(citizen)
    answers = _answers(person)
    for _ in range(MOST_PAGES):
        here = QUESTION.fullmatch(citizen.path)
        if here is None:
            break
        page = here["page"]
        if page == "photo":
            citizen.submit({}, file=("badgePhoto", _portrait()))
            citizen.submit({})
            continue
        for sent in answers[page]:
            citizen.submit(sent)
    citizen.submit({"declarationTrueAndComplete": "yes", "declarationBadgeTerms": "yes"})
    citizen.follow("govuk-button")
    citizen.submit(
        {
            "card_number": "4444333322221111",
            "expiry_month": "12",
            "expiry_year": "40",
            "cardholder_name": f"{person.given} {person.family}",
            "cvc": "123",
        }
    )
    if not citizen.path.endswith("/outcome") or "Blue Badge" not in citizen.page.text:
        raise Astray(citizen.path)


def confirmed(among: int = 2000) -> Iterator[Resident]:
    """Yield residents with an award that counts and goes on: nobody is granted two badges."""
    place = load_place(ROOT / "places" / "borrowdale")
    for one in generate(place, seed=1, count=among):
        ongoing = all(award.end is None for award in one.awards)
        if one.key.startswith("resident") and one.nino and qualifies(one) and ongoing:
            yield one


def _answers(person: Resident) -> dict[str, list[Sent]]:
    year, month, day = person.birth_date.isoformat().split("-")
    return {
        "address": [{"postcode": person.postcode, "find": "yes"}, {"uprn": person.uprn}],
        "name": [{"firstName": person.given, "lastName": person.family}],
        "birth_date": [{"dob-day": day, "dob-month": month, "dob-year": year}],
        "national_insurance_number": [{"nationalInsuranceNumber": person.nino or ""}],
        "dwp": [{"agree": "yes"}, {}],
        "contact": [{"email": person.email}],
    }


@cache
def _portrait() -> bytes:
    picture = Image.effect_mandelbrot((750, 1000), (-2.2, -1.6, 1.0, 1.6), 60).convert("RGB")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class _Form:
    action: str
    hidden: Mapping[str, str]


_TAG = re.compile(r"<(form|input|/form)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def _form(page: str) -> _Form:
    """Return the first form of the page's main part that is sent by POST."""
    action, hidden = None, {}
    # A pattern costs a tenth of a parser, and these pages are our own.
    for kind, inside in _TAG.findall(page, page.find("<main")):
        given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(inside)}
        if action is None:
            if kind == "form" and given.get("method", "").lower() == "post":
                action = given.get("action", "")
        elif kind == "/form":
            break
        elif given.get("type") == "hidden":
            hidden[given["name"]] = given.get("value", "")
    if action is None:
        raise Astray("There is no form on this page.")
    return _Form(action, hidden)
