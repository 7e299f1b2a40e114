"""A complaint is answered by somebody else, twice if need be, and then there is the Ombudsman."""

from __future__ import annotations

from datetime import timedelta

import pytest

from standpipe.applications import actions
from standpipe.applications.application import NoSuchApplication
from standpipe.cases.review import TookPart
from standpipe.consent.actions import NotPermitted, permit_task
from standpipe.consent.queries import standing_in
from standpipe.identity.tenancy import acting
from standpipe.notifications.queries import messages_of
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
