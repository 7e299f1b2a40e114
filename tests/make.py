"""
Factories: people, staff, systems and applications, made by the acts of the platform itself.

Whatever is made can be told from everything else by its `mark`, a word that stands in each text
that is told, sent or written about it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from standpipe.applications.actions import answer, attach, begin, consult, submit
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.applications.application import ApplicationView, Submitted
from standpipe.applications.queries import open_application
from standpipe.consent.mandate import ForWhom
from standpipe.consent.queries import standing_in
from standpipe.entitlements.actions import enter_existing
from standpipe.identity.actions import (
    create_account,
    employ,
    keep_token,
    new_person,
    person_of,
    register_client,
)
from standpipe.identity.actor import Actor, Role, Scope, system
from standpipe.identity.queries import client as known_client
from standpipe.identity.tenancy import acting
from standpipe.packs.form import Page
from standpipe.packs.loaded import packs, vocabulary
from standpipe.places.actions import organisation_id
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.inputs import inputs_of, unknown_input_name
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.unknown import is_unknown
from tests.unit.documents import files

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
# What the start page of a service sends that one may also apply for on others' behalf.
FOR_MYSELF = {"forWhom": "self"}
PASSWORD = "a-long-password-of-tests"
SCOPES: tuple[Scope, ...] = (
    "applications:write",
    "applications:read",
    "cases:read",
    "cases:write",
    "entitlements:check",
    "assessments:read",
    "assessments:write",
    "entitlements:read",
    "entitlements:write",
)
# What an answer is where a test does not care; other attributes follow from their type.
_USUAL: Mapping[str, Any] = {
    "person.birth_date": "1980-03-31",
    "person.national_insurance_number": "QQ123456C",
    "benefit.received": ["none"],
    "mobility.main_reason": "walking",
    "mobility.condition_enduring": True,
    "benefit.award_end_date": "2029-01-31",
}


def person(*, name: str = "The applicant", at: datetime = AT) -> Actor:
    """A resident known by their session alone."""
    made = new_person(at=at)
    return Actor(kind="person", id=str(made), name=name, person=made)


def account(*, name: str = "Ada Roe", email: str | None = None, at: datetime = AT) -> UUID:
    """A way to sign in, which belongs to nobody's staff."""
    return create_account(
        email or f"{secrets.token_hex(6)}@example.org",
        name=name,
        password=None,
        actor=system(None, task="test"),
        at=at,
    )


def resident(*, name: str = "Ada Roe", at: datetime = AT) -> Actor:
    """A resident who signs in."""
    made = account(name=name, at=at)
    return Actor(kind="person", id=str(made), name=name, person=person_of(made, at=at))


def staff(organisation: str, *roles: Role, name: str = "Sam Officer") -> Actor:
    """A member of staff of an organisation, given by its slug."""
    made = account(name=name)
    employ(made, organisation=organisation_id(organisation), roles=roles or ("caseworker",))
    return Actor(
        kind="staff",
        id=str(made),
        name=name,
        organisation=organisation_id(organisation),
        roles=frozenset(roles or ("caseworker",)),
    )


@dataclass(frozen=True, slots=True)
class System:
    """A system of an organisation: as an actor, its token, and what it signs in with."""

    actor: Actor
    token: str
    client_id: str
    secret: str


def client(organisation: str, *scopes: Scope, at: datetime | None = None) -> System:
    """A system that holds a token with some scopes; with none named, all."""
    name = f"{organisation}-{secrets.token_hex(4)}"
    held = scopes or SCOPES
    registered = register_client(organisation=organisation_id(organisation), name=name, scopes=held)
    known = known_client(name)
    assert known is not None
    token = secrets.token_urlsafe(32)
    keep_token(known.id, token, scopes=held, at=at or datetime.now(UTC))
    actor = Actor(
        kind="client",
        id=name,
        name=name,
        organisation=organisation_id(organisation),
        scopes=frozenset(held),
    )
    return System(actor, token, registered.client_id, registered.secret)


def begun(
    actor: Actor,
    service: str,
    *,
    at: datetime = AT,
    language: str = "en",
    for_whom: ForWhom = "self",
) -> str:
    """An application that was begun, about what they hold if it is about such; nothing more."""
    about = packs()[service].about
    return begin(
        service,
        actor=actor,
        language=language,
        channel="web",
        at=at,
        for_whom=for_whom,
        about=held(actor, about.kind, at=at) if about else None,
    ).reference


def held(actor: Actor, kind: str, *, at: datetime = AT) -> UUID:
    """A live entry of somebody in the county's register."""
    officer = staff("borrowdale_county")
    assert actor.person is not None
    assert officer.organisation is not None
    with acting(officer):
        return enter_existing(
            kind,
            "",
            person=actor.person,
            organisation=officer.organisation,
            starts_on=at.date(),
            expires_on=at.date() + timedelta(days=1000),
            status="issued",
            attributes={},
            actor=officer,
            at=at,
        ).id


def application(
    actor: Actor,
    service: str = "blue_badge",
    *,
    told: Mapping[str, Any] | None = None,
    agreed: bool = False,
    until: str | None = None,
    mark: str = "Roe",
    at: datetime = AT,
    language: str = "en",
    for_whom: ForWhom = "self",
) -> str:
    """
    A draft with every page answered, or those before the page `until`.

    `told` gives answers by need, in plain JSON; `agreed` is what is said to registers.
    """
    reference = begun(actor, service, at=at, language=language, for_whom=for_whom)
    go_on(
        reference,
        standing_in(reference, actor=actor),
        told=told,
        agreed=agreed,
        until=until,
        mark=mark,
        at=at,
    )
    return reference


