"""Nobody needs an e-mail address: letters, texts and calls reach whoever leaves none."""

from __future__ import annotations

import re

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.consent.actions import permit_task
from standpipe.consent.queries import standing_in
from standpipe.documents.letters import compose
from standpipe.identity.actions import note_death
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.notifications.actions import hand_on
from standpipe.notifications.by_hand import ByHand
from standpipe.notifications.queries import messages_of, waiting_for_staff
from standpipe.packs.loaded import place
from tests import make
from tests.house.leaks.asking import words_of

HOME = {"line1": "1 Roe Street", "town": "Roe Town", "postcode": "BO1 1AA"}


def received(person: Actor, way: str, role: str = "applicant", **more) -> str:
    """An application of somebody who leaves no e-mail address, once it was sent."""
    told = {
        "applicant/mobility.main_reason": "terminal",
        f"{role}/contact.email": None,
        f"{role}/contact.phone": None,
        f"{role}/contact.without_email": way,
        **more.pop("told", {}),
    }
    reference = make.application(person, told=told, **more)
    in_stead = standing_in(reference, actor=person)
    with acting(in_stead):
        finish(load(reference, actor=in_stead, at=make.AT, lock=True))
    return reference


def waiting(officer: Actor, reference: str) -> list[ByHand]:
    with acting(officer):
        permission = permit_task(
            officer, organisation=officer.organisation, purpose="telling_people", at=make.AT
        )
        rows = waiting_for_staff(permission, most=10_000)
    return [one for one in rows if one.reference == reference]


def written(person: Actor, reference: str) -> list[tuple[str, str, str]]:
    with acting(person):
        permission = load(reference, actor=person, at=make.AT).permission
        rows = messages_of(f"application:{reference}", permission=permission)
    return [(one.channel, one.to, one.state) for one in rows]


def test_a_letter_waits_for_staff_until_it_is_posted():
    officer = make.staff("borrowdale_county")
    reference = received(make.person(), "letter")

    (letter,) = waiting(officer, reference)
    assert letter.to.splitlines() == ["Ada Roe", "1 Roe Street", "Roe Town", "BO1 1AA"]
    organisation = place().organisation("borrowdale_county")
    page = words_of(compose(letter.as_letter(organisation)))
    assert "1 Roe Street" in page
    assert reference in page
    assert hand_on([letter.id], actor=officer, at=make.AT) == 1
    assert waiting(officer, reference) == []
    assert hand_on([letter.id], actor=officer, at=make.AT) == 0, "it is posted once"


@pytest.mark.parametrize(
    ("way", "channel", "state"), [("sms", "sms", "waiting"), ("phone", "phone", "by_hand")]
)
def test_a_text_is_sent_and_a_call_is_for_staff_to_make(way, channel, state):
    person = make.person()
    reference = received(person, way, told={"applicant/contact.phone": "01632 960 001"})

    to = "07700 900123" if way == "sms" else "01632 960 001"
    assert written(person, reference) == [(channel, to, state)]


def test_who_wants_a_call_and_left_no_number_is_asked_for_it():
    person = make.person()
    told = {
        "applicant/mobility.main_reason": "terminal",
        "applicant/contact.email": None,
        "applicant/contact.phone": None,
        "applicant/contact.without_email": "phone",
    }
    reference = make.application(person, told=told, until="phone")

    seen = make.view(reference, person)
    assert seen.next_page is not None
    assert seen.next_page.id == "phone"
    actions.answer(
        reference,
        page="phone",
        submitted={"phoneNumber": "01632 960 001"},
        actor=person,
        at=make.AT,
    )
    seen = make.view(reference, person)
    assert seen.next_page is None
    assert "phone" not in {one.id for one in seen.visible}, "what was left empty is not any more"


def test_a_representative_is_written_to_at_their_own_address():
    mair = make.resident(name="Mair Puw")
    told = {
        "applicant/person.birth_date": "2020-05-01",
        "representative/representation.parental_responsibility": True,
        "representative/address.full": HOME | {"line1": "2 Elsewhere"},
    }
    reference = received(mair, "letter", role="representative", told=told, for_whom="child")

    (letter,) = waiting(make.staff("borrowdale_county"), reference)
    assert letter.to.splitlines()[:2] == ["Ada Roe", "2 Elsewhere"]


def test_no_other_organisation_sees_or_posts_a_letter():
    reference = received(make.person(), "letter")
    stranger = make.staff("northmere_district")

    (letter,) = waiting(make.staff("borrowdale_county"), reference)
    assert waiting(stranger, reference) == []
    assert hand_on([letter.id], actor=stranger, at=make.AT) == 0


def test_nothing_is_posted_to_somebody_who_died():
    person = make.person()
    reference = received(person, "letter")
    officer = make.staff("borrowdale_county")

    with acting(officer):
        note_death(person.person, actor=officer, at=make.AT)

    assert waiting(officer, reference) == []


def test_what_did_not_arrive_waits_for_staff_too(owner):
    reference = received(make.person(), "sms")
    officer = make.staff("borrowdale_county")
    assert waiting(officer, reference) == []

    owner.execute(
        "UPDATE notifications_message SET state = 'failed', trouble = 'It did not arrive.'"
        " WHERE what = %s",
        [f"application:{reference}"],
    )

    (failed,) = waiting(officer, reference)
    assert (failed.channel, failed.trouble) == ("sms", "It did not arrive.")


def test_a_saved_draft_is_come_back_to_with_a_code_by_text(owner):
    person = make.person()
    reference = make.application(person, until="benefits")
    saved = actions.save(reference, mobile="07700 900 456", actor=person, at=make.AT)
    assert saved.faults == ()

    to = actions.way_back(email="", mobile="+44 7700 900456", on=make.AT.date())
    assert isinstance(to, actions.Address)
    actions.send_return_code(reference, to=to, at=make.AT)

    channel, number, body = owner.execute(
        'SELECT channel, "to", body FROM notifications_message'
        " WHERE what LIKE %s AND name = 'return_code'",
        [f"application:{reference}%"],
    ).fetchone()
    assert (channel, number) == ("sms", "+447700900456")
    code = re.search(r"\b\d{6}\b", body)[0]
    assert actions.come_back(reference, to=to, code=code, at=make.AT) == person.person


@pytest.mark.parametrize("mobile", ["", "01632 960 001", "call me"])
def test_a_code_goes_to_a_mobile_phone_or_an_address_and_nowhere_else(mobile):
    faults = actions.way_back(email="", mobile=mobile, on=make.AT.date())

    assert not isinstance(faults, actions.Address)
    assert len(faults) == 1
