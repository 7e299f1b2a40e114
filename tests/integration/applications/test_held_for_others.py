"""Who acts for somebody by a power in law asks about what they hold; nobody else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.concerning import NoSuchEntry
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.audit.queries import about
from standpipe.consent.queries import standing_in
from standpipe.entitlements.actions import enter_existing
from standpipe.entitlements.holder import Holder
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from tests import make

COUNTY = "borrowdale_county"
CHILD = {
    "applicant/person.name": {"given": "Tom", "family": "Tyson"},
    "applicant/person.birth_date": "2020-05-01",
    "representative/representation.parental_responsibility": True,
    "applicant/mobility.main_reason": "terminal",
}
_NUMBERS = count(1)


def acts(actor: Actor, told=CHILD, for_whom="child") -> Actor:
    """Somebody as who they act for, in an application that was told so far."""
    reference = make.application(actor, told=told, for_whom=for_whom, until="photo")
    return standing_in(reference, actor=actor)


def holds(in_stead: Actor, *, born: date = date(2020, 5, 1), days: int = 900):
    """A badge of whom somebody acts for."""
    officer = make.staff(COUNTY)
    with acting(officer):
        return enter_existing(
            "blue_badge",
            f"H{next(_NUMBERS):05}",
            person=in_stead.person,
            organisation=officer.organisation,
            starts_on=make.AT.date(),
            expires_on=make.AT.date() + timedelta(days=days),
            status="issued",
            attributes={},
            actor=officer,
            at=make.AT,
            holder=Holder(name="Tom Tyson", birth_date=born, postcode="BO1 1AA"),
        ).id


def ask(service: str, entry, actor: Actor, *, renew: bool = False, at=make.AT) -> str:
    return actions.begin_about_held(
        service, entry=entry, renew=renew, actor=actor, language="en", channel="web", at=at
    ).reference


@pytest.fixture
def mair(database) -> Actor:
    return make.resident(name="Mair Puw")


def test_a_parent_replaces_their_childs_badge(mair):
    in_stead = acts(mair)
    old = holds(in_stead)
    assert [one.entry.id for one in actions.held_for_others(mair, at=make.AT)] == [old]

    reference = ask("blue_badge_replacement", old, mair)
    here = standing_in(reference, actor=mair)
    asked = make.go_on(reference, here, told={"applicant/badge.replacement_reason": "stolen"})
    assert {"your_contact"} <= set(asked)
    assert "contact" not in asked
    with acting(here):
        sent = finish(load(reference, actor=here, at=make.AT, lock=True))

    assert (here.person, sent.state) == (in_stead.person, "decided")
    held = {one.entry.id: one.entry for one in actions.held_for_others(mair, at=make.AT)}
    assert held.pop(old).status == "replaced"
    assert [one.replaces for one in held.values()] == [old]
    mandate = make.view(reference, here).mandate
    assert mandate is not None
    assert (mandate.basis, mandate.name) == ("parent", "Ada Roe")
    with acting(here):
        verbs = {one.verb for one in about(here.person)}
    assert {"data.read", "mandate.recorded"} <= verbs


def test_a_change_of_a_childs_badge_goes_to_staff_or_is_made(mair):
    reference = ask("blue_badge_change", holds(acts(mair)), mair)

    seen = make.view(reference, standing_in(reference, actor=mair))
    assert (seen.for_whom, seen.service) == ("child", "blue_badge_change")


def test_a_renewal_names_what_it_takes_the_place_of(mair, owner):
    old = holds(acts(mair), days=40)

    reference = ask("blue_badge", old, mair, renew=True)

    renews = owner.execute(
        "SELECT renews FROM applications_application WHERE reference = %s", [reference]
    ).fetchone()
    assert renews == (old,)


@pytest.mark.parametrize(
    ("told", "for_whom"),
    [
        (CHILD | {"representative/representation.parental_responsibility": False}, "child"),
        ({"representative/representation.authority": "agreed_verbally"}, "someone_else"),
    ],
)
def test_an_agreement_to_be_helped_once_reaches_nothing_that_is_held(mair, told, for_whom):
    old = holds(acts(mair, told, for_whom))

    assert actions.held_for_others(mair, at=make.AT) == []
    with pytest.raises(NoSuchEntry):
        ask("blue_badge_replacement", old, mair)


def test_a_parents_power_ends_with_childhood_and_an_attorneys_does_not(mair):
    grown = date(2008, 11, 22)
    holds(acts(mair), born=grown)
    assert actions.held_for_others(mair, at=make.AT) == []
    assert len(actions.held_for_others(mair, at=make.AT - timedelta(days=1))) == 1

    attorney = make.resident(name="Dev Patel")
    told = {"representative/representation.authority": "power_of_attorney"}
    holds(acts(attorney, told, "someone_else"), born=grown)
    assert len(actions.held_for_others(attorney, at=make.AT)) == 1


def test_a_stranger_and_whose_mandate_has_ended_ask_about_nothing(mair):
    reference = make.application(mair, told=CHILD, for_whom="child", until="photo")
    old = holds(standing_in(reference, actor=mair))

    with pytest.raises(NoSuchEntry):
        ask("blue_badge_replacement", old, make.resident(name="Eve"))
    actions.end_mandate(reference, because="power_ended", actor=make.staff(COUNTY), at=make.AT)
    with pytest.raises(NoSuchEntry):
        ask("blue_badge_replacement", old, mair)


def decided_and_held(actor: Actor, told=CHILD, for_whom="child", *, owner):
    """Somebody's badge that they were granted on an application, near its end."""
    reference = make.received(actor, told=told, for_whom=for_whom)
    actions.decide(
        reference,
        outcome="eligible",
        ground="",
        reason="Terminal illness.",
        actor=make.staff(COUNTY),
        at=make.AT,
    )
    entry = make.view(reference, standing_in(reference, actor=actor)).entitlement
    owner.execute(
        "UPDATE entitlements_entitlement SET status = 'issued', number = %s, expires_on = %s"
        " WHERE id = %s",
        [f"R{next(_NUMBERS):05}", make.AT.date() + timedelta(days=40), entry.id],
    )
    return entry.id


