"""Applying for somebody else: what a mandate opens, and that it opens nothing else."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.concluding import write_letter
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.applications.application import NoSuchApplication, NoSuchPage, NotForThem
from standpipe.applications.queries import (
    my_agreements,
    my_applications,
    own_document,
)
from standpipe.audit.queries import about
from standpipe.consent.actions import NotPermitted, permit_own, revoke_mandate
from standpipe.consent.queries import standing_in
from standpipe.documents.queries import documents_of
from standpipe.identity.tenancy import acting
from standpipe.kernel.text import Text
from standpipe.notifications.queries import messages_of
from standpipe.packs.loaded import place
from standpipe.web.presenters.own import looked_rows
from tests import make
from tests.house.leaks.asking import words_of
from tests.make import AT

CHILD = {
    "applicant/person.name": {"given": "Tom", "family": "Tyson"},
    "applicant/person.birth_date": "2020-05-01",
    "representative/person.name": {"given": "Mair", "family": "Puw"},
    "representative/representation.relationship": "parent",
    "representative/representation.parental_responsibility": True,
    "representative/contact.email": "mair@example.org",
}


def begun_for(actor, for_whom="child", *, language="en"):
    """An application that was begun for another, with its representative as who acts there."""
    begun = actions.begin(
        "blue_badge", actor=actor, language=language, channel="web", at=AT, for_whom=for_whom
    )
    return begun.reference, standing_in(begun.reference, actor=actor)


def told(actor, for_whom="child", *, until=None, **answers):
    reference, in_stead = begun_for(actor, for_whom)
    make.go_on(reference, in_stead, told={**CHILD, **answers}, until=until, mark="Tyson")
    return reference, in_stead


def test_whoever_applies_for_a_child_sees_that_application_and_the_child_is_a_new_person():
    mair = make.resident(name="Mair Puw")

    reference, in_stead = told(mair, until="photo")

    assert in_stead.kind == "on_behalf"
    assert in_stead.person not in (None, mair.person)
    view = make.view(reference, in_stead)
    assert view.for_whom == "child"
    assert view.called == Text("Tom Tyson", "Tom Tyson")
    assert view.mandate is not None
    assert view.mandate.basis == "parent"
    assert view.mandate.name == "Mair Puw"
    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(reference, mair)


def test_a_mandate_opens_its_application_and_nothing_beside_it():
    mair = make.resident(name="Mair Puw")
    first, for_first = told(mair, until="photo")
    second, for_second = told(mair, until="photo")
    own = make.application(mair, until="photo")

    assert for_first.person != for_second.person, "nobody is known from before"
    for reference in (second, own):
        with pytest.raises((NoSuchApplication, NotPermitted)):
            make.view(reference, for_first)
    with acting(for_first), pytest.raises(NotPermitted):
        permit_own(for_first, purpose="test", at=AT)
    assert make.view(first, for_first).offered == {}


def test_even_a_second_application_of_the_same_child_stays_closed(owner):
    mair, child = make.resident(name="Mair Puw"), make.person()
    reference, in_stead = told(mair, until="photo")
    # As if the two had been found to be one: the mandate is still for one application.
    other = make.application(child, until="photo")
    owner.execute(
        "UPDATE applications_application SET person_id = %s WHERE reference = %s",
        [in_stead.person, other],
    )

    assert make.view(reference, in_stead).reference == reference
    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(other, in_stead)


def test_an_answer_of_one_s_own_is_not_offered_for_a_child_nor_the_other_way():
    mair = make.resident(name="Mair Puw")
    make.application(mair, until="photo")
    reference, in_stead = told(mair, until="photo")

    assert make.view(reference, in_stead).offered == {}
    again = make.begun(mair, "blue_badge")
    assert "Tom" not in str(make.view(again, mair).offered)


def test_the_list_shows_for_whom_each_application_is():
    mair = make.resident(name="Mair Puw")
    reference, _ = told(mair, until="photo")
    own = make.begun(mair, "blue_badge")

    mine = {one.reference: one.called for one in my_applications(actor=mair, at=AT)}

    assert mine == {reference: Text("Tom Tyson", "Tom Tyson"), own: None}


def test_a_representative_without_a_power_is_not_asked_to_agree_for_an_adult():
    mair = make.person()
    answers = {
        "applicant/person.birth_date": "1950-05-01",
        "representative/representation.authority": "agreed_verbally",
    }
    reference, in_stead = told(mair, "someone_else", until="benefits", **answers)

    pages = [page.id for page in make.view(reference, in_stead).visible]
    assert "dwp" not in pages
    assert "authority_proof" not in pages
    assert {"identity", "address_proof"} <= set(pages)
    with pytest.raises(NoSuchPage):
        actions.consult(reference, page="dwp", agreed=True, wording="", actor=in_stead, at=AT)


def test_an_attorney_shows_their_power_and_agrees_in_the_other_s_stead():
    mair = make.resident(name="Mair Puw")
    answers = {
        "applicant/person.birth_date": "1950-05-01",
        "representative/representation.authority": "power_of_attorney",
    }
    reference, in_stead = told(mair, "someone_else", until="dwp", **answers)
    assert "representative/evidence.authority" in make.view(reference, in_stead).answers

    actions.consult(reference, page="dwp", agreed=False, wording="For Tom", actor=in_stead, at=AT)

    ((agreement, called),) = my_agreements(actor=mair, at=AT)
    assert agreement.by_mandate
    assert called == Text("Tom Tyson", "Tom Tyson")
    assert agreement.wording == "For Tom"


def test_who_looked_names_the_representative():
    mair = make.resident(name="Mair Puw")
    reference, in_stead = told(mair, until="photo")

    with acting(in_stead):
        rows = looked_rows(about(in_stead.person), place(), {}, with_own=False, language="en")
    with acting(mair):
        own = about(mair.person)

    assert {"Mair Puw, who acts for you"} == {row["who"] for row in rows}
    assert "began to act for somebody" in {row["did"] for row in rows}
    assert reference not in str(own)


def test_a_mandate_that_has_ended_opens_nothing_any_more():
    mair = make.resident(name="Mair Puw")
    reference, in_stead = told(mair, until="photo")
    officer = make.staff("borrowdale_county")

    actions.end_mandate(reference, because="taken_back", actor=officer, at=AT)

    assert standing_in(reference, actor=mair) == mair
    assert [one.reference for one in my_applications(actor=mair, at=AT)] == []
    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(reference, in_stead)


def test_a_stranger_cannot_end_a_mandate():
    reference, in_stead = told(make.resident(), until="photo")
    mandate = make.view(reference, in_stead).mandate
    stranger = make.resident(name="Eve")

    with acting(stranger), pytest.raises(NotPermitted):
        revoke_mandate(mandate.id, actor=stranger, at=AT)


def test_a_visitor_comes_back_to_an_application_for_another_as_its_representative(owner):
    visitor = make.person()
    reference, in_stead = told(visitor, until="photo")
    actions.save(reference, email="mair@example.org", actor=in_stead, at=AT)
    to = actions.Address("email", "mair@example.org")
    actions.send_return_code(reference, to=to, at=AT)
    body = owner.execute(
        "SELECT body FROM notifications_message WHERE what LIKE %s AND name = 'return_code'",
        [f"application:{reference}%"],
    ).fetchone()[0]
    code = next(word for word in body.split() if len(word.strip(".")) == 6 and word[:6].isdigit())

    back = actions.come_back(reference, to=to, code=code, at=AT)

    assert back == visitor.person
    assert standing_in(reference, actor=visitor).person == in_stead.person


def test_a_representative_sends_replies_and_withdraws_and_is_written_to():
    mair = make.resident(name="Mair Puw")
    reference, in_stead = told(mair, **{"applicant/mobility.main_reason": "terminal"})
    with acting(in_stead):
        finish(load(reference, actor=in_stead, at=AT, lock=True))
    officer = make.staff("borrowdale_county")

    actions.ask_for_more(reference, words="Which hospital?", actor=officer, at=AT)
    actions.reply(reference, words="Rosegill", files=[], actor=in_stead, at=AT)

    view = make.view(reference, in_stead)
    assert view.case is not None
    assert view.case.title == "Tom Tyson"
    with acting(in_stead):
        permission = load(reference, actor=in_stead, at=AT).permission
        told_of = messages_of(f"application:{reference}", permission=permission)
    assert [message.to for message in told_of] == ["mair@example.org"]
    actions.withdraw(reference, actor=in_stead, at=AT)
    assert make.view(reference, in_stead).status == "withdrawn"


def test_a_service_for_oneself_alone_is_not_applied_for_on_behalf_of_others():
    with pytest.raises(NotForThem):
        actions.begin(
            "report_a_fallen_tree",
            actor=make.person(),
            language="en",
            channel="web",
            at=AT,
            for_whom="child",
        )


def test_a_system_lodges_for_an_organisation_with_its_vehicles():
    system = make.client("borrowdale_county").actor
    with acting(system):
        loaded = actions.lodge(
            "blue_badge",
            answers={
                "applicant/organisation.name": "Rosegill Day Centre",
                "applicant/organisation.transports_in_vehicles": True,
                "vehicle[1]/vehicle.registration": "QQ1 2ABC",
                "vehicle[1]/vehicle.kind": "minibus",
                "vehicle[2]/vehicle.registration": "QQ3 4DEF",
                "vehicle[2]/vehicle.kind": "car",
            },
            language="en",
            channel="api",
            for_whom="organisation",
            actor=system,
            at=AT,
        )
        assert "vehicles" in {page.id for page in loaded.standing.visible}
        assert loaded.answers["vehicle[2]/vehicle.kind"] == "car"
        assert loaded.for_whom == "organisation"


def test_a_forged_mandate_opens_nothing():
    mair, eve = make.resident(name="Mair Puw"), make.resident(name="Eve")
    reference, in_stead = told(mair, until="photo")
    for forged in (
        replace(eve, mandate=in_stead.mandate),
        replace(eve, person=in_stead.person, mandate=UUID(int=1)),
    ):
        with pytest.raises((NoSuchApplication, NotPermitted)):
            make.view(reference, forged)


def test_messages_and_papers_are_within_the_bounds_of_the_mandate():
    mair = make.resident(name="Mair Puw")
    reference, in_stead = told(mair, until="your_contact")
    with acting(in_stead):
        permission = load(reference, actor=in_stead, at=AT).permission
        assert documents_of(f"application:{reference}", permission=permission)
        assert documents_of("application:SP-0000-0000", permission=permission) == []
        assert messages_of("application:SP-0000-0000", permission=permission) == []


# A child whom the department knows; see connectors/dwp_benefits/people.yaml.
TOMOS = {
    **CHILD,
    "applicant/person.name": {"given": "Tomos", "family": "Lythgoe"},
    "applicant/person.birth_date": "2017-04-02",
    "applicant/address.full": {
        "line1": "1 Acorn Road",
        "line2": "",
        "town": "Stonebridge",
        "county": "",
        "postcode": "BO3 4ZZ",
    },
}


def test_a_child_with_confirmed_dla_is_decided_and_the_letter_goes_to_the_parent(outside):
    mair = make.resident(name="Mair Puw")
    reference, in_stead = begun_for(mair)
    asked = make.go_on(reference, in_stead, told=TOMOS, agreed=True, mark="Tyson")
    with acting(in_stead):
        finish(load(reference, actor=in_stead, at=AT, lock=True))

    view = make.view(reference, in_stead)
    letter = write_letter(reference, actor=make.worker("borrowdale_county"), at=AT)
    words = words_of(own_document(reference, letter, actor=in_stead, at=AT).content)

    assert "benefits" not in asked
    assert "national_insurance_number" not in asked
    assert view.outcome == "eligible"
    assert view.entitlement is not None
    assert view.decision.reason.en.startswith("Tomos Lythgoe gets the higher rate")
    assert "Parent or guardian of Tomos Lythgoe" in words
    assert "Tomos Lythgoe can have a Blue Badge" in " ".join(words.split())
