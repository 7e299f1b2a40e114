"""A Blue Badge from its first page to its decision, through the acts and real registers."""

from __future__ import annotations

from datetime import date

import httpx
import psycopg
import pytest

from standpipe.applications import actions
from standpipe.applications.actions.concluding import write_letter
from standpipe.applications.actions.giving_back import give_back_fee
from standpipe.applications.application import (
    AlreadySent,
    NoSuchApplication,
    NotDeclared,
    Unfinished,
)
from standpipe.audit.queries import about
from standpipe.cases.actions import AlreadyDecided
from standpipe.cases.lifecycle import NotAllowedNow, ReasonNeeded
from standpipe.consent.actions import NotPermitted
from standpipe.consent.queries import standing_in
from standpipe.gateway.loaded import connectors
from standpipe.identity.tenancy import acting
from tests import make
from tests.integration.outside import PATIENCE_SECONDS
from tests.make import AT

pytestmark = pytest.mark.usefixtures("nobody_holds_one")
COUNTY = "borrowdale_county"
# People whom the department's simulator knows; see its README.
ADA = {
    "applicant/person.name": {"given": "Ada", "family": "Lythgoe"},
    "applicant/person.birth_date": "1980-03-31",
    "applicant/person.national_insurance_number": "QQ900001A",
}
CARYS = {
    "applicant/person.name": {"given": "Cerys", "family": "Lythgoe"},
    "applicant/person.birth_date": "1975-11-02",
    "applicant/person.national_insurance_number": "QQ900003C",
}


def named(family):
    """Somebody of a family name under which the simulator fails in a way of its own."""
    return {"applicant/person.name": {"given": "Nobody", "family": family}}


NOBODY = named("Atall")
CARD = {"expiry_month": "10", "expiry_year": "40", "cardholder_name": "A Tyson", "cvc": "123"}


def submit(reference, actor, *, declared=True):
    return actions.submit(
        reference, declared=declared, return_url="http://localhost/paid", actor=actor, at=AT
    )


def pay(url: str) -> None:
    with httpx.Client(follow_redirects=True, timeout=PATIENCE_SECONDS) as browser:
        page = browser.get(url)
        card = {**CARD, "card_number": "4444333322221111"}
        browser.post(str(page.url), data=card, follow_redirects=False)


def paid(actor, **more):
    """An application that was sent and paid for; return its reference and what came of it."""
    reference = make.application(actor, **more)
    sent = submit(reference, actor)
    assert sent.state == "pay"
    pay(sent.pay_url)
    return reference, actions.settle(reference, actor=actor, at=AT)


def messages(owner: psycopg.Connection, reference: str) -> list[str]:
    found = owner.execute(
        "SELECT name FROM notifications_message WHERE what LIKE %s ORDER BY id",
        [f"application:{reference}%"],
    )
    return [name for (name,) in found]


def test_whom_the_department_confirms_is_decided_in_one_sitting(outside, owner):
    ada = make.person()

    reference, sent = paid(ada, told=ADA, agreed=True)

    view = make.view(reference, ada)
    assert sent.state == "decided"
    assert (view.status, view.outcome) == ("decided", "eligible")
    assert view.consultations["dwp"].status == "met"
    assert {"benefits", "identity", "reason"} & {page.id for page in view.visible} == set()
    assert view.decision.explanation
    assert view.entitlement.expires_on == date(2029, 5, 9), "a badge ends with the award"
    assert view.payment.state == "success"
    assert "decided_eligible" in messages(owner, reference)
    letter = write_letter(reference, actor=make.worker(COUNTY), at=AT)
    assert letter == write_letter(reference, actor=make.worker(COUNTY), at=AT)
    assert make.view(reference, ada).letter == letter


