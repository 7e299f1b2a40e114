"""
Residents and the staff of three organisations, whose every text carries its owner's mark.

A mark is `Zq` + organisation + owner + `qz`: the organisation by its letter, the owner `x` or `y`
for a resident, `r` for one who applies for a child, `s` for its staff, `n` for words that residents
are not shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import choices
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection
from django.http import QueryDict

from interfaces.dft_blue_badge import applications, badges
from interfaces.dft_blue_badge.access import Call
from interfaces.dft_blue_badge.authorities import pack_of
from interfaces.dft_blue_badge.samples import application, order
from standpipe.api.keyed import answer_once
from standpipe.applications import actions
from standpipe.applications.actions import appointing
from standpipe.applications.actions.concluding import write_letter
from standpipe.applications.actions.referring import follow_referral
from standpipe.applications.queries import my_agreements
from standpipe.assistance.actions import Agreed, begin_help
from standpipe.consent.actions import (
    answer_request,
    permit_consented,
    permit_task,
    record_mandate,
)
from standpipe.consent.queries import standing_in
from standpipe.documents.queries import documents_of
from standpipe.entitlements.actions import check
from standpipe.entitlements.actions.taking_in import keep_file
from standpipe.figures.actions import give_feedback
from standpipe.gateway.actions import keep_exchange
from standpipe.gateway.contracts import RegistryAnswer
from standpipe.identity.actor import Actor, Role
from standpipe.identity.tenancy import acting
from standpipe.notifications.actions import queue
from standpipe.payments.actions import ask_refund, take
from standpipe.payments.actions import request as ask_for_payment
from standpipe.places.actions import organisation_id
from standpipe.policy.actions import begin_draft
from tests import make
from tests.house.leaks.place import ASSESSED_BY, ASSESSORS, ORGANISATIONS, service_of
from tests.house.leaks.staff_work import assess, draw_samples, look_again, offer_times, refer
from tests.unit.documents import files

ROLES: tuple[Role, ...] = ("caseworker", "manager", "information_governance", "developer")
# One pattern for all that may give somebody away: marks, references of applications, ids.
TELLING = re.compile(
    r"zq[abc][xyrsn]qz|(?:SP|AS)-[0-9A-Z]{4}-[0-9A-Z]{4}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    re.IGNORECASE,
)


class Owner(NamedTuple):
    """Whose something is: the organisation's letter, and the resident's or `s` or `n`."""

    organisation: str
    who: str

    @property
    def mark(self) -> str:
        return f"Zq{self.organisation}{self.who}qz"


# One resident has business with every organisation; another, and one for a child, with the same.
OWNERS = (Owner("a", "x"), Owner("b", "x"), Owner("c", "x"), Owner("a", "y"), Owner("a", "r"))


@dataclass(frozen=True)
class Holdings:
    """What an organisation holds of a resident: references, files and agreements by their name."""

    draft: str
    waiting: str
    decided: str
    referred: str
    reviewed: str
    number: str
    application: UUID
    batch: UUID
    intake: UUID
    entry: UUID
    documents: Mapping[str, UUID]
    agreement: UUID
    message: UUID
    referral: str


@dataclass
class World:
    """Everybody and everything; `owners` tells of each id whose it is."""

    residents: dict[str, Actor] = field(default_factory=dict)
    staff: dict[tuple[str, Role], Actor] = field(default_factory=dict)
    assessors: dict[str, Actor] = field(default_factory=dict)
    systems: dict[str, make.System] = field(default_factory=dict)
    rules: dict[str, UUID] = field(default_factory=dict)
    samples: dict[str, UUID] = field(default_factory=dict)
    slot: UUID = field(default_factory=uuid4)
    holdings: dict[Owner, Holdings] = field(default_factory=dict)
    owners: dict[str, Owner] = field(default_factory=dict)

    def found_in(self, text: str) -> set[tuple[Owner, str]]:
        """Return whose marks and ids stand in a text, each with the word that tells."""
        found = set()
        for word in TELLING.findall(text):
            small = word.lower()
            if small.startswith("zq"):
                found.add((Owner(small[2], small[3]), word))
            elif small in self.owners:
                found.add((self.owners[small], word))
        return found


def make_world() -> World:
    """Make everybody, and for each organisation and resident a draft, a case and a badge."""
    world = World()
    world.residents["x"] = make.person(name="The applicant")
    world.residents["y"] = make.resident(name="Roe")
    world.residents["r"] = make.resident(name="Rep")
    for letter, organisation in ORGANISATIONS.items():
        for role in ROLES:
            name = f"{role} {Owner(letter, 's').mark}"
            world.staff[letter, role] = make.staff(organisation, role, name=name)
        world.systems[letter] = make.client(organisation)
        manager = world.staff[letter, "manager"]
        # Two, so that every organisation has more than one to lose.
        for at in (datetime.now(UTC), datetime.now(UTC)):
            world.rules[letter] = begin_draft(service_of(letter), actor=manager, at=at)
    for letter, organisation in ASSESSORS.items():
        world.assessors[letter] = make.staff(organisation, "assessor", name=f"assessor {letter}")
        world.systems[letter] = make.client(organisation)
    offer_times(world.assessors, world.staff["b", "manager"])
    with ThreadPoolExecutor(2) as pool:
        held_by_each = pool.map(lambda owner: _hold(world, owner), OWNERS)
        for owner, held in zip(OWNERS, held_by_each, strict=True):
            world.holdings[owner] = held
            _know(world, owner, held)
    world.samples = draw_samples({one: world.staff[one, "manager"] for one in ORGANISATIONS})
    return world


def _hold(world: World, owner: Owner) -> Holdings:
    try:
        return _make_holdings(world, owner)
    finally:
        connection.close()


def _make_holdings(world: World, owner: Owner) -> Holdings:
    resident, service = world.residents[owner.who], service_of(owner.organisation)
    officer = world.staff[owner.organisation, "caseworker"]
    # Now, since what is saved for later and what was agreed to lasts only so long.
    now, mark = datetime.now(UTC), owner.mark
    # The shortest way through the form.
    told = {"applicant/mobility.main_reason": "terminal"}
    known = {"mark": mark, "at": now, "told": told}
    until = "contact"
    if owner.who == "r":
        known |= {"for_whom": "child"}
        told |= {"applicant/person.birth_date": "2020-05-01"}
        until = "your_contact"
    draft = make.application(resident, service, until=until, **known)
    in_stead = standing_in(draft, actor=resident)
    actions.save(draft, email=f"{mark}@example.org", actor=in_stead, at=now)
    waiting, _ = make.sent(resident, service, **known)
    decided, _ = make.sent(resident, service, **known)
    give_feedback(decided, rating=4, actor=standing_in(decided, actor=resident), at=now)
    for reference in (waiting, decided):
        as_officer = {"actor": officer, "at": now}
        actions.assign(reference, to=UUID(officer.id), **as_officer)
        actions.note(
            reference, text=f"Note {Owner(owner.organisation, 'n').mark} {mark}", **as_officer
        )
        actions.ask_for_more(reference, words=f"More, {mark}?", **as_officer)
        paper = (f"more {mark}.pdf", files.pdf(f"More {mark}"))
        replied = [paper] if reference == decided else []
        in_stead = standing_in(reference, actor=resident)
        actions.reply(reference, words=f"Here, {mark}", files=replied, actor=in_stead, at=now)
    actions.ask_for_more(waiting, words=f"Even more, {mark}?", actor=officer, at=now)
    assessor = world.assessors[ASSESSED_BY[owner.organisation]]
    assessed = refer(decided, officer, assessor, now)
    assess(assessed, service, mark, assessor, now)
    follow_referral(assessed, actor=make.worker(ORGANISATIONS[owner.organisation]), at=now)
    reason = f"It is so, {mark}."
    actions.decide(decided, outcome="eligible", ground="", reason=reason, actor=officer, at=now)
    write_letter(decided, actor=make.worker(ORGANISATIONS[owner.organisation]), at=now)
    entitlement = make.view(decided, officer, at=now).entitlement
    assert entitlement is not None
    _ask_others(world, owner, decided, entitlement.number, now)
    referred, _ = make.sent(resident, service, **known)
    referral = refer(referred, officer, assessor, now)
    in_stead = standing_in(referred, actor=resident)
    _, times = appointing.offered(referred, actor=in_stead, at=now)
    actions.book(referred, slot=times[0].id, actor=in_stead, at=now)
    batch = _lodge_elsewhere(owner, now)
    return Holdings(
        draft=draft,
        waiting=waiting,
        decided=decided,
        referred=referred,
        reviewed=look_again(resident, service, officer, known, now),
        number=entitlement.number,
        application=make.view(waiting, standing_in(waiting, actor=resident), at=now).id,
        batch=batch,
        intake=_take_in(world, owner, now),
        entry=entitlement.id,
        documents=_documents(officer, decided, now),
        agreement=_agreement(resident, owner, now),
        message=_post(officer, decided, mark, now),
        referral=referral,
    )


def _ask_others(world: World, owner: Owner, decided: str, number: str, now: datetime) -> None:
    """Leave the traces of a payment, a registry, a check and of somebody who helped."""
    resident = standing_in(decided, actor=world.residents[owner.who])
    organisation = organisation_id(ORGANISATIONS[owner.organisation])
    view = make.view(decided, resident, at=now)
    person = {"person": resident.person, "organisation": organisation, "actor": resident, "at": now}
    officer = world.staff[owner.organisation, "caseworker"]
    with acting(officer):
        begin_help(
            Agreed("agreed_present", "", f"I help, {owner.mark}", f"Yes, {owner.mark}", False),
            what=f"application:{decided}",
            **{**person, "actor": officer},
        )
    with acting(resident):
        payment = ask_for_payment(
            application=view.id,
            reference=decided,
            amount_pence=1000,
            description=f"Badge {owner.mark}",
            return_url=f"http://localhost/{owner.mark}",
            language="en",
            email=f"{owner.mark}@example.org",
            **person,
        )
        if owner.who != "r":
            record_mandate(
                representative=None,
                application=view.id,
                what=f"application:{decided}",
                basis="agreed_verbally",
                **person,
            )
        receipt = answer_request(
            agreed=True,
            registry="dwp_benefits",
            purpose="blue_badge_eligibility",
            attributes=["benefit.pip.planning_descriptor_e"],
            disclosed=["person.name"],
            wording=f"I agree, {owner.mark}",
            language="en",
            what=f"application:{decided}",
            **person,
        )
        permission = permit_consented(receipt.grant, actor=resident, at=now)
        keep_exchange(
            permission,
            RegistryAnswer(match="unknown", answers={}, trouble="silent"),
            connector="dwp_benefits",
            person=permission.subject,
            organisation=organisation,
            milliseconds=10,
        )
    take(payment, till_receipt=f"Till {owner.mark}", actor=officer, at=now)
    with acting(officer):
        words = f"Too much, {owner.mark}"
        ask_refund(payment, pence=100, reason=words, key=uuid4(), actor=officer, at=now)
    asker = world.systems[owner.organisation].actor
    with acting(asker):
        check("blue_badge", number, actor=asker, at=now)
        answer_once(
            asker,
            route=f"cases/{decided}/notes",
            key=decided,
            request=b"{}",
            at=now,
            act=lambda: (200, json.dumps({"title": owner.mark})),
        )


def _take_in(world: World, owner: Owner, now: datetime) -> UUID:
    """Leave another register's file that waits to be entered."""
    manager = world.staff[owner.organisation, "manager"]
    names = "Badge number,Start date,Expiry date,First name,Last name,DOB,Street,Town,Postcode"
    content = f"{names}\n0,,,Ada,{owner.mark},,,,\n".encode()
    service = service_of(owner.organisation)
    return keep_file(service, f"{owner.mark}.csv", content, actor=manager, at=now)


