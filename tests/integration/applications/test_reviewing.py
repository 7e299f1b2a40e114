"""A refusal is looked at again: by when, by whom, and what follows if it is changed."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from standpipe.applications import actions
from standpipe.applications.actions.concluding import write_letter
from standpipe.applications.actions.one_each import HeldAlready
from standpipe.applications.application import NoSuchApplication
from standpipe.cases.actions import AlreadyDecided
from standpipe.cases.lifecycle import NotAllowedNow, ReasonNeeded
from standpipe.cases.queries import QueueFilters, open_case, queue
from standpipe.cases.review import AskedAlready, NotReviewable, TookPart, TooLate
from standpipe.consent.actions import permit_task
from standpipe.consent.queries import standing_in
from standpipe.documents.queries import documents_of
from standpipe.identity.tenancy import acting
from tests import make
from tests.make import AT
from tests.unit.documents import files

COUNTY = "borrowdale_county"
LATER = AT + timedelta(days=3)
LAST_DAY = AT + timedelta(days=28)
SO = {"ground": "", "reason": "The hospital's letter shows it."}
WHY = "You missed the letter of my hospital."


@pytest.fixture(scope="module")
def first(database):
    return make.staff(COUNTY, name="Cass Officer")


@pytest.fixture(scope="module")
def second(database):
    return make.staff(COUNTY, name="Robin Reviewer")


def refused(first, person=None, *, at=AT, **more):
    """A refused application, and whose it is."""
    person = person or make.resident()
    reference = make.received(person, **more)
    actions.decide(
        reference, outcome="not_eligible", ground="NONE", reason="No rule.", actor=first, at=at
    )
    return reference, standing_in(reference, actor=person)


def asked(first, **more):
    reference, person = refused(first, **more)
    actions.ask_review(reference, words=WHY, actor=person, at=LATER)
    return reference, person


def case_of(reference, officer):
    with acting(officer):
        return open_case(
            reference,
            permit_task(officer, organisation=officer.organisation, purpose="casework", at=LATER),
        )


def told(owner, reference):
    rows = owner.execute(
        "SELECT name, body FROM notifications_message WHERE what LIKE %s ORDER BY id",
        [f"application:{reference}%"],
    )
    return dict(rows.fetchall())


def test_a_review_waits_on_the_organisation_in_nobody_s_hands_until_its_day(first):
    reference, person = asked(first)

    case = case_of(reference, first)

    assert (case.position.status, case.position.waits_on) == ("in_review", "organisation")
    assert case.position.due_on == (LATER + timedelta(days=28)).date()
    assert (case.closed_at, case.assigned_to) == (None, None)
    assert (case.review.words, case.review.asked_by) == (WHY, "Ada Roe")
    assert make.view(reference, person).outcome == "not_eligible", "the first decision stands"
    with acting(first):
        permission = permit_task(
            first, organisation=first.organisation, purpose="casework", at=LATER
        )
        found = queue(permission, filters=QueueFilters(status="in_review", text=reference))
    assert [row.reference for row in found.rows] == [reference]


def test_who_asks_is_told_by_when_and_sees_it_on_their_page(first, owner):
    reference, person = asked(first)

    assert "23 December 2026" in told(owner, reference)["review_asked"]
    items = [(item.words.en, item.detail) for item in make.view(reference, person).timeline]
    assert items[-1] == ("You asked us to look at it again", WHY)


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=28)])
def test_it_can_be_asked_from_the_day_of_the_decision_to_the_last_day(first, after):
    reference, person = refused(first)

    actions.ask_review(reference, words=WHY, actor=person, at=AT + after)

    assert make.view(reference, person).case.review is not None


def test_a_day_later_it_is_too_late_and_it_says_which_day_was_the_last(first):
    reference, person = refused(first)

    with pytest.raises(TooLate) as late:
        actions.ask_review(reference, words=WHY, actor=person, at=LAST_DAY + timedelta(days=1))

    assert late.value.last_day == LAST_DAY.date()
    assert make.view(reference, person).case.closed_at is not None


def test_it_is_asked_once(first, second):
    reference, person = asked(first)

    with pytest.raises(AskedAlready):
        actions.ask_review(reference, words=WHY, actor=person, at=LATER)
    actions.review(reference, outcome="not_eligible", **SO, actor=second, at=LATER)
    with pytest.raises(AskedAlready):
        actions.ask_review(reference, words=WHY, actor=person, at=LATER)


def test_it_is_not_asked_without_saying_why(first):
    reference, person = refused(first)

    with pytest.raises(ReasonNeeded):
        actions.ask_review(reference, words=" ", actor=person, at=LATER)


def test_what_was_granted_or_not_decided_is_not_reviewed(first):
    waiting, granted = make.received(make.person()), make.received(make.person())
    actions.decide(granted, outcome="eligible", ground="WALKD", reason="So.", actor=first, at=AT)

    for reference in (waiting, granted):
        with pytest.raises(NotReviewable):
            actions.ask_review(reference, words=WHY, actor=first, at=LATER)


def test_nobody_asks_for_somebody_else_s_application(first):
    reference, _ = refused(first)

    with pytest.raises(NoSuchApplication):
        actions.ask_review(reference, words=WHY, actor=make.resident(name="Eve"), at=LATER)
    with pytest.raises(NoSuchApplication):
        actions.review(
            reference, outcome="eligible", **SO, actor=make.staff("northmere_district"), at=LATER
        )


def test_whoever_acts_for_somebody_asks_in_their_stead(first, owner):
    mair = make.resident(name="Mair Puw")
    reference, in_stead = asked(
        first,
        person=mair,
        for_whom="child",
        told={"representative/person.name": {"given": "Mair", "family": "Puw"}},
    )

    assert in_stead.kind == "on_behalf"
    assert case_of(reference, first).review.asked_by == "Mair Puw"
    assert "about Ada Roe" in told(owner, reference)["review_asked_other"]
    sentences = [item.words.en for item in make.view(reference, in_stead).timeline]
    assert "You sent the application for Ada Roe" in sentences
    assert not any("your application" in one.casefold() for one in sentences)


def test_staff_ask_for_somebody_who_phones(first):
    reference, person = refused(first)

    actions.ask_review(reference, words="She rang: " + WHY, actor=first, at=LATER)

    assert make.view(reference, person).case.review.asked_by == "Ada Roe"


def test_who_decided_does_not_review_whatever_their_system_says(first, second, owner):
    reference, _ = asked(first)

    with pytest.raises(TookPart, match="You took part"):
        actions.review(reference, outcome="eligible", **SO, actor=first, at=LATER)
    assert case_of(reference, second).position.status == "in_review"
    with pytest.raises(psycopg.errors.CheckViolation, match="cases_reviewed_by_another"):
        owner.execute(
            "UPDATE cases_review SET reviewer = decided_by"
            " WHERE case_id = (SELECT id FROM cases_case WHERE reference = %s)",
            [reference],
        )


def test_neither_does_who_checked_or_asked_for_something_before(first, second):
    helper, teller = make.staff(COUNTY, name="Hal Helper"), make.staff(COUNTY, name="Nat Noter")
    person = make.resident()
    reference = make.received(person)
    actions.finish_task(reference, task="identity", actor=helper, at=AT)
    actions.note(reference, text="She rang.", actor=teller, at=AT)
    actions.decide(reference, outcome="not_eligible", ground="", reason="No.", actor=first, at=AT)
    actions.ask_review(reference, words=WHY, actor=person, at=LATER)

    with pytest.raises(TookPart):
        actions.review(reference, outcome="eligible", **SO, actor=helper, at=LATER)
    actions.review(reference, outcome="eligible", **SO, actor=teller, at=LATER)


def test_a_changed_decision_leads_on_as_a_grant_does(first, second, owner):
    reference, person = asked(first)

    actions.review(
        reference, outcome="eligible", ground="WALKD", reason=SO["reason"], actor=second, at=LATER
    )

    view = make.view(reference, person)
    assert (view.outcome, view.case.position.status) == ("eligible", "granted")
    assert view.entitlement.starts_on == LATER.date()
    assert view.case.review.is_changed
    assert view.case.review.reviewed_by == "Robin Reviewer"
    assert [one.outcome for one in view.case.decisions] == ["not_eligible", "eligible"]
    messages = told(owner, reference)
    assert SO["reason"] in messages["reviewed_eligible"]
    ordered = owner.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'applications.tell_maker'"
        " AND args ->> 'entitlement' = %s",
        [str(view.entitlement.id)],
    ).fetchone()
    assert ordered == (1,)


def test_an_upheld_decision_says_so_and_where_else_to_go(first, second, owner):
    reference, person = asked(first)

    actions.review(reference, outcome="not_eligible", **SO, actor=second, at=LATER)

    view = make.view(reference, person)
    assert (view.outcome, view.case.position.status) == ("not_eligible", "refused")
    assert not view.case.review.is_changed
    said = told(owner, reference)["reviewed_not_eligible"]
    assert "stays as it is" in said
    assert "Ombudsman" in said
    with pytest.raises(AlreadyDecided):
        actions.review(reference, outcome="eligible", **SO, actor=second, at=LATER)


def test_each_decision_has_its_letter(first, second):
    reference, person = refused(first, language="cy")
    letters = [write_letter(reference, actor=make.worker(COUNTY), at=AT)]
    actions.ask_review(reference, words=WHY, actor=person, at=LATER)
    assert write_letter(reference, actor=make.worker(COUNTY), at=LATER) == letters[0]
    actions.review(reference, outcome="eligible", **SO, actor=second, at=LATER)

    letters.append(write_letter(reference, actor=make.worker(COUNTY), at=LATER))

    assert letters[0] != letters[1]
    assert make.view(reference, person).letter == letters[1]
    assert write_letter(reference, actor=make.worker(COUNTY), at=LATER) == letters[1]


def test_new_evidence_is_with_the_case_and_the_reviewer_may_ask_for_more(first, second):
    reference, person = refused(first)
    paper = ("hospital.pdf", files.pdf("From the hospital"))
    actions.ask_review(reference, words=WHY, files=[paper], actor=person, at=LATER)
    actions.ask_for_more(reference, words="Which hospital?", actor=second, at=LATER)
    assert case_of(reference, second).position.waits_on == "applicant"

    actions.reply(reference, words="Rosegill.", files=[], actor=person, at=LATER)

    assert case_of(reference, second).position.status == "in_review"
    with acting(second):
        permission = permit_task(
            second, organisation=second.organisation, purpose="casework", at=LATER
        )
        names = [
            one.name for one in documents_of(f"application:{reference}", permission=permission)
        ]
    assert "hospital.pdf" in names
    actions.review(reference, outcome="eligible", **SO, actor=second, at=LATER)


def test_a_review_does_not_grant_a_second_badge(first, second):
    reference, person = asked(first)
    make.held(person, "blue_badge", at=AT)

    with pytest.raises(HeldAlready):
        actions.review(reference, outcome="eligible", **SO, actor=second, at=LATER)


def test_nothing_is_decided_as_the_first_time_while_it_is_looked_at_again(first, second):
    reference, _ = asked(first)

    with pytest.raises(NotAllowedNow):
        actions.decide(reference, outcome="eligible", **SO, actor=second, at=LATER)
