"""A resident of the place who applies for a Blue Badge, page by page."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from standpipe.packs.library import load_packs
from standpipe.packs.pack import ServicePack
from standpipe.places.place import Place
from standpipe.places.reading import load_place
from standpipe.places.residents import Resident, generate
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.web.presenters.fields import sent_from_value
from tests.journeys.browsing import Visitor, paper, portrait

ROOT = Path(__file__).resolve().parents[2]
QUESTION = re.compile(r"/applications/(?P<reference>[^/]+)/questions/(?P<page>[^/]+)")
GOOD_CARD = "4444333322221111"
MOST_PAGES = 60

# What somebody says who cannot walk far, and whom no register knows.
DISCRETIONARY: Mapping[str, Any] = {
    "applicant/benefit.received": ["none"],
    "applicant/person.is_severely_sight_impaired": False,
    "applicant/mobility.main_reason": "walking",
    "applicant/mobility.condition_enduring": True,
    "applicant/health.conditions": "Arthritis in both hips and knees.",
}


@cache
def place() -> Place:
    """Return the place of the demo."""
    return load_place(ROOT / "places" / "borrowdale")


@cache
def vocabulary() -> Vocabulary:
    """Return the words of the demo."""
    return load_vocabulary(ROOT / "vocabulary", also_accept=place().also_accept)


@cache
def blue_badge() -> ServicePack:
    """Return the service."""
    packs = load_packs(
        ROOT / "service_packs",
        vocabulary=vocabulary(),
        place=place(),
    )
    return packs["blue_badge"]


@cache
def resident(key: str) -> Resident:
    """Return one of the people whom tutorials and journeys know by name."""
    return next(one for one in generate(place(), seed=1, count=20) if one.key == key)


def nobody_else(given: str, family: str, *, born: date) -> Resident:
    """
    Return a resident whom no register knows and as whom no other journey applies.

    What one journey is granted, another of the same process finds: nobody is granted two.
    """
    email = f"{given}.{family}@residents.example".lower()
    edith = resident("edith")
    return replace(edith, given=given, family=family, birth_date=born, nino=None, email=email)


@dataclass
class Applicant:
    """
    Somebody who answers what they are asked.

    `for_whom` is for whom they apply; `person` is who it is about. `says` holds their answers by
    need, beside those that follow from who they are; where a question with options is not among
    them, they take the first. `several` holds what they say of each where a page repeats.
    `agrees` is their answer to every check. `asked` are the pages with questions that they were
    shown, in order.
    """

    visitor: Visitor
    person: Resident
    says: Mapping[str, Any] = field(default_factory=dict)
    agrees: bool = True
    for_whom: str = "self"
    several: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    reference: str = ""

    def begin(self) -> None:
        """Start from the page of the service."""
        self.visitor.open("/services/blue_badge")
        self.visitor.fill({"forWhom": self.for_whom})
        self.visitor.page.locator(".govuk-button--start").click()
        self.visitor.page.wait_for_load_state("load")
        self.visitor._arrived()
        self.reference = self._here().group("reference")

    def answer_all(self, *, until: str | None = None) -> None:
        """Answer page after page, up to the page `until`, or to "check your answers"."""
        for _ in range(MOST_PAGES):
            here = QUESTION.fullmatch(self.visitor.path)
            if here is None or here["page"] == until:
                return
            self.answer(here["page"])
        raise AssertionError(f"{MOST_PAGES} pages, and no end: {self.visitor.path}")

    def answer(self, page_id: str) -> None:
        """Answer one page and go on; what they told before, where it is offered, they keep."""
        page = blue_badge().form.page(page_id)
        if self.visitor.page.locator("main form button[name=keep]").count():
            self.visitor.submit()
            return
        if page.kind != "information" and page_id not in self.asked:
            self.asked.append(page_id)
        if page.kind == "consult":
            self._consult()
        elif page.repeat:
            self._each(page_id)
        elif page.kind == "upload":
            self._upload(page_id)
        elif page_id == "address":
            self._choose_address()
        else:
            for ask in page.ask:
                self._say(ask.need)
            self.visitor.submit()
            assert not self.visitor.errors, (page_id, self.visitor.errors)

    def send(self) -> None:
        """Declare, and go to pay, or to the outcome where nothing is to be paid."""
        for need in blue_badge().form.declaration:
            self._say(need, value=True)
        self.visitor.submit()

    def pay(self, card: str = GOOD_CARD) -> None:
        """Pay on the provider's pages and come back."""
        page = self.visitor.page
        page.locator("main a.govuk-button").click()
        page.wait_for_load_state("load")
        for name, value in (
            ("card_number", card),
            ("expiry_month", "12"),
            ("expiry_year", "40"),
            ("cardholder_name", f"{self.person.given} {self.person.family}"),
            ("cvc", "123"),
        ):
            page.locator(f"[name={name}]").fill(value)
        page.locator("form button").first.click()
        page.wait_for_url(lambda address: address.startswith(self.visitor.origin))
        page.wait_for_load_state("load")
        self.visitor._arrived()

    def await_number(self, *, seconds: float = 120) -> str:
        """Look at the outcome again until the badge is numbered; return its number."""
        number = self.visitor.page.locator(".govuk-panel .app-number")
        ends_at = time.monotonic() + seconds
        while number.count() == 0 or number.inner_text() == self.reference:
            assert time.monotonic() < ends_at, "the number of the badge does not come"
            time.sleep(0.2)
            self.visitor.open(f"/applications/{self.reference}/outcome")
        return number.inner_text()

    def _here(self) -> re.Match[str]:
        here = QUESTION.fullmatch(self.visitor.path)
        assert here is not None, self.visitor.path
        return here

    def _known(self) -> dict[str, Any]:
        person = self.person
        nino = person.nino or {"does_not_know": True}
        return {
            "applicant/person.name": {"given": person.given, "family": person.family},
            "applicant/person.birth_date": person.birth_date.isoformat(),
            "applicant/person.national_insurance_number": nino,
            "applicant/contact.email": person.email,
            "representative/contact.email": person.email,
            "representative/person.name": {"given": "Mair", "family": "Puw"},
            "representative/representation.parental_responsibility": True,
            **self.says,
        }

    def _say(self, need: str, *, value: Any = None) -> None:
        attribute = vocabulary()[Need.parse(need).attribute]
        value = self._known().get(need) if value is None else value
        if value is None and attribute.type == "boolean":
            value = False
        elif value is None and attribute.choices:
            code = attribute.choices[0].code
            value = [code] if attribute.type == "choices" else code
        elif value is None and attribute.type == "long_text":
            value = "Every day, and more in winter."
        if value is not None:
            self.visitor.fill(sent_from_value(attribute, value))

    def _each(self, page_id: str) -> None:
        given = self.several[page_id]
        for number, one in enumerate(given, start=1):
            for need, value in one.items():
                self._say(need, value=value)
            self.visitor.submit()
            assert not self.visitor.errors, (page_id, self.visitor.errors)
            self.visitor.fill({"another": "yes" if number < len(given) else "no"})
            self.visitor.submit()

    def _choose_address(self) -> None:
        self.visitor.fill({"postcode": self.person.postcode})
        self.visitor.submit()
        self.visitor.fill({"uprn": self.person.uprn})
        self.visitor.submit()

    def _consult(self) -> None:
        self.visitor.fill({"agree": "yes" if self.agrees else "no"})
        self.visitor.submit()
        # What came of it stands on the same page.
        self.visitor.submit()

    def _upload(self, page_id: str) -> None:
        for ask in blue_badge().form.page(page_id).ask:
            attribute = vocabulary()[Need.parse(ask.need).attribute]
            file = portrait() if attribute.type == "photo" else paper(attribute.label.en)
            self.visitor.upload(inputs_of(attribute)[0].name, file)
        self.visitor.submit()
        assert not self.visitor.errors, (page_id, self.visitor.errors)
        # We show what we kept of it before going on.
        self.visitor.submit()