def _lodge_elsewhere(owner: Owner, now: datetime) -> UUID:
    """Leave what another authority's system lodges and orders; return its batch."""
    organisation = organisation_id(ORGANISATIONS[owner.organisation])
    who = make.worker(ORGANISATIONS[owner.organisation])
    # The department's rules refuse the same badge twice, and another world may be here already.
    unlike = "".join(choices("abcdefghij", k=8))
    name = {"party__person__badgeHolderName": f"Ada {unlike} {owner.mark}"}
    days = {"starts": f"{now.date()}", "expires": f"{now.date()}"}
    with acting(who):
        lodged = Call(who, now, organisation, QueryDict(), None, "")
        applications.lodge(
            application(**name), paper=b"%PDF", pack=pack_of(organisation), actor=who, at=now
        )
        badges.order(
            order(**days, **name), picture=None, organisation=organisation, actor=who, at=now
        )
        return UUID(badges.print_batch(lodged, "STANDARD"))


def _documents(officer: Actor, reference: str, now: datetime) -> dict[str, UUID]:
    permission = permit_task(officer, organisation=officer.organisation, purpose="test", at=now)
    with acting(officer):
        lines = documents_of(f"application:{reference}", permission=permission)
    return {"letter" if line.made else line.media_type: line.id for line in lines}


def _post(officer: Actor, reference: str, mark: str, now: datetime) -> UUID:
    """Write a letter for staff to post."""
    about = make.view(reference, officer, at=now)
    with acting(officer):
        return queue(
            name="by_post",
            channel="letter",
            to=f"{mark}\n1 {mark} Street",
            language="en",
            subject=f"Letter, {mark}",
            body=f"It says {mark}.",
            what=f"application:{reference}",
            person=about.person,
            organisation=about.organisation,
            actor=officer,
            at=now,
        )


def _agreement(resident: Actor, owner: Owner, now: datetime) -> UUID:
    mine = my_agreements(actor=resident, at=now)
    return next(one.id for one, _ in mine if owner.mark in one.wording)


def _know(world: World, owner: Owner, held: Holdings) -> None:
    ids = [
        held.draft,
        held.waiting,
        held.decided,
        held.referred,
        held.reviewed,
        held.agreement,
        held.message,
        held.referral,
        held.entry,
        *held.documents.values(),
    ]
    world.owners |= {str(one).lower(): owner for one in ids}
