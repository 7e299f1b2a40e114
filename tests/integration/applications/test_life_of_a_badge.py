"""Replaced, changed, handed over, ended by death: decided about an entry, with its effects."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.applications.actions import answer, begin, decide
from standpipe.applications.actions.answering import keep_told
from standpipe.applications.actions.closing import close_for_death
from standpipe.applications.actions.concerning import NoSuchEntry, NotAboutThat
from standpipe.applications.actions.granting import decide_by_rules
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.consent.actions import permit_task
from standpipe.entitlements.actions import cancel, enter_existing
from standpipe.entitlements.actions.matching import NoMatch, match
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.queries import entry_by_id
from standpipe.facts.actions import Answer
from standpipe.identity.actor import ANONYMOUS, Actor
from standpipe.identity.queries import has_died
from standpipe.identity.tenancy import acting
from standpipe.places.actions import organisation_id
from tests import make
from tests.make import AT

COUNTY, DISTRICT = "borrowdale_county", "northmere_district"
BORN = date(1980, 3, 31)
CHANGE, REPLACEMENT = "blue_badge_change", "blue_badge_replacement"


@pytest.fixture
def ada():
    return make.resident()


@pytest.fixture
def badge(ada):
    officer = make.staff(COUNTY)
    with acting(officer):
        return enter_existing(
            "blue_badge",
            "",
            person=ada.person,
            organisation=officer.organisation,
            starts_on=date(2026, 1, 1),
            expires_on=date(2028, 12, 31),
            status="issued",
            attributes={},
            holder=Holder("Ada Roe", BORN, "BO1 1AA"),
            actor=officer,
            at=AT,
        )


def entered(badge, *, organisation=COUNTY):
    actor = make.worker(organisation)
    with acting(actor):
        permission = permit_task(actor, organisation=actor.organisation, purpose="test", at=AT)
        return entry_by_id(badge.id, permission)


def told(service, actor, told=None, **about):
    """Begin about an entry, answer everything, and send it; return the reference."""
    begun = begin(service, actor=actor, language="en", channel="web", at=AT, **about)
    who = as_applicant(actor, begun.person)
    make.go_on(begun.reference, who, told=told or {})
    with acting(who):
        finish(load(begun.reference, actor=who, at=AT, lock=True))
    return begun.reference, who


def as_applicant(actor, person):
    return actor if actor.person else Actor("person", str(person), "The applicant", person=person)


def knows(badge, *, born=BORN, postcode="bo11aa", number=None):
    with acting(ANONYMOUS):
        return match(
            "blue_badge",
            number=number or badge.number,
            birth_date=born,
            postcode=postcode,
            actor=ANONYMOUS,
            at=AT,
        )


def test_a_holder_s_stolen_badge_is_replaced_in_one_sitting(ada, badge):
    answers = {
        "applicant/badge.replacement_reason": "stolen",
        "applicant/badge.crime_reference": "CR/1",
    }

    reference, _ = told(REPLACEMENT, ada, told=answers, about=badge.id)

    view = make.view(reference, ada)
    assert (view.status, view.outcome) == ("decided", "replaced")
    assert view.entitlement.replaces == badge.id
    assert view.entitlement.expires_on == date(2028, 12, 31)
    last = entered(badge).history[-1]
    assert (last.what, last.reason, last.words) == ("replaced", "STOLE", "CR/1")


def test_whoever_knows_what_stands_on_it_has_it_replaced_a_moment_later(badge):
    reference, visitor = told(REPLACEMENT, ANONYMOUS, matched=knows(badge))
    assert make.view(reference, visitor).status == "submitted"

    for _ in range(2):
        decide_by_rules(reference, actor=make.worker(COUNTY), at=AT)

    assert make.view(reference, visitor).status == "decided"
    assert entered(badge).status == "replaced"
    assert visitor.person != entered(badge).person


@pytest.mark.parametrize(
    "wrong", [{"born": date(1980, 3, 30)}, {"postcode": "BO1 1AB"}, {"number": "9KKKKK9"}]
)
def test_which_of_three_was_wrong_is_not_said(badge, wrong):
    with pytest.raises(NoMatch) as refused:
        knows(badge, **wrong)
    assert str(refused.value) == "Check the number, the date of birth and the postcode."


def test_it_is_about_something_and_about_what_is_one_s_own(ada, badge):
    for about, refusal in (({}, NotAboutThat), ({"about": badge.id}, NoSuchEntry)):
        with pytest.raises(refusal):
            begin(
                REPLACEMENT,
                actor=make.resident(name="Bob"),
                language="en",
                channel="web",
                at=AT,
                **about,
            )


def test_what_ended_meanwhile_goes_to_a_person(ada, badge):
    begun = begin(REPLACEMENT, actor=ada, language="en", channel="web", at=AT, about=badge.id)
    make.go_on(begun.reference, ada)
    officer = make.staff(COUNTY)
    with acting(officer):
        cancel("blue_badge", badge.number, reason="REVOKE", actor=officer, at=AT)

    with acting(ada):
        finish(load(begun.reference, actor=ada, at=AT, lock=True))

    assert make.view(begun.reference, ada).status == "submitted"


def test_a_new_address_is_entered_at_once(ada, badge):
    address = {
        "line1": "2 New Road",
        "line2": "",
        "town": "Rosegill",
        "county": "",
        "postcode": "BO2 2BB",
    }
    reference, _ = told(
        CHANGE,
        ada,
        told={"applicant/badge.change": "address", "applicant/address.full": address},
        about=badge.id,
    )

    assert make.view(reference, ada).outcome == "address_changed"
    assert entered(badge).holder_postcode == "BO22BB"
    assert entered(badge).history[-1].what == "amended"


@pytest.mark.parametrize(
    ("authority", "organisation", "left_to"),
    [
        ("Northmere District Council", DISTRICT, ""),
        ("cyngor dosbarth northmere", DISTRICT, ""),
        ("Cumberland Council", COUNTY, "Cumberland Council"),
    ],
)
def test_a_badge_moves_with_its_history_to_another_authority(
    ada, badge, authority, organisation, left_to
):
    answers = {"applicant/badge.change": "moved", "applicant/badge.new_authority": authority}
    reference, _ = told(CHANGE, ada, told=answers, about=badge.id)
    assert make.view(reference, ada).status == "submitted", "a person hands it over"

    decided(reference, "moved_away")

    theirs = entered(badge, organisation=organisation)
    assert (theirs.organisation, theirs.left_to) == (organisation_id(organisation), left_to)
    assert [one.what for one in theirs.history] == ["entered", "transferred"]
    assert (entered(badge) is None) == (organisation != COUNTY)
    assert make.view(reference, ada).outcome == "moved_away"


@pytest.mark.parametrize(
    ("authority", "en", "cy"),
    [
        (
            "Ellerdale District Council",
            "Ellerdale District Council does not issue this: Blue Badge. Enter the authority that"
            " does",
            "Nid yw Cyngor Dosbarth Ellerdale yn dyroddi hwn: Bathodyn Glas. Rhowch yr awdurdod"
            " sy’n gwneud hynny",
        ),
        (
            "Cyngor Sir Borrowdale",
            "Borrowdale County Council looks after this already: Blue Badge. Enter another"
            " authority",
            "Mae Cyngor Sir Borrowdale yn gofalu am hwn yn barod: Bathodyn Glas. Rhowch awdurdod"
            " arall",
        ),
    ],
)
def test_whoever_names_who_issues_none_or_has_it_is_told_so_on_the_page(
    ada, badge, authority, en, cy
):
    begun = begin(CHANGE, actor=ada, language="en", channel="web", at=AT, about=badge.id)
    known = {"actor": ada, "at": AT}
    answer(begun.reference, page="change", submitted={"badgeChange": "moved"}, **known)

    sent = {"newAuthority": authority}
    told = answer(begun.reference, page="authority", submitted=sent, **known)

    assert [(one.field, one.message.en, one.message.cy) for one in told.faults] == [
        ("new-authority", en, cy)
    ]
    assert make.view(begun.reference, ada).next_page.id == "authority"


def test_what_came_another_way_is_handed_to_nobody_who_issues_none(ada, badge, outside):
    answers = {"applicant/badge.change": "moved", "applicant/badge.new_authority": "Cumberland"}
    reference, _ = told(CHANGE, ada, told=answers, about=badge.id)
    worker = make.worker(COUNTY)
    with acting(worker):
        loaded = load(reference, actor=worker, at=AT, lock=True)
        keep_told(loaded, [Answer("applicant/badge.new_authority", "Ellerdale")])
    desk = Client()
    desk.force_login(
        get_user_model().objects.get(id=make.staff(COUNTY).id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )

    sent = {"outcome": "moved_away", "reason": "They moved."}
    answered = desk.post(f"/staff/cases/{reference}/decide", sent)

    assert answered.status_code == 422
    assert "Ellerdale District Council does not issue this" in answered.content.decode()
    assert make.view(reference, ada).status == "submitted"
    assert entered(badge).left_to == ""


def decided(reference, outcome):
    decide(
        reference,
        outcome=outcome,
        ground="",
        reason="We looked at it.",
        actor=make.staff(COUNTY),
        at=AT,
    )


def test_a_death_is_told_without_signing_in_and_ends_everything(ada, badge, owner):
    open_case = make.received(ada, mark="Zebra")
    answers = {"applicant/badge.change": "died", "applicant/badge.told_by": "Sam Roe, his son"}
    reference, son = told(CHANGE, ANONYMOUS, told=answers, matched=knows(badge))
    assert not has_died(ada.person), "no machine says that somebody died"

    decided(reference, "holder_died")
    for organisation in (COUNTY, DISTRICT):
        close_for_death(ada.person, actor=make.worker(organisation), at=AT)

    assert has_died(ada.person)
    assert not has_died(son.person)
    last = entered(badge).history[-1]
    assert (entered(badge).status, last.reason) == ("cancelled", "DECEASE")
    assert last.words == "Sam Roe, his son"
    closed = make.view(open_case, make.staff(COUNTY))
    assert (closed.status, closed.case.closed_at) == ("withdrawn", AT)
    assert closed.case.events[-1].why == "The person died."
    assert messages_to(owner, son.person)[-1] == "decided_holder_died"


def messages_to(owner, person):
    found = owner.execute(
        "SELECT name FROM notifications_message WHERE person_id = %s ORDER BY id", [person]
    )
    return [name for (name,) in found]


def test_nothing_more_is_written_to_whoever_died(ada, badge, owner):
    waiting = make.received(ada, mark="Yak")
    before = messages_to(owner, ada.person)
    officer = make.staff(COUNTY)
    with acting(officer):
        cancel("blue_badge", badge.number, reason="DECEASE", actor=officer, at=AT)

    decided(waiting, "not_eligible")

    assert messages_to(owner, ada.person) == before
