"""Whoever may not have long to live is decided on first: the queue says so, and is sorted so."""

from __future__ import annotations

from tests.journeys.applicant import DISCRETIONARY, Applicant, resident
from tests.journeys.conftest import Let
from tests.journeys.test_decided_by_staff import Staff, sign_in

TERMINAL = {**DISCRETIONARY, "applicant/mobility.main_reason": "terminal"}


def test_terminal_illness_stands_first_in_the_queue_and_says_so(let_in: Let, staff: Staff) -> None:
    references = []
    for says in (DISCRETIONARY, TERMINAL):
        with let_in() as visitor:
            farid = Applicant(visitor, resident("farid"), says=says)
            farid.begin()
            farid.answer_all()
            farid.send()
            farid.pay()
            references.append(farid.reference)
    sooner, later = references[1], references[0]

    with let_in() as officer:
        sign_in(officer, staff["Caseworker"])
        for language, label in (("en", "Terminal illness"), ("cy", "Salwch angheuol")):
            # By name, as others wait as well, and the queue has pages.
            named = f"text={resident('farid').family}"
            officer.open(f"/staff/?lang={language}&{named}")
            listed = [row.inner_text() for row in officer.page.locator("tbody tr").all()]
            at = {one: next(n for n, row in enumerate(listed) if one in row) for one in references}

            assert at[sooner] < at[later]
            assert label in listed[at[sooner]]
            assert label not in listed[at[later]]

        officer.open(f"/staff/cases/{sooner}")
        assert officer.page.locator(".govuk-tag--orange").inner_text() == "Salwch angheuol"