def test_a_renewal_for_a_child_carries_what_the_parent_told_as_one_for_oneself_does(mair, owner):
    old = decided_and_held(mair, owner=owner)

    reference = ask("blue_badge", old, mair, renew=True)

    view = make.view(reference, standing_in(reference, actor=mair))
    assert view.called is not None
    assert view.called.en == "Tom Tyson"
    assert view.answers["applicant/person.birth_date"] == "2020-05-01"
    assert view.facts["applicant/person.birth_date"].kept_from is not None
    assert view.offered["applicant/person.name"].value == CHILD["applicant/person.name"]
    assert view.offered["applicant/address.full"].value["town"] == "Roe Town"
    declared = {need for need in view.offered if "declaration" in need or "photo" in need}
    assert declared == set()


def test_what_the_holder_told_themselves_is_not_shown_to_who_renews(mair, owner):
    """An attorney sees again what they told, and nothing that the person told on their own."""
    told = {
        "applicant/person.name": {"given": "Tom", "family": "Tyson"},
        "representative/representation.authority": "power_of_attorney",
        "applicant/mobility.main_reason": "terminal",
    }
    old = decided_and_held(mair, told, "someone_else", owner=owner)
    in_stead = next(one.actor for one in actions.held_for_others(mair, at=make.AT))
    tom = replace(in_stead, kind="person", mandate=None)
    own = {"line1": "9 Secret Lane", "line2": "", "town": "Elsewhere", "county": ""}
    make.application(
        tom,
        told={"applicant/address.full": {**own, "postcode": "BO1 1AA"}},
        until="photo",
        at=make.later(hours=1),
    )

    renewal = ask("blue_badge", old, mair, renew=True, at=make.later(hours=2))
    view = make.view(renewal, standing_in(renewal, actor=mair), at=make.later(hours=2))

    assert view.offered["applicant/address.full"].value["town"] == "Roe Town"


def test_once_the_first_mandate_has_ended_nothing_that_was_told_by_it_is_shown(mair, owner):
    old = decided_and_held(mair, owner=owner)
    renewal = ask("blue_badge", old, mair, renew=True)
    first = owner.execute(
        "UPDATE consent_mandate SET revoked_at = %s WHERE representative_id = %s"
        " AND what <> %s RETURNING id",
        [make.AT, mair.person, f"application:{renewal}"],
    ).fetchall()
    assert first

    assert make.view(renewal, standing_in(renewal, actor=mair)).offered == {}


def test_pages_about_what_somebody_holds_call_them_by_their_name(mair):
    old = holds(acts(mair))
    for service in ("blue_badge_replacement", "blue_badge_change"):
        reference = ask(service, old, mair)
        called = make.view(reference, standing_in(reference, actor=mair)).called
        assert called is not None
        assert called.en == "Tom Tyson"