def test_what_is_sent_twice_is_sent_and_paid_once(outside, owner):
    ada = make.person()
    reference = make.application(ada, told=ADA, agreed=True)
    first, second = submit(reference, ada), submit(reference, ada)
    assert first.pay_url == second.pay_url
    pay(first.pay_url)

    states = [actions.settle(reference, actor=ada, at=AT).state for _ in range(3)]

    assert states == ["decided"] * 3
    assert submit(reference, ada).state == "decided"
    count = owner.execute("SELECT count(*) FROM cases_case WHERE reference = %s", [reference])
    assert count.fetchone() == (1,)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (CARYS, "not_met"),
        (NOBODY, "unknown"),
        (named("Silent"), "unknown"),
        (named("Malformed"), "unknown"),
        (named("Refusing"), "unknown"),
        (named("Wrongtype"), "unknown"),
    ],
    ids=["not met", "not found", "silent", "malformed", "refusing", "of wrong type"],
)
def test_without_a_yes_of_the_department_the_journey_goes_on(outside, who, status):
    connectors.cache_clear()
    person = make.person()

    reference = make.application(person, told=who, agreed=True, until="photo")

    view = make.view(reference, person)
    assert view.consultations["dwp"].status == status
    assert {"benefits", "identity", "photo"} <= {page.id for page in view.visible}
    assert view.possible != {"not_eligible"}


def test_a_department_that_is_away_refuses_nobody(outside):
    department = outside["dwp_benefits"]
    department.kill()
    person = make.person()
    try:
        reference = make.application(person, told=ADA, agreed=True, until="benefits")
        consultation = make.view(reference, person).consultations["dwp"]
    finally:
        department.start()
        connectors.cache_clear()

    assert consultation.status == "unknown"
    assert consultation.trouble


def test_who_declines_the_check_is_asked_and_looked_at_by_people(outside, owner):
    person = make.person()

    reference, sent = paid(person, told=ADA, agreed=False)

    view = make.view(reference, person)
    assert sent.state == "received"
    assert view.consultations["dwp"].status == "declined"
    assert view.case.position.waits_on == "organisation"
    asked = owner.execute(
        "SELECT count(*) FROM audit_entry WHERE verb = 'registry.asked' AND %s = ANY(subjects)",
        [person.person],
    )
    assert asked.fetchone() == (0,), "nobody was asked without a yes"
    assert "received" in messages(owner, reference)


def test_a_registry_is_asked_once(outside, owner):
    ada = make.person()
    reference = make.application(ada, told=ADA, agreed=True, until="photo")

    again = actions.consult(reference, page="dwp", agreed=True, wording="", actor=ada, at=AT)

    assert again.status == "met"
    exchanges = owner.execute(
        "SELECT count(*) FROM gateway_exchange WHERE person_id = %s", [ada.person]
    )
    assert exchanges.fetchone() == (1,)


def test_a_changed_name_is_asked_about_again(outside):
    ada = make.person()
    reference = make.application(ada, told=ADA, agreed=True, until="photo")
    page = next(one for one in make.view(reference, ada).visible if one.id == "name")

    make.answer_page(reference, page, ada, told=NOBODY)

    view = make.view(reference, ada)
    assert "dwp" not in view.consultations
    assert view.next_page.id == "dwp"
    assert not any(fact.source == "registry" for fact in view.facts.values())


def test_nothing_is_sent_unfinished_or_undeclared(outside):
    ada = make.person()
    half = make.application(ada, told=ADA, until="photo")
    whole = make.application(ada, told=ADA, agreed=True)

    with pytest.raises(Unfinished) as unfinished:
        submit(half, ada)
    with pytest.raises(NotDeclared):
        submit(whole, ada, declared=False)

    assert unfinished.value.page == "photo"
    assert make.view(whole, ada).status == "draft"


def test_staff_ask_the_person_replies_and_staff_decide(outside, owner):
    person, officer = make.person(), make.staff(COUNTY)
    reference, _ = paid(person, told=NOBODY)
    by = {"actor": officer, "at": make.later(days=1)}

    actions.ask_for_more(reference, words="Please send the letter.", **by)
    waiting = make.view(reference, person)
    paper = ("letter.pdf", make.files.pdf("An award"))
    actions.reply(reference, words="Here.", files=[paper], actor=person, at=make.later(days=3))
    actions.note(reference, text="Rang her.", **by)
    with pytest.raises(ReasonNeeded):
        actions.decide(reference, outcome="eligible", ground="", reason=" ", **by)
    actions.decide(reference, outcome="not_eligible", ground="NONE", reason="No rule is met.", **by)

    assert waiting.case.position.waits_on == "applicant"
    assert any("Please send the letter." in item.detail for item in waiting.timeline)
    view = make.view(reference, person)
    assert (view.outcome, view.decision.reason.en) == ("not_eligible", "No rule is met.")
    assert not any("Rang her." in (event.why or "") for event in view.case.events)
    assert view.entitlement is None
    with pytest.raises(AlreadyDecided):
        actions.decide(reference, outcome="eligible", ground="", reason="After all", **by)
    assert {"need_more", "decided_not_eligible"} <= set(messages(owner, reference))


