"""For whom an application is lodged, which badge it renews, and that it is lodged once."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from interfaces.dft_blue_badge.samples import application, order, organisation_application
from standpipe.applications import actions
from standpipe.applications.queries import open_application, reference_of
from tests import make
from tests.integration.interfaces.conftest import COUNTY, Authority
from tests.integration.interfaces.test_dft_badges import today

BORN = "1970-05-29"


def ours(identifier: str):
    """The application of ours behind an identifier of theirs."""
    who = make.staff(COUNTY)
    reference = reference_of(UUID(identifier), actor=who, at=datetime.now(UTC))
    return open_application(reference, actor=who, at=datetime.now(UTC))


def notes(view) -> str:
    return " ".join(one.why for one in view.case.events)


def issued(badges: Authority, *, days_left: int) -> str:
    """A badge of somebody born on that day, whose time is nearly over or not."""
    body = order(
        today().isoformat(),
        (today() + timedelta(days=days_left)).isoformat(),
        party__person__badgeHolderName=f"Ann {secrets.token_hex(4)}",
    )
    number = badges.post("/badges", body).json()["data"][0]
    badges.post("/badges/print-batch", {"batchType": "STANDARD"})
    badges.post("/badges/collect-batches")
    return number


def renewing(number: str, **changes) -> dict:
    named = {"applicationTypeCode": "RENEW", "existingBadgeNumber": number}
    return application(**{**named, **changes})


def test_an_organisation_lodges_as_one_with_its_vehicles(applications):
    identifier = applications.post("/applications", organisation_application()).json()["data"]

    view = ours(identifier)

    assert view.for_whom == "organisation"
    assert view.case.title == "The Old Chapel Trust"
    said = view.answers
    assert said["applicant/organisation.name"] == "The Old Chapel Trust"
    assert said["applicant/organisation.badges_wanted"] == 2
    assert said["vehicle[1]/vehicle.registration"] == "VK61VZZ"
    assert said["vehicle[1]/vehicle.kind"] == "minibus"
    assert said["representative/contact.email"]
    assert said.get("applicant/contact.email") is None


def test_a_renewal_takes_the_place_of_the_badge_that_it_names(applications, badges):
    number = issued(badges, days_left=40)
    identifier = applications.post("/applications", renewing(number)).json()["data"]
    view = ours(identifier)

    actions.decide(
        view.reference,
        outcome="eligible",
        ground="WALKD",
        reason="As before.",
        actor=make.staff(COUNTY),
        at=datetime.now(UTC),
    )

    new = ours(identifier).entitlement
    assert new.renews is not None
    assert new.starts_on == today() + timedelta(days=41)
    assert badges.get(f"/badges/{number}").json()["data"]["statusCode"] == "ISSUED"


@pytest.mark.parametrize(
    ("days_left", "changes", "words"),
    [
        (400, {}, "too early"),
        (40, {"party__person__dob": "1971-01-01"}, "born on another day"),
        (40, {"existingBadgeNumber": "AAAAAA"}, "not in your register"),
    ],
)
def test_what_cannot_be_linked_is_lodged_and_told_to_whoever_works_the_case(
    applications, badges, days_left, changes, words
):
    number = issued(badges, days_left=days_left)

    lodged = applications.post("/applications", renewing(number, **changes))

    view = ours(lodged.json()["data"])
    assert view.status == "submitted"
    assert words in notes(view)


def test_the_same_words_sent_again_are_the_same_application(applications):
    client = Authority(applications.published, applications.token, keyed=False)
    sent = application(party__person__badgeHolderName=f"Ann {secrets.token_hex(4)}")
    other = {**sent, "paymentReference": "ANOTHER1"}

    first, again, changed = (
        client.post("/applications", body).json()["data"] for body in (sent, sent, other)
    )

    assert first == again != changed


def test_after_it_was_deleted_the_same_words_are_another_application(applications):
    client = Authority(applications.published, applications.token, keyed=False)
    sent = application(party__person__badgeHolderName=f"Ann {secrets.token_hex(4)}")
    first = client.post("/applications", sent).json()["data"]
    client.ask("DELETE", f"/applications/{first}")

    assert client.post("/applications", sent).json()["data"] != first
