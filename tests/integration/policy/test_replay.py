"""A decision can be made again by the rules it was made by, whatever came after."""

import secrets
from collections import Counter

import pytest

from standpipe.applications.actions import decide
from standpipe.applications.actions.loading import load_draft
from standpipe.applications.actions.lodging import lodge, send_lodged
from standpipe.applications.application import NotDecided
from standpipe.applications.queries import past_decisions, replay
from standpipe.identity.tenancy import acting
from tests import make

COUNTY = "borrowdale_county"
TOLD = {
    "applicant/person.birth_date": "1980-03-31",
    "applicant/benefit.received": ["pip"],
    "applicant/benefit.pip.moving_around": "c",
    "applicant/benefit.pip.planning": "a",
    "applicant/person.is_severely_sight_impaired": False,
}


@pytest.fixture
def lodged():
    """A paper application that waits for a person to decide it."""
    actor = make.client(COUNTY).actor
    with acting(actor):
        draft = lodge(
            "blue_badge", answers={}, language="en", channel="paper", actor=actor, at=make.AT
        )
        reference = draft.row.reference
    make.go_on(reference, actor, told=TOLD, mark=secrets.token_hex(4))
    with acting(actor):
        send_lodged(load_draft(reference, actor=actor, at=make.AT), declared=True)
    return reference


def test_the_same_rules_say_the_same_again(lodged):
    officer = make.staff(COUNTY, "caseworker")
    decide(lodged, outcome="eligible", ground="PIP-MA", reason="Yes", actor=officer, at=make.AT)

    replayed = replay(lodged, actor=officer, at=make.later(days=900))

    assert replayed.again["outcome"] == "eligible"
    assert replayed.again["steps"][0]["row_id"] == "pip_moving_around"
    assert {**replayed.kept, "outputs": None} == {**replayed.again, "outputs": None}


def test_what_decisions_rested_on_is_given_to_their_organisation_alone(lodged):
    officer = make.staff(COUNTY, "caseworker", "manager")
    before = past_decisions("blue_badge", actor=officer, at=make.AT)
    decide(lodged, outcome="eligible", ground="PIP-MA", reason="Yes", actor=officer, at=make.AT)

    ours = past_decisions("blue_badge", actor=officer, at=make.AT)
    theirs = past_decisions(
        "blue_badge", actor=make.staff("northmere_district", "manager"), at=make.AT
    )

    assert moving_around(ours) - moving_around(before) == Counter(["c"])
    assert theirs == ()


def moving_around(decisions):
    """Return how many decisions rested on each descriptor."""
    need = "applicant/benefit.pip.moving_around"
    return Counter(one.known[need].value for one in decisions if need in one.known)


def test_an_undecided_application_is_not_replayed(lodged):
    with pytest.raises(NotDecided):
        replay(lodged, actor=make.staff(COUNTY, "caseworker"), at=make.AT)
