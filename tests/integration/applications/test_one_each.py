"""A person holds one badge: whoever seems to hold one is granted no second by the rules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from standpipe.applications.actions.loading import load
from standpipe.applications.actions.one_each import LOOKED_AFTER, SEEM_TO_HOLD
from standpipe.applications.actions.submitting import finish
from standpipe.audit.queries import about
from standpipe.entitlements.actions import cancel, enter_existing, reissue
from standpipe.entitlements.holder import Holder
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id
from tests import make
from tests.make import AT

COUNTY, DISTRICT = "borrowdale_county", "northmere_district"
BORN = date(1980, 3, 31)
NUMBER = "QQ900001A"
# Whom the department's simulator confirms; see its README.
ADA = {
    "applicant/person.name": {"given": "Ada", "family": "Lythgoe"},
    "applicant/person.birth_date": BORN.isoformat(),
    "applicant/person.national_insurance_number": NUMBER,
}
pytestmark = pytest.mark.usefixtures("nobody_holds_one")
HELD = Holder("Ada Lythgoe", BORN, "BO1 1AA", NUMBER)


def held_by_another_account(holder=HELD, *, organisation=COUNTY, **more):
    officer = make.staff(organisation)
    entry = {"starts_on": date(2026, 1, 1), "expires_on": date(2028, 12, 31), "status": "issued"}
    somebody = make.person()
    with acting(officer):
        granted = enter_existing(
            "blue_badge",
            "",
            person=somebody.person,
            organisation=officer.organisation,
            attributes={},
            holder=holder,
            actor=officer,
            at=AT,
            **(entry | more),
        )
    return somebody, granted


def ready():
    """Ada under an account of her own, with everything answered and confirmed."""
    ada = make.person()
    return ada, make.application(ada, told=ADA, agreed=True)


def send(ada, reference):
    with acting(ada):
        return finish(load(reference, actor=ada, at=AT, lock=True)).state


def noted(reference):
    case = make.view(reference, make.staff(COUNTY)).case
    return [event.why for event in case.events if event.verb == "case.noted"]


@pytest.mark.parametrize(
    "holder",
    [
        HELD,
        Holder("ADA  LYTHGOE", BORN, "BO9 9ZZ", "qq 90 00 01 a"),
        Holder("Ada Lythgoe", BORN, "bo11aa"),
        Holder("ada lythgoe", BORN, "BO1 1AA", "QQ900009Z"),
    ],
    ids=["all alike", "by the number", "by the postcode", "by the postcode, another number"],
)
def test_what_another_account_holds_is_looked_at_by_a_person(outside, owner, holder):
    somebody, entry = held_by_another_account(holder)
    ada, reference = ready()

    assert send(ada, reference) == "received"

    view = make.view(reference, ada)
    assert (view.status, view.entitlement) == ("submitted", None)
    assert view.case.position.waits_on == "organisation"
    assert noted(reference) == [SEEM_TO_HOLD]
    assert entry.number not in repr((view.case, view.timeline))
    told = owner.execute(
        "SELECT body FROM notifications_message WHERE what = %s", [f"application:{reference}"]
    ).fetchall()
    assert len(told) == 1
    assert "A person will look at it." in told[0][0]
    assert entry.number not in told[0][0]
    with acting(somebody):
        assert "entitlement.compared" in {one.verb for one in about(somebody.person)}


@pytest.mark.parametrize(
    ("holder", "more"),
    [
        (Holder("Ada Lythgoe", date(1980, 3, 30), "BO1 1AA", NUMBER), {}),
        (Holder("Ida Lythgoe", BORN, "BO1 1AA", NUMBER), {}),
        (Holder("Ada Lythgoe", BORN, "BO9 9ZZ", "QQ900009Z"), {}),
        (Holder("Ada Lythgoe", BORN), {}),
        (HELD, {"status": "cancelled"}),
        (HELD, {"status": "replaced"}),
        (HELD, {"expires_on": date(2026, 11, 21)}),
    ],
    ids=[
        "born on another day",
        "another name",
        "nothing else alike",
        "too little is known",
        "cancelled",
        "replaced",
        "expired",
    ],
)
def test_what_is_not_theirs_or_not_live_hinders_nobody(outside, holder, more):
    held_by_another_account(holder, **more)

    assert send(*ready()) == "decided"


def test_what_another_organisation_looks_after_is_named_to_staff(outside):
    held_by_another_account(organisation=DISTRICT)
    ada, reference = ready()

    send(ada, reference)

    district = LOOKED_AFTER.format(organisation="Northmere District Council")
    assert noted(reference) == [f"{SEEM_TO_HOLD} {district}"]


def test_a_new_name_hides_nobody(outside):
    _, entry = held_by_another_account()
    officer = make.worker(COUNTY)
    with acting(officer):
        reissue(
            "blue_badge",
            entry.number,
            reason="NOLONG",
            holder=Holder("Ada Roe"),
            actor=officer,
            at=AT,
            case=new_id(),
            reference="",
        )

    assert send(*ready()) == "received", "she was known by her number under the old name"


def test_once_the_other_is_cancelled_the_rules_grant(outside):
    _, entry = held_by_another_account()
    officer = make.staff(COUNTY)
    assert send(*ready()) == "received"

    with acting(officer):
        cancel("blue_badge", entry.number, reason="NOLONG", actor=officer, at=AT)

    assert send(*ready()) == "decided"


def test_of_two_who_send_at_once_one_is_granted(outside):
    both = [ready() for _ in range(2)]

    def sent(one):
        try:
            return send(*one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        states = list(pool.map(sent, both))

    assert sorted(states) == ["decided", "received"]
