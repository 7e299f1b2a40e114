"""A complaint is answered by somebody else, twice if need be, and then there is the Ombudsman."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.applications import actions
from standpipe.applications.application import NoSuchApplication
from standpipe.audit.queries import about
from standpipe.cases.review import TookPart
from standpipe.consent.actions import NotPermitted, permit_task
from standpipe.consent.queries import standing_in
from standpipe.entitlements.actions import enter_existing
from standpipe.entitlements.holder import Holder
from standpipe.identity.tenancy import acting
from standpipe.notifications.queries import messages_of
from standpipe.packs.loaded import vocabulary
from tests import make
from tests.make import AT

COUNTY = "borrowdale_county"
LATER = AT + timedelta(days=10)
ABOUT = "applicant/complaint.about"
WHOM = "applicant/complaint.about_whom"
CASE = "applicant/complaint.case_reference"
ANSWER = {"ground": "", "reason": "We should have rung you back. We are sorry."}


def complaint(person=None, **told):
    person = person or make.resident()
    needs = {ABOUT: "treatment", WHOM: None, CASE: None, **told}
    return make.received(person, "complaint", told=needs), person


def answer(reference, officer, outcome="not_upheld", at=AT):
    actions.decide(reference, outcome=outcome, **ANSWER, actor=officer, at=at)


def test_a_complaint_waits_at_stage_1_until_the_day_of_the_code():
    reference, person = complaint()

    position = make.view(reference, person).case.position

    assert (position.status, position.waits_on) == ("stage_1", "organisation")
    assert position.due_on == (AT + timedelta(days=21)).date()


def test_who_is_named_does_not_answer_and_somebody_else_does():
    cass, robin = make.staff(COUNTY, name="Cass Officer"), make.staff(COUNTY, name="Robin Other")
    reference, person = complaint(**{WHOM: "Mrs Officer at the desk"})

    with pytest.raises(TookPart, match="named"):
        answer(reference, cass)
    answer(reference, robin, "upheld")

    assert make.view(reference, person).case.position.status == "answered"


def test_who_worked_on_the_case_does_not_answer_a_complaint_about_it():
    cass, robin = make.staff(COUNTY, name="Cass Officer"), make.staff(COUNTY, name="Robin Other")
    person = make.resident()
    case = make.received(person)
    actions.ask_for_more(case, words="Send it again.", actor=cass, at=AT)
    reference, _ = complaint(person, **{CASE: f" {case.lower()}"})

    with pytest.raises(TookPart, match="worked on"):
        answer(reference, cass)
    answer(reference, robin)


def test_the_reference_of_nobody_s_case_keeps_nobody_from_answering():
    reference, _ = complaint(**{CASE: "BB-0000-0000"})

    answer(reference, make.staff(COUNTY))


def test_stage_2_is_answered_by_a_third_and_ends_with_the_ombudsman():
    cass, robin = make.staff(COUNTY, name="Cass Officer"), make.staff(COUNTY, name="Robin Other")
    reference, person = complaint()
    answer(reference, cass)
    actions.ask_review(reference, words="Nobody asked me.", actor=person, at=LATER)
    position = make.view(reference, person).case.position
    assert (position.status, position.waits_on) == ("stage_2", "organisation")
    assert position.due_on == (LATER + timedelta(days=35)).date()

    with pytest.raises(TookPart):
        actions.review(reference, outcome="upheld", **ANSWER, actor=cass, at=LATER)
    actions.review(reference, outcome="upheld", **ANSWER, actor=robin, at=LATER)

    view = make.view(reference, person)
    assert (view.outcome, view.case.position.status) == ("upheld", "finished")
    with acting(robin):
        permission = permit_task(robin, organisation=robin.organisation, purpose="test", at=LATER)
        told = {
            one.name: one.body
            for one in messages_of(f"application:{reference}", permission=permission)
        }
    assert "ask for stage 2 by 20 December 2026" in told["decided_not_upheld"]
    assert "Ombudsman" in told["reviewed_upheld"]


def register_entry(person, number):
    officer = make.staff(COUNTY)
    with acting(officer):
        return enter_existing(
            "blue_badge",
            number,
            person=person.person,
            organisation=officer.organisation,
            starts_on=AT.date(),
            expires_on=(AT + timedelta(days=900)).date(),
            status="issued",
            attributes={},
            holder=Holder("Ada Roe", AT.date(), "BO1 1AA"),
            actor=officer,
            at=AT,
        )


def at_the_question(person, **more):
    return make.application(person, "complaint", until="case_reference", **more)


def test_whoever_complains_chooses_among_what_they_sent_and_hold_and_nobody_else_s():
    ada, bob = make.resident(), make.resident(name="Bob")
    sent, draft = make.received(ada), make.application(ada, until="photo")
    entry, theirs = register_entry(ada, "0A1B2C"), make.received(bob)
    reference = at_the_question(ada)

    own = actions.own_to_choose(reference, actor=ada, at=AT)

    assert [(one.kind, one.reference) for one in own] == [
        ("application", sent),
        ("entry", entry.number),
    ]
    known = {"page": "case_reference", "actor": ada, "at": AT}
    name = vocabulary()["complaint.case_reference"].field_name
    for other in (theirs, draft, reference):
        told = actions.answer(reference, submitted={f"{name}Chosen": other}, **known)
        assert [one.message.en for one in told.faults] == ["Enter the reference"]
    assert not actions.answer(reference, submitted={f"{name}Chosen": sent}, **known).faults
    assert make.view(reference, ada).answers[CASE] == sent


def test_the_list_is_on_the_page_in_either_language_and_is_recorded():
    ada = make.resident()
    sent = make.received(ada)
    reference = at_the_question(ada)
    browser = Client()
    browser.force_login(
        get_user_model().objects.get(id=ada.id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    for language, words in (("en", "sent on 22 November 2026"), ("cy", "anfonwyd ar 22 Tachwedd")):
        browser.cookies["language"] = language
        page = browser.get(f"/applications/{reference}/questions/case_reference").content.decode()
        assert f'value="{sent}"' in page
        assert words in page
        assert page.count('type="radio"') == 3
    with acting(ada):
        assert "applications" in {one.what for one in about(ada.person)}


@pytest.mark.parametrize("for_whom", ["child", "organisation"])
def test_nothing_is_listed_to_who_complains_for_somebody_else(for_whom):
    mair = make.resident(name="Mair Puw")
    make.received(mair)
    reference = at_the_question(mair, for_whom=for_whom, told=FOR_OTHERS[for_whom])

    assert actions.own_to_choose(reference, actor=standing_in(reference, actor=mair), at=AT) == ()


def test_nothing_is_listed_at_a_device_that_others_use_nor_to_who_has_none():
    ada, bob = make.resident(), make.resident(name="Bob")
    make.received(ada)

    there = replace(ada, at_shared_device=True)
    assert actions.own_to_choose(at_the_question(ada), actor=there, at=AT) == ()
    assert actions.own_to_choose(at_the_question(bob), actor=bob, at=AT) == ()


FOR_OTHERS = {
    "child": {
        "applicant/person.name": {"given": "Tom", "family": "Tyson"},
        "representative/representation.parental_responsibility": True,
    },
    "someone_else": {
        "applicant/person.name": {"given": "Tom", "family": "Tyson"},
        "representative/representation.authority": "agreed_verbally",
    },
    "organisation": {"applicant/organisation.name": "Rosegill Day Centre"},
}


@pytest.mark.parametrize("for_whom", FOR_OTHERS)
def test_somebody_complains_for_others_is_answered_and_goes_on_to_stage_2(for_whom):
    cass, robin = make.staff(COUNTY, name="Cass Officer"), make.staff(COUNTY, name="Robin Other")
    mair = make.resident(name="Mair Puw")
    reference = make.received(
        mair,
        "complaint",
        for_whom=for_whom,
        told={
            ABOUT: "treatment",
            WHOM: None,
            CASE: None,
            "representative/contact.email": "mair@example.org",
            **FOR_OTHERS[for_whom],
        },
    )
    in_stead = standing_in(reference, actor=mair)
    answer(reference, cass)
    actions.ask_review(reference, words="Nobody asked us.", actor=in_stead, at=LATER)
    with pytest.raises(TookPart):
        actions.review(reference, outcome="upheld", **ANSWER, actor=cass, at=LATER)
    actions.review(reference, outcome="upheld", **ANSWER, actor=robin, at=LATER)

    view = make.view(reference, in_stead)
    assert (view.outcome, view.case.position.status) == ("upheld", "finished")
    assert view.case.title in ("Tom Tyson", "Rosegill Day Centre")
    with acting(robin):
        permission = permit_task(robin, organisation=robin.organisation, purpose="test", at=LATER)
        told = messages_of(f"application:{reference}", permission=permission)
    assert {one.to for one in told} == {"mair@example.org"}


def test_a_complaint_for_a_child_shows_nothing_of_the_childs_other_applications():
    mair = make.resident(name="Mair Puw")
    told = FOR_OTHERS["child"]
    badge = make.application(mair, told=told, for_whom="child", until="photo")
    complained = make.application(mair, "complaint", told=told, for_whom="child", until="wanted")

    there = standing_in(badge, actor=mair)
    here = standing_in(complained, actor=mair)

    assert here.person != there.person
    view = make.view(complained, here)
    assert view.offered == {}
    assert view.called is not None
    assert view.called.en == "Tom Tyson"
    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(badge, here)
