"""
Every page of every pack, and the other forms, are sent what nobody should send.

Nothing fails, nothing is cut: what is taken reads back as it was sent, but for stray spaces; what
is refused is told in the error summary, once for each field.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from standpipe.consent.queries import standing_in
from standpipe.identity.actor import Actor
from standpipe.packs.form import Page
from standpipe.packs.loaded import packs, vocabulary
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need
from standpipe.web.actors import PERSON
from tests import make
from tests.integration.safety.inputs import INPUTS, fields, huge, send_many, tell

SUMMARY = re.compile(r'<div class="govuk-error-summary".*?</ul>', re.DOTALL)
LINK = re.compile(r'<a href="#([^"]*)">([^<]+)</a>')


def without_email(who: str) -> list[dict[str, Any]]:
    """Return the lives of people who leave their e-mail out, for each other way of telling them."""
    left = {f"{who}/contact.email": None, f"{who}/contact.phone": None}
    return [left | {f"{who}/contact.without_email": way} for way in ("sms", "phone", "letter")]


# Different people are asked different pages: together these see nearly all.
LIVES: dict[str, list[dict[str, Any]]] = {
    "blue_badge": [
        {},
        {"applicant/benefit.received": ["pip"]},
        {"applicant/benefit.received": ["dla"]},
        {"applicant/benefit.received": ["afrfcs"]},
        {"applicant/mobility.main_reason": "terminal"},
        {
            "applicant/mobility.main_reason": "arms",
            "applicant/mobility.drives_regularly": True,
            "applicant/mobility.arms_both_severe": True,
            "applicant/mobility.meters_difficult": True,
        },
        {"applicant/mobility.walking_effect": "distress"},
        {"applicant/mobility.main_reason": "none"},
        {
            "applicant/person.birth_date": "2025-06-01",
            "applicant/mobility.main_reason": "none",
            "applicant/mobility.child_bulky_equipment": True,
        },
        {"for_whom": "child", "applicant/person.birth_date": "2015-06-01"},
        {"for_whom": "someone_else", "applicant/mobility.main_reason": "walking"},
        {"for_whom": "organisation"},
        {
            "for_whom": "organisation",
            "applicant/organisation.is_charity": True,
            "applicant/organisation.transports_in_vehicles": True,
        },
        *without_email("applicant"),
        *({"for_whom": "child"} | one for one in without_email("representative")),
    ],
    "blue_badge_change": [
        *({"applicant/badge.change": one} for one in ("address", "moved", "name", "died")),
        *({"applicant/badge.change": "name"} | one for one in without_email("applicant")),
    ],
    "blue_badge_replacement": [
        {"applicant/badge.replacement_reason": "stolen"},
        *without_email("applicant"),
    ],
    "complaint": [
        {},
        *without_email("applicant"),
        {"for_whom": "someone_else"},
        {"for_whom": "organisation"},
        *({"for_whom": "child"} | one for one in without_email("representative")),
    ],
}
TEXTS = ("text", "long_text", "name", "address")


@dataclass(frozen=True)
class Form:
    """A page that waits to be answered: about whom, and by a person whose session is known."""

    reference: str
    page: Page
    person: Actor
    applies: Actor

    @property
    def address(self) -> str:
        return f"/applications/{self.reference}/questions/{self.page.id}"

    @property
    def names(self) -> list[str]:
        if self.page.kind == "consult":
            return ["agree"]
        attributes = [vocabulary()[Need.parse(ask.need).attribute] for ask in self.page.ask]
        return [one.name for attribute in attributes for one in inputs_of(attribute)]


def forms() -> Iterator[Form]:
    """Walk the lives through every pack, stopping at each page that none has stopped at."""
    for service in packs():
        seen: set[str] = set()
        for told in LIVES.get(service, [{}]):
            yield from _walk(service, told, seen)


def _walk(service: str, told: dict[str, Any], seen: set[str]) -> Iterator[Form]:
    applies = make.person()
    for_whom = told.get("for_whom", "self")
    reference = make.begun(applies, service, for_whom=for_whom)
    person = standing_in(reference, actor=applies)
    for _ in range(len(packs()[service].form.pages) + 1):
        page = make.view(reference, person).next_page
        # What comes after a file does not hang on the answers before it, but for how to reach them.
        if page is None or (page.kind == "upload" and told and "contact" not in "".join(told)):
            return
        if page.id not in seen and page.kind != "upload":
            seen.add(page.id)
            yield Form(reference, page, person, applies)
        # Who has left out what must be said here, or has to list several, goes no further.
        left_out = any(ask.required and told.get(ask.need, "") is None for ask in page.ask)
        if left_out or page.repeat:
            return
        make.answer_page(reference, page, person, told=told)


def browser(person: Actor) -> Client:
    client = Client(raise_request_exception=False)
    session = client.session
    session[PERSON] = str(person.person)
    session.save()
    return client


def kept(need: str, form: Form) -> Any:
    return make.view(form.reference, form.person).answers.get(need)


def without_spaces(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def check_kept(form: Form, sent: dict[str, Any]) -> None:
    """What was taken stands there whole."""
    for ask in form.page.ask:
        attribute = vocabulary()[Need.parse(ask.need).attribute]
        value = kept(ask.need, form)
        if attribute.type not in TEXTS or value is None or sent.get("keep") == "yes":
            continue
        parts = value if isinstance(value, dict) else {"": value}
        for one in inputs_of(attribute):
            text = sent.get(one.name, "")
            text = text[0] if isinstance(text, list) and text else text or ""
            if one.part != "postcode" and "does_not_know" not in parts:
                assert without_spaces(parts[one.part]) == without_spaces(text)


def check_told(text: str) -> None:
    """A refusal names at least one field, each once, and says something of it."""
    summary = SUMMARY.search(text)
    assert summary, "a refusal without an error summary"
    links = LINK.findall(summary[0])
    targets = [target for target, _ in links]
    assert links
    assert len(targets) == len(set(targets)), f"two messages for one field: {links}"
    assert all(f'id="{target}"' in text for target in targets), f"a link leads nowhere: {links}"


def try_out(form: Form, client: Client, counted: Counter[int], sent: dict[str, Any]) -> None:
    with transaction.atomic():
        answer = client.post(form.address, sent, HTTP_HOST="localhost")
        if answer.status_code == 302 and form.page.kind == "question":
            check_kept(form, sent)
        transaction.set_rollback(True)
    assert answer.status_code in (302, 400, 422), (form.address, sent, answer.status_code)
    if answer.status_code == 422:
        check_told(answer.content.decode())
    counted[answer.status_code] += 1


def test_every_page_of_every_pack_takes_or_refuses_what_is_sent(database):
    everything = sum(page.kind != "upload" for name in packs() for page in packs()[name].form.pages)
    each = max(2, INPUTS * 6 // 10 // everything)
    counted: Counter[int] = Counter()
    pages = 0
    for form in forms():
        send = partial(try_out, form, browser(form.applies), counted)
        send_many(fields(form.names), each, send)
        send(huge(form.names))
        pages += 1
    tell(f"pages of packs, {pages} of {everything}", counted)

    assert pages >= everything * 0.85
    assert counted[302]
    assert counted[422]


def signed_in(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(get_user_model().objects.get(id=actor.id), backend=backend)
    return client


STAFF = {
    "note": ["text"],
    "ask": ["words"],
    "decide": ["outcome", "ground", "reason"],
    "assign": ["to"],
}


def test_the_forms_of_staff_take_or_refuse_what_is_sent(database):
    reference, officer = a_case()
    client = signed_in(officer)
    counted: Counter[int] = Counter()

    def send(act: str, sent: dict[str, Any]) -> None:
        with transaction.atomic():
            address = f"/staff/cases/{reference}/{act}"
            answer = client.post(address, sent, HTTP_HOST="localhost")
            if act == "note" and answer.status_code == 302:
                text = sent["text"] if isinstance(sent["text"], str) else sent["text"][-1]
                notes = [one.why for one in make.view(reference, officer).case.events]
                assert text.strip() in notes
            transaction.set_rollback(True)
        assert answer.status_code in (302, 400, 409, 422), (act, sent, answer.status_code)
        counted[answer.status_code] += 1

    for act, names in STAFF.items():
        send_many(fields(names), INPUTS // 40, partial(send, act))
    tell("forms of staff", counted)


def test_addresses_take_or_refuse_what_is_asked(database):
    _, officer = a_case()
    client = signed_in(officer)
    counted: Counter[int] = Counter()
    names = ["status", "service", "waits_on", "assigned_to", "overdue", "closed", "text", "page"]

    def ask(asked: dict[str, Any]) -> None:
        answer = client.get("/staff/", asked, HTTP_HOST="localhost")
        assert answer.status_code in (200, 302, 400), (asked, answer.status_code)
        counted[answer.status_code] += 1

    def send(sent: dict[str, Any]) -> None:
        number = counted.total()
        by = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        for address in ("/return", "/staff/numbers"):
            answer = client.post(address, sent, HTTP_HOST="localhost", REMOTE_ADDR=by)
            assert answer.status_code in (200, 302, 400, 422), (address, sent)
            counted[answer.status_code] += 1

    send_many(fields(names), INPUTS // 12, ask)
    names = ["reference", "email", "code", "number", "kind"]
    send_many(fields(names), INPUTS // 25, send)
    tell("addresses and public forms", counted)


def a_case() -> tuple[str, Actor]:
    """A case that waits for staff, and one of them."""
    told = {"applicant/mobility.main_reason": "terminal"}
    reference = make.received(make.person(), told=told)
    return reference, make.staff("borrowdale_county", "caseworker", "manager")
