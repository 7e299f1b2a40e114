"""Staff end a mandate: the representative sees nothing more at once, and is told so and why."""

from __future__ import annotations

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.closing import close_for_death
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.applications.application import NoSuchApplication
from standpipe.audit.queries import about
from standpipe.consent.actions import NotPermitted, permit_own, permit_task
from standpipe.consent.actions.mandating import AlreadyRevoked
from standpipe.consent.queries import standing_in
from standpipe.entitlements.queries import entry_by_id
from standpipe.identity.queries import has_died
from standpipe.identity.tenancy import acting
from tests import make

COUNTY = "borrowdale_county"
TOLD = {
    "applicant/person.name": {"given": "Tom", "family": "Tyson"},
    "applicant/person.birth_date": "2020-05-01",
    "representative/person.name": {"given": "Mair", "family": "Puw"},
    "representative/representation.parental_responsibility": True,
    "applicant/mobility.main_reason": "terminal",
}


@pytest.fixture
def mair(database):
    return make.resident(name="Mair Puw")


@pytest.fixture
def reference(mair) -> str:
    """An application that Mair sent for Tom."""
    reference = make.application(mair, told=TOLD, for_whom="child", mark="Puw")
    in_stead = standing_in(reference, actor=mair)
    with acting(in_stead):
        finish(load(reference, actor=in_stead, at=make.AT, lock=True))
    return reference


def messages(owner, reference: str) -> list[tuple[str, str, str]]:
    rows = owner.execute(
        'SELECT name, channel, "to" FROM notifications_message WHERE what LIKE %s ORDER BY id',
        [f"application:{reference}%"],
    )
    return rows.fetchall()


def end(reference: str, because: str) -> None:
    officer = make.staff(COUNTY)
    actions.end_mandate(reference, because=because, actor=officer, at=make.AT)


def test_they_see_nothing_more_and_are_told_so_and_why(mair, reference, owner):
    person = standing_in(reference, actor=mair).person
    end(reference, "power_ended")

    assert standing_in(reference, actor=mair) == mair
    with pytest.raises((NoSuchApplication, NotPermitted)):
        make.view(reference, mair)
    assert messages(owner, reference)[-1] == ("mandate_ended", "email", "puw@example.org")
    (body,) = owner.execute(
        "SELECT body FROM notifications_message WHERE what = %s AND name = 'mandate_ended'",
        [f"application:{reference}"],
    ).fetchone()
    assert "because their power or authority has ended" in body
    officer = make.staff(COUNTY)
    mandate = make.view(reference, officer).mandate
    assert mandate is not None
    assert mandate.ended_because == "power_ended"
    with acting(make.another(mair, person=person)):
        assert "mandate.revoked" in {one.verb for one in about(person)}


def test_from_then_on_the_person_is_written_to_at_home(reference, owner):
    end(reference, "taken_back")

    actions.ask_for_more(reference, words="Which hospital?", actor=make.staff(COUNTY), at=make.AT)

    name, channel, to = messages(owner, reference)[-1]
    assert (name, channel) == ("need_more", "letter")
    assert to.splitlines()[0] == "Parent or guardian of Tom Tyson"


def test_it_ends_once(reference):
    end(reference, "taken_back")

    with pytest.raises(AlreadyRevoked):
        end(reference, "power_ended")


def test_when_the_person_died_it_is_closed_and_only_that_is_written(mair, reference, owner):
    person = standing_in(reference, actor=mair).person
    end(reference, "person_died")
    close_for_death(person, actor=make.worker(COUNTY), at=make.AT)

    officer = make.staff(COUNTY)
    assert make.view(reference, officer).status == "withdrawn"
    sent = messages(owner, reference)
    assert [one[0] for one in sent] == ["received_other", "mandate_ended"]


def test_when_the_person_died_what_they_hold_is_cancelled(mair, reference):
    person = standing_in(reference, actor=mair).person
    entry = make.held(make.another(mair, person=person), "blue_badge")

    end(reference, "person_died")

    officer = make.staff(COUNTY)
    with acting(officer):
        permission = permit_task(
            officer, organisation=officer.organisation, purpose="test", at=make.AT
        )
        cancelled = entry_by_id(entry, permission)
    assert cancelled.status == "cancelled"
    assert (cancelled.history[-1].reason, cancelled.history[-1].words) == ("DECEASE", reference)
    assert has_died(person)


@pytest.mark.parametrize("because", ["power_ended", "taken_back"])
def test_what_they_hold_outlives_who_acted_for_them(mair, reference, because):
    person = standing_in(reference, actor=mair).person
    entry = make.held(make.another(mair, person=person), "blue_badge")

    end(reference, because)

    with acting(make.another(mair, person=person)):
        own = permit_own(make.another(mair, person=person), purpose="test", at=make.AT)
        assert entry_by_id(entry, own).status == "issued"
