"""Staff write for somebody who asks for another: for whom, and by what right, is kept as told."""

from __future__ import annotations

import pytest

from standpipe.applications import actions
from standpipe.applications.application import NoSuchApplication, NotForThem
from standpipe.assistance.actions import NoSuchHelp
from standpipe.consent.actions import NotPermitted
from standpipe.consent.queries import standing_in
from standpipe.identity.actor import Actor
from tests import make
from tests.integration.applications.test_assisting import TREE, agreed


def begun(adviser: Actor, service: str = "blue_badge", **told) -> tuple[str, Actor]:
    """An application that a parent has begun for them, and the adviser as they act in it."""
    reference = actions.begin_helped(
        service,
        agreed=agreed(),
        channel="phone",
        language="en",
        actor=adviser,
        at=make.AT,
        for_whom=told.pop("for_whom", "child"),
    ).reference
    helper = actions.in_their_name(reference, actor=adviser)
    make.go_on(reference, helper, told=told, until="photo")
    return reference, helper


@pytest.fixture
def adviser(database) -> Actor:
    return make.staff("helping_hands", "adviser", name="Jo Adviser")


def test_a_parent_on_the_phone_acts_for_their_child_by_what_they_tell(adviser):
    reference, helper = begun(
        adviser,
        **{
            "applicant/person.birth_date": "2020-05-01",
            "representative/representation.parental_responsibility": True,
        },
    )

    seen = make.view(reference, helper)
    assert seen.for_whom == "child"
    assert seen.mandate is not None
    assert (seen.mandate.basis, seen.mandate.person) == ("parent", helper.person)
    assert seen.mandate.representative not in (None, helper.person), "the parent is a third"
    assert seen.mandate.name == "Ada Roe", "not who wrote it down for them"


def test_an_attorney_is_recorded_with_their_power(adviser):
    reference, helper = begun(
        adviser,
        for_whom="someone_else",
        **{"representative/representation.authority": "power_of_attorney"},
    )

    mandate = make.view(reference, helper).mandate
    assert mandate is not None
    assert mandate.basis == "power_of_attorney"
    assert mandate.may_agree


def test_the_parent_comes_back_to_it_as_who_acts_for_the_child(adviser, owner):
    reference, helper = begun(adviser, **{"applicant/person.birth_date": "2020-05-01"})
    mandate = make.view(reference, helper).mandate
    assert mandate is not None
    parent = Actor(
        kind="person",
        id=str(mandate.representative),
        name="The applicant",
        person=mandate.representative,
    )

    in_stead = standing_in(reference, actor=parent)

    assert in_stead.person == helper.person
    assert make.view(reference, in_stead).reference == reference
    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(reference, parent)


def test_what_is_for_oneself_alone_is_begun_for_nobody_else(adviser):
    with pytest.raises(NotForThem):
        begun(adviser, TREE)


def test_the_parent_sees_who_helped_and_ends_it(adviser):
    reference, helper = begun(adviser, **{"applicant/person.birth_date": "2020-05-01"})
    mandate = make.view(reference, helper).mandate
    assert mandate is not None
    parent = Actor(
        kind="person", id=str(mandate.representative), name="", person=mandate.representative
    )

    (help_,) = actions.help_received(actor=parent)
    assert help_.helper_name == "Jo Adviser"
    with pytest.raises(NoSuchHelp):
        actions.end_help_received(help_.id, actor=make.person(), at=make.AT)
    actions.end_help_received(help_.id, actor=parent, at=make.AT)

    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(reference, helper)
