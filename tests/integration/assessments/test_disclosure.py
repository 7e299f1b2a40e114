"""An assessor is shown exactly what was disclosed: each answer of the case bears its own canary."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from django.test import Client

from standpipe.applications import actions
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs, vocabulary
from standpipe.places.actions import organisation_id
from standpipe.vocabulary.need import Need
from tests import make
from tests.house.leaks.actors import _signed_in
from tests.integration.assessments.conftest import COUNTY, LETTER, TRUST, assessor, take

CANARY = re.compile(r"zqq[a-z]+qqz")
TEXTS = ("text", "long_text", "name", "email")


def canary(need: str) -> str:
    """A word that stands in the answer to one need alone."""
    return f"zqq{''.join(letter for letter in need if letter.isalpha())}qqz"


def told() -> dict[str, Any]:
    """An answer with its canary for everything that can be told in words."""
    found: dict[str, Any] = {}
    for page in packs()["blue_badge"].form.pages:
        for ask in page.ask:
            kind = vocabulary()[Need.parse(ask.need).attribute].type
            word = canary(ask.need)
            if kind == "name":
                found[ask.need] = {"given": "Ada", "family": word}
            elif kind == "email":
                found[ask.need] = f"{word}@example.org"
            elif kind == "address":
                parts = {"line1": f"1 {word}", "line2": "", "county": ""}
                found[ask.need] = {**parts, "town": word, "postcode": "BO1 1AA"}
            elif kind in TEXTS:
                found[ask.need] = f"Since 2019, {word}"
    return found


@pytest.fixture(scope="module")
def case(database) -> tuple[str, str, Any]:
    """A case of the county full of canaries, its referral to the trust, and its assessor."""
    applicant, officer = make.person(), make.staff(COUNTY, "caseworker", name="Cass zqqstaffqqz")
    answers = told()
    reference = make.application(applicant, until="medical_letter", told=answers)
    page = make.view(reference, applicant).next_page
    assert page is not None
    make.upload(reference, page, LETTER, applicant, mark="zqqletterqqz")
    make.go_on(reference, applicant, told=answers, mark="zqqpaperqqz")
    with acting(applicant):
        finish(load(reference, actor=applicant, at=make.AT, lock=True))
    actions.note(reference, text="zqqnoteqqz", actor=officer, at=make.AT)
    referral = actions.refer(reference, actor=officer, at=make.AT)
    expert = assessor()
    take(referral, expert)
    return reference, referral, expert


def allowed() -> set[str]:
    definition = packs()["blue_badge"].case.assessment
    assert definition is not None
    needs = set(definition.discloses) & set(told())
    # The letter's name, and the name of whoever referred it.
    return {canary(need) for need in needs} | {"zqqletterqqz", "zqqstaffqqz"}


def test_pages_show_what_was_disclosed_and_nothing_else(case):
    reference, referral, expert = case
    browser = Client(raise_request_exception=False)
    for name, value in _signed_in(expert.id).items():
        browser.cookies[name] = value
    shown = ""
    for address in ("", f"/{referral}", f"/{referral}/report"):
        answer = browser.get(f"/assessments{address or '/'}", headers={"Host": "localhost:8000"})
        assert answer.status_code == 200, address
        shown += answer.content.decode()

    found = set(CANARY.findall(shown))
    assert found == allowed()
    assert reference not in shown
    assert canary("applicant/health.conditions") in found, "the canaries would not be noticed"


def test_the_api_gives_what_was_disclosed_and_nothing_else(case):
    reference, referral, _ = case
    system = make.client(TRUST)
    answer = Client().get(
        f"/api/v1/referrals/{referral}",
        headers={"Host": "localhost:8000", "Authorization": f"Bearer {system.token}"},
    )
    # A system speaks for whoever declared through it: this one has not, and learns only the name.
    assert set(CANARY.findall(answer.content.decode())) == {
        canary("applicant/person.name"),
        canary("applicant/health.professionals"),
    }
    assert reference not in answer.content.decode()


def test_row_security_alone_shows_the_assessing_organisation_no_more(case, database):
    """Every table of the database, as the trust: canaries beyond what was disclosed are leaks."""
    with psycopg.connect(database.application) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT relname FROM pg_class WHERE relrowsecurity"
                " AND relnamespace = 'public'::regnamespace"
            )
        ]
        found: dict[str, set[str]] = {}
        for table in tables:
            with connection.transaction():
                connection.execute(
                    "SELECT set_config('standpipe.organisation', %s, true)",
                    [str(organisation_id(TRUST))],
                )
                rows = connection.execute(f"SELECT t::text FROM {table} t").fetchall()
                if words := {one for (row,) in rows for one in CANARY.findall(row)}:
                    found[table] = words

    assert set().union(*found.values()) <= allowed()
    assert found.keys() <= {
        "assessments_disclosure",
        "assessments_referral",
        "assessments_happening",
        "documents_document",
    }
    assert canary("applicant/health.conditions") in found["assessments_disclosure"]
