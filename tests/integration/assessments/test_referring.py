"""A case goes to another organisation's expert, and comes back with what they found."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.referring import follow_referral
from standpipe.assessments.actions import declare, give_back, report
from standpipe.assessments.findings import read_findings
from standpipe.assessments.queries import open_file, referrals_of
from standpipe.assessments.referral import (
    NoSuchReferral,
    NotIndependent,
    NotYours,
    ReferralClosed,
    ReferredAlready,
    WhyNeeded,
)
from standpipe.audit.queries import about
from standpipe.cases.lifecycle import NotAllowedNow
from standpipe.consent.actions import permit_task
from standpipe.documents.queries import open_document
from standpipe.identity.actions import employ
from standpipe.identity.tenancy import acting
from standpipe.places.actions import organisation_id
from tests import make
from tests.house.leaks.asking import words_of
from tests.integration.assessments.conftest import (
    COUNTY,
    FINDINGS,
    TREATED_BY,
    TRUST,
    assessor,
    referred,
    seen,
    take,
)


def reported(one, definition, who=None):
    """Take, report, and let the worker of the county take it over."""
    expert = who or assessor()
    take(one.referral, expert)
    found = read_findings(definition, FINDINGS)
    report(one.referral, found, language="en", actor=expert, at=make.later(days=3))
    follow_referral(one.referral, actor=make.worker(COUNTY), at=make.later(days=3))
    return expert


def of_the_case(one):
    with acting(one.officer):
        permission = permit_task(
            one.officer, organisation=one.officer.organisation, purpose="test", at=make.AT
        )
        view = make.view(one.case, one.officer)
        return referrals_of(view.id, permission)[0]


def test_the_case_waits_on_the_assessor_by_a_day_of_their_own_and_our_clock_runs_on(database):
    one = referred()
    case = make.view(one.case, one.officer).case

    assert (case.position.status, case.position.waits_on) == ("with_assessor", "assessor")
    assert case.position.due_on == make.AT.date() + timedelta(days=28)
    assert case.position.ends_on == make.AT.date() + timedelta(days=56)


def test_the_clock_goes_on_from_where_it_was_when_the_report_is_there(definition):
    one = referred()
    reported(one, definition)
    case = make.view(one.case, one.officer).case

    assert (case.position.status, case.position.waits_on) == ("assessed", "organisation")
    assert case.position.due_on == make.AT.date() + timedelta(days=56)
    assert case.position.ends_on is None


def test_it_is_referred_once_at_a_time(database):
    one = referred()

    with pytest.raises(ReferredAlready):
        actions.refer(one.case, actor=one.officer, at=make.AT)


def test_an_assessor_sees_who_it_is_before_they_declare_and_the_rest_after(database):
    one, expert = referred(), assessor()

    before = {each.need for each in seen(one.referral, expert).disclosed}
    take(one.referral, expert)
    after = {each.need for each in seen(one.referral, expert).disclosed}

    assert before == {"applicant/person.name", "applicant/health.professionals"}
    assert {"applicant/health.conditions", "applicant/mobility.walking_time"} < after
    assert not {need for need in after if "contact" in need or "benefit" in need}


def test_a_declared_conflict_is_kept_and_leaves_it_to_a_colleague(database):
    one, friend, stranger = referred(), assessor("Ffion Ames"), assessor("Bo Lund")

    declare(
        one.referral,
        independent=False,
        words="She is my neighbour.",
        treated_by=TREATED_BY,
        actor=friend,
        at=make.AT,
    )
    with pytest.raises(NotIndependent):
        take(one.referral, friend)
    take(one.referral, stranger)

    conflict = of_the_case(one).conflicts()
    assert [(each.by, each.words) for each in conflict] == [("Ffion Ames", "She is my neighbour.")]
    assert seen(one.referral, stranger).is_mine


def test_a_conflict_is_not_declared_without_a_word(database):
    one, expert = referred(), assessor()
    with pytest.raises(WhyNeeded):
        declare(
            one.referral,
            independent=False,
            words=" ",
            treated_by=TREATED_BY,
            actor=expert,
            at=make.AT,
        )


def test_whoever_is_named_as_treating_is_flagged_whatever_they_declare(database):
    told = {"applicant/health.professionals": "Dr A. Rees, Fellside Hospital"}
    one, other = referred(told=told), referred(told=told)

    take(one.referral, assessor("Asha Rees"))
    take(other.referral, assessor("Bo Lund"))

    assert of_the_case(one).is_named_as_treating
    assert not of_the_case(other).is_named_as_treating


def test_what_a_colleague_has_taken_is_theirs(database):
    one, first, second = referred(), assessor(), assessor("Bo Lund")
    take(one.referral, first)

    with pytest.raises(NotYours):
        take(one.referral, second)
    assert {each.need for each in seen(one.referral, second).disclosed} == {
        "applicant/person.name",
        "applicant/health.professionals",
    }


def test_nobody_reports_who_has_not_declared(definition):
    one = referred()
    with pytest.raises(NotYours):
        report(
            one.referral,
            read_findings(definition, FINDINGS),
            language="en",
            actor=assessor(),
            at=make.AT,
        )


def test_another_organisation_is_told_that_there_is_no_referral(database):
    one = referred()
    for stranger in (make.staff("northmere_district", "assessor"), one.officer):
        with pytest.raises(NoSuchReferral):
            take(one.referral, stranger)
        with pytest.raises(NoSuchReferral):
            seen(one.referral, stranger)


def test_the_report_is_a_document_of_those_who_asked(definition):
    one = referred(mark="Quill")
    reported(one, definition)
    referral = of_the_case(one)

    with acting(one.officer):
        permission = permit_task(
            one.officer, organisation=one.officer.organisation, purpose="test", at=make.AT
        )
        opened = open_document(referral.document, permission=permission)
    words = " ".join(words_of(opened.content).split())

    assert opened.media_type == "application/pdf"
    assert "Ada Quill" in words
    assert "40 metres" in words
    assert "They meet the criteria" in words
    assert "Asha Rees" in words
    assert "SI 2000/682, reg. 4" in words


def test_taking_the_report_over_twice_changes_nothing(definition):
    one = referred()
    reported(one, definition)
    first, before = of_the_case(one), make.view(one.case, one.officer).case
    follow_referral(one.referral, actor=make.worker(COUNTY), at=make.later(days=4))

    assert of_the_case(one).document == first.document
    assert make.view(one.case, one.officer).case.events == before.events


def test_after_the_report_the_assessor_sees_nothing_of_what_was_disclosed(definition):
    one = referred()
    expert = reported(one, definition)
    after = seen(one.referral, expert)

    assert after.disclosed == ()
    assert after.report is not None
    with pytest.raises(ReferralClosed):
        take(one.referral, expert)


def test_a_disclosed_file_opens_while_the_referral_is_open_and_no_longer(definition):
    one, expert = referred(with_letter=True), assessor()
    [document] = [each.document for each in of_the_case(one).disclosed if each.document]
    permission = permit_task(expert, organisation=expert.organisation, purpose="test", at=make.AT)

    with acting(expert), pytest.raises(NotYours):
        open_file(one.referral, document, permission)
    take(one.referral, expert)
    with acting(expert):
        assert open_file(one.referral, document, permission).media_type == "application/pdf"
    report(
        one.referral,
        read_findings(definition, FINDINGS),
        language="en",
        actor=expert,
        at=make.AT,
    )
    with acting(expert), pytest.raises(NoSuchReferral):
        open_file(one.referral, document, permission)


def test_the_decision_stays_with_an_officer_who_did_not_assess(definition):
    one = referred()
    expert = reported(one, definition)
    # They change their employer: now an officer of the county, and still the assessor of this.
    employ(
        UUID(expert.id),
        organisation=organisation_id(COUNTY),
        roles=("caseworker",),
    )
    now_officer = make.another(
        expert, organisation=organisation_id(COUNTY), roles=frozenset({"caseworker"})
    )
    words = {"outcome": "eligible", "ground": "", "reason": "As the assessor found."}

    with pytest.raises(NotIndependent):
        actions.decide(one.case, **words, actor=now_officer, at=make.later(days=4))
    actions.decide(one.case, **words, actor=one.officer, at=make.later(days=4))

    assert make.view(one.case, one.officer).outcome == "eligible"


def test_a_case_is_not_decided_while_the_assessor_has_it(database):
    one = referred()
    with pytest.raises(NotAllowedNow):
        actions.decide(
            one.case,
            outcome="eligible",
            ground="",
            reason="So it is.",
            actor=one.officer,
            at=make.AT,
        )


def test_a_referral_that_nobody_can_take_comes_back_with_the_reason(database):
    one, expert = referred(), assessor()
    with pytest.raises(WhyNeeded):
        give_back(one.referral, why="", actor=expert, at=make.AT)

    give_back(one.referral, why="We all know her.", actor=expert, at=make.AT)
    follow_referral(one.referral, actor=make.worker(COUNTY), at=make.AT)

    assert make.view(one.case, one.officer).case.position.status == "received"
    assert of_the_case(one).happenings[-1].words == "We all know her."
    assert actions.refer(one.case, actor=one.officer, at=make.AT) != one.referral


@pytest.mark.parametrize("how", ["taken back", "withdrawn"])
def test_nothing_stays_with_the_assessor_when_the_case_leaves_them(database, how):
    one, expert = referred(), assessor()
    take(one.referral, expert)
    if how == "taken back":
        actions.take_back(one.case, why="Not needed.", actor=one.officer, at=make.AT)
    else:
        actions.withdraw(one.case, actor=one.applicant, at=make.AT)

    after = seen(one.referral, expert)
    assert (after.state, after.disclosed) == ("ended", ())


def test_the_person_can_see_to_whom_it_went_and_why(database):
    one = referred()
    with acting(one.applicant):
        [entry] = [
            each for each in about(one.applicant.person) if each.verb == "assessment.referred"
        ]

    assert entry.detail["to"] == str(organisation_id(TRUST))
    assert entry.purpose == "blue_badge_eligibility"
    assert "applicant/health.conditions" in entry.detail["needs"]
    assert date.fromisoformat("2026-12-20") == of_the_case(one).due_on
