"""Drafts: saved and come back to, kept apart, expired, and true to the version they began with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from standpipe.applications import actions
from standpipe.applications.actions import Address
from standpipe.applications.actions.expiring import expire_drafts
from standpipe.applications.application import NoSuchApplication, NoSuchPage, WrongCode
from standpipe.consent.actions import permit_own
from standpipe.identity.tenancy import acting
from standpipe.notifications.queries import messages_of
from standpipe.packs import loaded
from tests import make
from tests.house.source import ROOT
from tests.make import AT

EMAIL = "ada@example.org"
TREE = "report_a_fallen_tree"


def saved(person):
    reference = make.application(person, until="benefits", at=AT)
    assert actions.save(reference, email=EMAIL, actor=person, at=AT).faults == ()
    return reference


def code_for(reference: str, owner: psycopg.Connection) -> str:
    """Return the last code that was e-mailed."""
    body = owner.execute(
        "SELECT body FROM notifications_message WHERE what LIKE %s AND name = 'return_code'"
        " ORDER BY id DESC LIMIT 1",
        [f"application:{reference}%"],
    ).fetchone()
    assert body is not None, "no code was sent"
    return re.search(r"\b\d{6}\b", body[0])[0]


def come_back(reference, code, *, at=AT, email=EMAIL):
    return actions.come_back(reference, to=Address("email", email), code=code, at=at)


def test_a_saved_draft_is_come_back_to_with_the_code(owner):
    person = make.person()
    reference = saved(person)

    actions.send_return_code(reference.lower(), to=Address("email", EMAIL.upper()), at=AT)
    code = code_for(reference, owner)

    assert come_back(reference, f"{code[:3]} {code[3:]}") == person.person
    with pytest.raises(WrongCode):
        come_back(reference, code)


@pytest.mark.parametrize(
    ("minutes", "email"), [(16, EMAIL), (1, "eve@example.org")], ids=["too old", "another address"]
)
def test_a_code_does_not_work_for_ever_nor_for_others(owner, minutes, email):
    reference = saved(make.person())
    actions.send_return_code(reference, to=Address("email", EMAIL), at=AT)

    with pytest.raises(WrongCode):
        come_back(
            reference, code_for(reference, owner), at=make.later(minutes=minutes), email=email
        )


def test_after_too_many_tries_the_right_code_is_wrong_too(owner):
    reference = saved(make.person())
    actions.send_return_code(reference, to=Address("email", EMAIL), at=AT)
    code = code_for(reference, owner)
    wrong = "000000" if code != "000000" else "111111"

    for _ in range(5):
        with pytest.raises(WrongCode):
            come_back(reference, wrong)

    with pytest.raises(WrongCode):
        come_back(reference, code)


def test_a_new_code_ends_the_old_one_and_codes_are_not_sent_in_a_row(owner):
    reference = saved(make.person())
    actions.send_return_code(reference, to=Address("email", EMAIL), at=AT)
    old = code_for(reference, owner)

    actions.send_return_code(reference, to=Address("email", EMAIL), at=make.later(seconds=5))
    assert code_for(reference, owner) == old
    actions.send_return_code(reference, to=Address("email", EMAIL), at=make.later(minutes=1))
    new = code_for(reference, owner)

    if new != old:
        with pytest.raises(WrongCode):
            come_back(reference, old, at=make.later(minutes=2))
    assert come_back(reference, new, at=make.later(minutes=2))


def test_nobody_learns_whether_there_is_an_application(owner):
    actions.send_return_code("SP-AAAA-AAAA", to=Address("email", EMAIL), at=AT)
    actions.send_return_code(saved(make.person()), to=Address("email", "eve@example.org"), at=AT)

    sent = owner.execute(
        "SELECT count(*) FROM notifications_message"
        " WHERE name = 'return_code' AND (\"to\" LIKE 'eve%' OR what LIKE '%SP-AAAA-AAAA%')"
    ).fetchone()
    assert sent == (0,)


def test_an_unfinished_draft_is_deleted_after_its_time(owner):
    person = make.person()
    reference = saved(person)
    fresh = make.begun(make.person(), "blue_badge", at=make.later(days=20))

    expire_drafts(actor=make.worker("borrowdale_county"), at=make.later(days=30))

    facts = owner.execute("SELECT count(*) FROM facts_fact WHERE person_id = %s", [person.person])
    status = owner.execute(
        "SELECT status FROM applications_application WHERE reference = ANY(%s) ORDER BY begun_at",
        [[reference, fresh]],
    ).fetchall()
    codes = owner.execute(
        "SELECT count(*) FROM applications_returncode r JOIN applications_application a"
        " ON a.id = r.application_id WHERE a.reference = %s",
        [reference],
    )
    assert facts.fetchone() == codes.fetchone() == (0,)
    assert status == [("expired",), ("draft",)]
    with pytest.raises(WrongCode):
        come_back(reference, "123456", at=make.later(days=30))


def test_two_residents_cannot_touch_each_other_s_drafts():
    ada, bryn = make.person(), make.person()
    reference = make.begun(ada, "blue_badge")

    for act in (
        lambda: make.view(reference, bryn),
        lambda: actions.answer(reference, page="name", submitted={}, actor=bryn, at=AT),
        lambda: actions.save(reference, email=EMAIL, actor=bryn, at=AT),
        lambda: actions.withdraw(reference, actor=bryn, at=AT),
    ):
        with pytest.raises(NoSuchApplication):
            act()


def test_a_page_that_is_not_asked_takes_no_answer():
    ada = make.person()
    reference = make.begun(ada, "blue_badge")

    for page in ("pip_planning", "no_such_page"):
        with pytest.raises(NoSuchPage):
            actions.answer(reference, page=page, submitted={}, actor=ada, at=AT)


def test_an_application_keeps_the_version_it_began_with(tmp_path):
    ada, bryn = make.person(), make.person()
    before = make.begun(ada, TREE)
    asked = {page.id for page in make.view(before, ada).pack.form.pages}

    with other_packs(tmp_path) as pack:
        form = pack / "form.yaml"
        form.write_text(form.read_text().replace("- id: where", "- id: where_exactly"))
        after = make.begun(bryn, TREE)
        old, new = make.view(before, ada), make.view(after, bryn)
        make.go_on(before, ada, mark="Oak")
        actions.submit(before, declared=True, return_url="", actor=ada, at=AT)

    assert {page.id for page in old.pack.form.pages} == asked
    assert "where_exactly" in {page.id for page in new.pack.form.pages}
    assert make.view(before, ada).status == "decided"


@contextmanager
def other_packs(folder: Path) -> Iterator[Path]:
    """Serve a copy of a pack, which the caller changes before it is first read."""
    shutil.copytree(ROOT / "service_packs" / TREE, folder / "packs" / TREE)
    before = settings.ENV
    settings.ENV = replace(before, packs_dir=folder / "packs")
    loaded.read_again()
    try:
        yield folder / "packs" / TREE
    finally:
        settings.ENV = before
        loaded.read_again()


def test_an_account_finds_again_what_it_began():
    account = make.account()
    visitor = make.another(make.person(), id=str(account), person=None)

    begun = actions.begin(TREE, actor=visitor, language="en", channel="web", at=AT)

    again = actions.begin(TREE, actor=visitor, language="en", channel="web", at=AT)
    assert begun.person == again.person


def test_what_was_told_before_is_offered_and_kept_only_by_choice():
    ada = make.person()
    first = make.application(ada, TREE, mark="Oak")
    second = make.begun(ada, TREE)

    offered = make.view(second, ada).offered
    make.go_on(second, ada, until="contact", mark="Ash")
    page = make.view(second, ada).next_page
    email = "applicant/contact.email"
    assert make.view(second, ada).offered[email].value == make.view(first, ada).answers[email]
    actions.answer(second, page=page.id, submitted={"keep": "yes"}, actor=ada, at=AT)

    assert email in offered
    assert make.view(second, ada).answers[email] == "oak@example.org"


def test_messages_about_a_draft_go_where_it_was_saved():
    ada = make.person()
    reference = saved(ada)

    with acting(ada):
        permission = permit_own(ada, purpose="test", at=AT)
        found = messages_of(
            f"application:{reference}#saved:{AT.isoformat()}", permission=permission
        )

    assert [message.to for message in found] == [EMAIL]
