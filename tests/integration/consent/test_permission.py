from datetime import UTC, datetime

import pytest

from standpipe.consent import actions
from standpipe.consent.actions import NotPermitted, permit_own, permit_task
from standpipe.consent.permission import Permission
from standpipe.identity.actor import ANONYMOUS, Actor, system
from standpipe.kernel.identifiers import new_id

AT = datetime(2026, 11, 22, tzinfo=UTC)
COUNTY, TRUST = new_id(), new_id()
KIT = Actor(kind="staff", id="1", name="Kit", organisation=COUNTY)


def test_a_permission_cannot_be_made_by_hand():
    with pytest.raises(TypeError, match=r"consent\.actions"):
        Permission(KIT, None, COUNTY, "x", "public_task", None, AT, None, None, seal=object())


def test_only_consent_holds_the_seal():
    assert actions.__name__ == "standpipe.consent.actions"
    permission = permit_task(KIT, organisation=COUNTY, purpose="x", at=AT)

    assert permission.covers("person.birth_date")


@pytest.mark.parametrize(
    "actor",
    [
        KIT,
        Actor(kind="client", id="c", name="c", organisation=COUNTY),
        system(COUNTY, task="t"),
    ],
)
def test_who_acts_for_an_organisation_is_permitted_its_task_and_no_other_one_s(actor):
    assert permit_task(actor, organisation=COUNTY, purpose="x", at=AT).organisation == COUNTY
    with pytest.raises(NotPermitted):
        permit_task(actor, organisation=TRUST, purpose="x", at=AT)


def test_a_person_is_permitted_what_is_theirs_and_not_an_organisations_task():
    person = new_id()
    ada = Actor(kind="person", id="a", name="Ada", person=person)

    assert permit_own(ada, purpose="x", at=AT).subject == person
    with pytest.raises(NotPermitted):
        permit_task(ada, organisation=COUNTY, purpose="x", at=AT)
    with pytest.raises(NotPermitted):
        permit_own(ANONYMOUS, purpose="x", at=AT)
