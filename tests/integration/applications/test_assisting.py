"""Whoever helps writes in a person's name what they say, and sees nothing beside it."""

from __future__ import annotations

import pytest

from standpipe.applications import actions
from standpipe.applications.application import NoSuchApplication
from standpipe.assistance.actions import Agreed, EvidenceMissing, NoSuchHelp, end_help
from standpipe.assistance.queries import help_by, help_to
from standpipe.audit.queries import about
from standpipe.consent.actions import NotPermitted
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from tests import make

TREE = "report_a_fallen_tree"


def agreed(**changes) -> Agreed:
    usual = {
        "basis": "agreed_verbally",
        "evidence": "",
        "undertaking": "I write down what they say.",
        "wording": "Do you agree?",
        "may_follow": False,
    }
    return Agreed(**{**usual, **changes})


def begun(adviser: Actor, service: str = TREE, **changes) -> tuple[str, Actor]:
    """An application that an adviser began, and the adviser as they act in it."""
    reference = actions.begin_helped(
        service,
        agreed=agreed(**changes),
        channel="phone",
        language="en",
        actor=adviser,
        at=make.AT,
    ).reference
    return reference, actions.in_their_name(reference, actor=adviser)


@pytest.fixture
def adviser(database) -> Actor:
    """An adviser of a charity, which is not whom the application is for."""
    return make.staff("helping_hands", "adviser", name="Jo Adviser")


def person_of(helper: Actor) -> Actor:
    return Actor(kind="person", id=str(helper.person), name="", person=helper.person)


def test_a_charitys_adviser_writes_and_each_answer_says_who_wrote_it_for_whom(adviser):
    reference, helper = begun(adviser)
    make.go_on(reference, helper)

    seen = make.view(reference, person_of(helper))
    assert {fact.by for fact in seen.facts.values()} == {f"staff:{adviser.id}"}
    assert {fact.source for fact in seen.facts.values()} == {"told"}
    assert (seen.person, seen.channel) == (helper.person, "phone")


def test_the_person_sees_who_helped(adviser):
    reference, helper = begun(adviser)
    make.go_on(reference, helper)
    person = person_of(helper)

    with acting(person):
        (help_,) = help_to(person.person)
        looked = about(person.person)

    assert (help_.helper_name, help_.wording) == ("Jo Adviser", "Do you agree?")
    assert "assistance.agreed" in {one.verb for one in looked}
    assert {one.actor_name for one in looked if one.verb == "application.answered"} == {
        "Jo Adviser"
    }


def test_once_it_is_sent_the_adviser_sees_it_no_more(adviser):
    reference, helper = begun(adviser)
    make.go_on(reference, helper)
    actions.submit(reference, declared=True, return_url="x", actor=helper, at=make.AT)

    with pytest.raises(NotPermitted):
        make.view(reference, helper)


def test_unless_the_person_lets_them_follow(adviser):
    reference, helper = begun(adviser, may_follow=True)
    make.go_on(reference, helper)
    actions.submit(reference, declared=True, return_url="x", actor=helper, at=make.AT)

    assert make.view(reference, helper).status == "decided"


def test_the_person_takes_it_back_at_once(adviser):
    reference, helper = begun(adviser)
    person = person_of(helper)
    with acting(person):
        end_help(helper.helping, actor=person, at=make.AT)

    with pytest.raises(NotPermitted):
        make.view(reference, helper)
    assert help_by(adviser, what=f"application:{reference}").ended_at == make.AT


def test_nobody_else_ends_it(adviser):
    _, helper = begun(adviser)
    stranger = make.person()
    with acting(stranger), pytest.raises(NoSuchHelp):
        end_help(helper.helping, actor=stranger, at=make.AT)


def test_help_with_one_application_opens_no_other_of_the_same_person(adviser):
    _, helper = begun(adviser)
    other = make.application(person_of(helper), "blue_badge", until="birth_date")

    with pytest.raises(NotPermitted):
        make.view(other, helper)


def test_nothing_that_was_told_before_is_offered_to_who_helps(adviser):
    reference, helper = begun(adviser, "blue_badge")
    make.application(person_of(helper), "blue_badge", until="birth_date")

    assert make.view(reference, person_of(helper)).offered
    assert not make.view(reference, helper).offered


def test_a_colleague_does_not_help_along_with_them(adviser):
    reference, _ = begun(adviser)
    colleague = make.staff("helping_hands", "adviser", name="Max Adviser")

    with pytest.raises(NoSuchApplication):
        actions.in_their_name(reference, actor=colleague)


def test_somebody_who_speaks_for_them_shows_a_paper(adviser):
    with pytest.raises(EvidenceMissing):
        begun(adviser, basis="power_of_attorney")
    reference, _ = begun(adviser, basis="power_of_attorney", evidence="LPA 7000-1234-5678")

    assert help_by(adviser, what=f"application:{reference}").evidence == "LPA 7000-1234-5678"


def test_a_fee_that_is_paid_at_the_counter_is_noted_by_its_till_receipt(adviser):
    officer = make.staff("borrowdale_county", "caseworker")
    told = {"applicant/mobility.main_reason": "terminal"}
    for who in (officer, adviser):
        reference, helper = begun(who, "blue_badge")
        make.go_on(reference, helper, told=told)
        _wait_for_payment(reference, helper)
        if who is adviser:
            with pytest.raises(NotPermitted):
                actions.take_payment(reference, till_receipt="T1", actor=helper, at=make.AT)
        else:
            sent = actions.take_payment(reference, till_receipt="T1", actor=helper, at=make.AT)
            assert sent.state == "received"
            assert make.view(reference, person_of(helper)).payment.till_receipt == "T1"


def _wait_for_payment(reference: str, helper: Actor) -> None:
    """Ask for the fee, as sending does before the provider is called."""
    from standpipe.applications.actions.loading import load
    from standpipe.payments.actions import request

    with acting(helper):
        loaded = load(reference, actor=helper, at=make.AT, lock=True)
        loaded.row.status = "paying"
        loaded.row.save(update_fields=["status"])
        request(
            application=loaded.row.id,
            reference=reference,
            amount_pence=1000,
            description="A badge",
            return_url="http://localhost/paid",
            language="en",
            email=None,
            person=loaded.row.person_id,
            organisation=loaded.row.organisation_id,
            actor=helper,
            at=make.AT,
        )