def test_a_refusal_gives_the_fee_back_once(outside):
    person, officer = make.person(), make.staff(COUNTY)
    reference, _ = paid(person, told=NOBODY)
    actions.decide(
        reference, outcome="not_eligible", ground="NONE", reason="So.", actor=officer, at=AT
    )

    for _ in range(2):
        give_back_fee(reference, actor=make.worker(COUNTY), at=AT)

    assert make.view(reference, person).payment.refunded_pence == 1000


def test_an_organisation_pays_for_each_badge_and_a_refusal_gives_all_of_it_back(outside):
    person, officer = make.resident(), make.staff(COUNTY)
    reference = make.application(
        person, for_whom="organisation", told={"applicant/organisation.badges_wanted": "3"}
    )
    in_stead = standing_in(reference, actor=person)
    view = make.view(reference, in_stead)
    assert (view.charge.count, view.charge.amount_pence) == (3, 3000)
    sent = submit(reference, in_stead)
    pay(sent.pay_url)
    actions.settle(reference, actor=in_stead, at=AT)
    assert make.view(reference, in_stead).payment.amount_pence == 3000

    actions.decide(
        reference, outcome="not_eligible", ground="NONE-ORG", reason="So.", actor=officer, at=AT
    )
    give_back_fee(reference, actor=make.worker(COUNTY), at=AT)

    assert make.view(reference, officer).payment.refunded_pence == 3000


def test_a_granted_badge_keeps_its_fee(outside):
    ada = make.person()
    reference, _ = paid(ada, told=ADA, agreed=True)

    give_back_fee(reference, actor=make.worker(COUNTY), at=AT)

    assert make.view(reference, ada).payment.refunded_pence == 0


def test_a_person_withdraws_before_the_decision_and_not_after(outside):
    person, officer = make.person(), make.staff(COUNTY)
    draft = make.begun(person, "blue_badge")
    sent, _ = paid(person, told=NOBODY)
    decided, _ = paid(make.another(person), told=NOBODY)
    actions.decide(decided, outcome="eligible", ground="", reason="So.", actor=officer, at=AT)

    actions.withdraw(draft, actor=person, at=AT)
    actions.withdraw(sent, actor=person, at=AT)

    assert make.view(sent, person).status == make.view(draft, person).status == "withdrawn"
    with pytest.raises(AlreadySent):
        actions.withdraw(decided, actor=person, at=AT)
    with pytest.raises((NotAllowedNow, AlreadyDecided)):
        actions.decide(sent, outcome="eligible", ground="", reason="So.", actor=officer, at=AT)


def test_nobody_decides_their_own_case_nor_another_organisation_s(outside):
    person = make.person()
    reference, _ = paid(person, told=NOBODY)
    stranger = make.staff("northmere_district", "caseworker", "manager")

    for actor in (person, stranger, make.person()):
        by = {"actor": actor, "at": AT}
        for act in (
            lambda by=by: actions.decide(
                reference, outcome="eligible", ground="", reason="S", **by
            ),
            lambda by=by: actions.note(reference, text="A note", **by),
            lambda by=by: actions.assign(reference, to=None, **by),
            lambda by=by: actions.finish_task(reference, task="photo", **by),
            lambda by=by: actions.ask_for_more(reference, words="More", **by),
        ):
            with pytest.raises((NoSuchApplication, NotPermitted)):
                act()

    assert make.view(reference, person).status == "submitted"


def test_a_person_sees_who_looked_at_their_data(outside):
    person = make.person()
    officer = make.staff(COUNTY, name="Olwen Officer")
    reference, _ = paid(person, told=NOBODY)

    make.view(reference, officer, at=make.later(hours=1))

    with acting(person):
        looks = [one for one in about(person.person) if "Olwen Officer" in repr(one)]
    assert looks, "a read by staff is shown to the person"
    assert reference in repr(looks)