def go_on(
    reference: str,
    actor: Actor,
    *,
    told: Mapping[str, Any] | None = None,
    agreed: bool = False,
    until: str | None = None,
    mark: str = "Roe",
    at: datetime = AT,
) -> list[str]:
    """Answer page after page; return the ids of those that were asked, in order."""
    asked: list[str] = []
    while (page := view(reference, actor, at=at).next_page) is not None and page.id != until:
        assert page.id not in asked, f"{page.id} is asked again and again"
        asked.append(page.id)
        answer_page(reference, page, actor, told=told or {}, agreed=agreed, mark=mark, at=at)
    return asked


def answer_page(
    reference: str,
    page: Page,
    actor: Actor,
    *,
    told: Mapping[str, Any],
    agreed: bool = False,
    mark: str = "Roe",
    at: datetime = AT,
) -> None:
    """Answer one page, as a person would."""
    if page.kind == "consult":
        consult(reference, page=page.id, agreed=agreed, wording=f"{mark} reads", actor=actor, at=at)
        return
    sent: dict[str, str | list[str]] = {}
    for ask in page.ask:
        attribute = vocabulary()[Need.parse(ask.need).attribute]
        if attribute.type in ("file", "photo"):
            if ask.required:
                upload(reference, page, ask.need, actor, mark=mark, at=at)
            continue
        value = told.get(ask.need, usual(attribute, mark=mark))
        sent |= as_form(attribute, value)
    answered = answer(reference, page=page.id, submitted=sent, actor=actor, at=at)
    assert answered.faults == (), (page.id, sent, answered.faults)


def upload(
    reference: str, page: Page, need: str, actor: Actor, *, mark: str, at: datetime = AT
) -> None:
    """Upload what a page asks for: a photo, or a paper with the mark on it."""
    is_photo = vocabulary()[Need.parse(need).attribute].type == "photo"
    name, content = (
        (f"{mark}.jpg", files.jpeg()) if is_photo else (f"{mark}.pdf", files.pdf(f"Dear {mark}"))
    )
    answered = attach(
        reference, page=page.id, need=need, name=name, content=content, actor=actor, at=at
    )
    assert answered.faults == (), answered.faults


def usual(attribute: Attribute, *, mark: str) -> Any:
    """An answer that is taken, with the mark in it where it is text."""
    if attribute.id in _USUAL:
        return _USUAL[attribute.id]
    match attribute.type:
        case "name":
            return {"given": "Ada", "family": mark}
        case "address":
            return {
                "line1": f"1 {mark} Street",
                "line2": "",
                "town": f"{mark} Town",
                "county": "",
                "postcode": "BO1 1AA",
            }
        case "email":
            return f"{mark.lower()}@example.org"
        case "phone" | "mobile":
            return "07700 900123"
        case "postcode":
            return "BO1 1AA"
        case "boolean":
            return False
        case "declaration":
            return True
        case "choice":
            return attribute.choices[0].code
        case "choices":
            return [attribute.choices[0].code]
        case "date":
            return "1990-05-17"
        case "whole_number" | "money":
            return str(attribute.limits.smallest)
        case "digits":
            return "1" * attribute.limits.shortest
    return f"{mark} and more"


def as_form(attribute: Attribute, value: Any) -> dict[str, str | list[str]]:
    """An answer in plain JSON as a form would send it."""
    inputs = {one.part: one.name for one in inputs_of(attribute)}
    if is_unknown(value):
        if attribute.type in ("boolean", "choice", "choices"):
            return {inputs[""]: "does_not_know"}
        return {unknown_input_name(attribute): "yes"}
    if value is None:
        return {}
    if attribute.type in ("name", "address"):
        return {name: value.get(part, "") for part, name in inputs.items()}
    if attribute.type == "date":
        year, month, day = value.split("-")
        return {inputs["day"]: day, inputs["month"]: month, inputs["year"]: year}
    if attribute.type in ("boolean", "declaration"):
        return {inputs[""]: "yes" if value else "no"}
    return {inputs[""]: value}


def view(reference: str, actor: Actor, *, at: datetime = AT) -> ApplicationView:
    """An application as an actor sees it."""
    return open_application(reference, actor=actor, at=at)


def sent(
    actor: Actor, service: str = "blue_badge", *, at: datetime = AT, **more: Any
) -> tuple[str, Submitted]:
    """An application answered to its end and sent; see `application`."""
    reference = application(actor, service, at=at, **more)
    in_stead = standing_in(reference, actor=actor)
    return reference, submit(
        reference, declared=True, return_url="http://localhost/paid", actor=in_stead, at=at
    )


def received(actor: Actor, service: str = "blue_badge", *, at: datetime = AT, **more: Any) -> str:
    """An application that was sent, its fee taken elsewhere, as a system lodges one."""
    reference = application(actor, service, at=at, **more)
    in_stead = standing_in(reference, actor=actor)
    with acting(in_stead):
        finish(load(reference, actor=in_stead, at=at, lock=True))
    return reference


def worker(organisation: str) -> Actor:
    """The platform itself at work for an organisation."""
    return system(organisation_id(organisation), task="test")


def another(actor: Actor, **changes: Any) -> Actor:
    """The same actor but for some changes."""
    return replace(actor, **changes)


def later(at: datetime = AT, **time: float) -> datetime:
    """A moment after another."""
    return at + timedelta(**time)
