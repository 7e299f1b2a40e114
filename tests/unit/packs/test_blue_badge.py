"""The Blue Badge: who is asked what, and who is decided in one sitting."""

from datetime import date
from typing import Any

import pytest
from pack_folders import pack

from standpipe.eligibility.deciding import decide
from standpipe.eligibility.rules import Known
from standpipe.packs.condition import Circumstances
from standpipe.packs.example_run import run_examples
from standpipe.packs.for_whom import FOR_WHOM
from standpipe.packs.pack import NoRulesInForce
from standpipe.packs.route import Route, route
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

ON = date(2026, 11, 22)
BADGE = pack("blue_badge")
RULES = BADGE.rules(ON)
ME = "applicant/"
EIGHT = ME + "benefit.pip.moving_around_8_or_more"
ADA: dict[str, Any] = {
    ME + "address.full": {"line1": "1 Acorn Road", "postcode": "BO3 4ZZ"},
    ME + "person.name": {"given": "Ada", "family": "Tyson"},
    ME + "person.birth_date": "1980-03-31",
    ME + "person.national_insurance_number": "QQ000001A",
}
PHOTO_AND_CONTACT = {
    ME + "badge.photo": {"document": "1"},
    ME + "contact.email": "ada@residents.example",
    ME + "contact.phone": None,
}

# The pages of the Department for Transport's service that a person with PIP of 8 points or more
# passes, counted from the task list of its public code; see the README of the pack.
DFT_PAGES = (
    "applicant type",
    "find council",
    "choose council",
    "your issuing authority",
    "existing badge",
    "receive benefits",
    "PIP moving around",
    "eligible",
    "name",
    "date of birth",
    "gender",
    "National Insurance number",
    "address",
    "contact",
    "prove identity",
    "prove address",
    "photo",
    "prove benefit",
    "upload benefit letter",
    "declarations",
    "pay and submit",
)


def way(told: dict[str, Any], *, dwp: str | None = None, seen: bool = False) -> Route:
    consulted = {"dwp": dwp} if dwp else {}
    if seen:
        consulted["probably_not"] = "seen"
    return route(
        BADGE.form,
        {ME + name if "/" not in name else name: value for name, value in told.items()},
        rules=RULES,
        consulted=consulted,
    )


def pages(found: Route) -> list[str]:
    return [page.id for page in found.visible]


def test_every_row_of_every_rule_has_an_example_that_passes() -> None:
    report = run_examples(BADGE)

    assert report.failed == ()
    assert report.uncovered == ()
    assert report.complete


def test_one_whom_the_department_confirms_is_asked_at_most_half_as_much() -> None:
    found = way({**ADA, EIGHT: True, **PHOTO_AND_CONTACT}, dwp="met")

    assert pages(found) == [
        "address",
        "name",
        "birth_date",
        "national_insurance_number",
        "dwp",
        "photo",
        "contact",
    ]
    assert found.next is None
    assert found.decided
    assert found.possible == {"eligible"}
    ours = [*pages(found), "find the address by its postcode", "check answers", "pay"]
    assert len(ours) <= len(DFT_PAGES) / 2


def test_questions_come_in_order_and_only_while_they_matter() -> None:
    assert (way({}).next or pytest.fail()).id == "address"
    assert pages(way({}))[:4] == ["address", "name", "birth_date", "dwp"]
    after = way(ADA, dwp="not_met")
    assert after.next and after.next.id == "benefits"
    assert "pip_moving_around" not in pages(after)
    told = way({**ADA, "benefit.received": ["pip"]}, dwp="not_met")
    assert told.next and told.next.id == "pip_moving_around"


def test_a_descriptor_that_decides_ends_the_questions_and_asks_for_evidence() -> None:
    told = {**ADA, "benefit.received": ["pip"], "benefit.pip.moving_around": "e"}

    found = way(told, dwp="unknown")

    assert found.decided
    assert pages(found)[5:] == [
        "benefits",
        "pip_moving_around",
        "award_end",
        "benefit_letter",
        "identity",
        "address_proof",
        "photo",
        "contact",
    ]


def test_ten_points_of_descriptor_d_go_on_to_further_questions() -> None:
    told = {
        **ADA,
        "benefit.received": ["pip"],
        "benefit.pip.moving_around": "b",
        "benefit.pip.planning": "d",
    }

    found = way(told, dwp="not_met")

    assert not found.decided
    assert found.next and found.next.id == "sight"


def test_one_who_seems_not_eligible_is_told_so_and_may_still_apply() -> None:
    told = {
        **ADA,
        "benefit.received": ["none"],
        "person.is_severely_sight_impaired": False,
        "mobility.main_reason": "none",
    }

    advised = way(told, dwp="not_met")
    going_on = way(told, dwp="not_met", seen=True)

    assert advised.possible == {"not_eligible"}
    assert advised.next and advised.next.id == "probably_not"
    assert going_on.next and going_on.next.id == "conditions"


def test_a_changed_answer_hides_but_keeps_what_followed_from_it() -> None:
    told = {**ADA, "benefit.received": ["none"], "benefit.pip.moving_around": "e"}

    found = way(told, dwp="not_met")

    assert "pip_moving_around" not in pages(found)
    assert found.unused == {ME + "benefit.pip.moving_around"}
    assert not found.decided


def test_one_who_withheld_agreement_can_still_apply_with_evidence() -> None:
    found = way(
        {**ADA, "benefit.received": ["dla"], "benefit.dla.mobility_rate": "higher"}, dwp="declined"
    )

    assert found.possible == {"eligible"}
    assert {"benefit_letter", "identity", "address_proof"} <= set(pages(found))


def test_a_small_child_is_asked_about_equipment_and_never_about_benefits() -> None:
    child = {**ADA, ME + "person.birth_date": "2025-06-01"}

    found = way({**child, "mobility.main_reason": "child", "mobility.child_bulky_equipment": True})

    assert found.possible == {"assessment"}
    assert {"dwp", "benefits", "sight", "national_insurance_number"}.isdisjoint(pages(found))
    assert {"child_equipment", "conditions"} <= set(pages(found))


def test_not_knowing_leads_to_a_person_and_never_to_a_refusal() -> None:
    told = {
        **ADA,
        "benefit.received": ["pip"],
        "benefit.pip.moving_around": DOES_NOT_KNOW,
        "benefit.pip.planning": DOES_NOT_KNOW,
        "person.is_severely_sight_impaired": False,
        "mobility.main_reason": "none",
    }

    found = way(told, dwp="unknown")

    assert not found.decided
    assert found.possible >= {"eligible", "not_eligible"}
    assert "probably_not" not in pages(found)
    assert found.next and found.next.id == "conditions"


def known(told: dict[str, Any], registry: dict[str, Any]) -> dict[str, Known]:
    return {
        FOR_WHOM: Known("self", "derived"),
        **{need: Known(value, "told", need) for need, value in told.items() if need != FOR_WHOM},
        **{need: Known(value, "registry", need) for need, value in registry.items()},
    }


def test_the_rules_alone_grant_only_what_the_department_confirmed() -> None:
    confirmed = decide(RULES, known(ADA, {EIGHT: True}))
    told = decide(
        RULES,
        known({**ADA, ME + "benefit.received": ["pip"], ME + "benefit.pip.moving_around": "e"}, {}),
    )

    assert BADGE.decided_now(confirmed, consulted={"dwp": "met"})
    assert not BADGE.decided_now(confirmed, consulted={"dwp": "unknown"})
    assert not BADGE.decided_now(told, consulted={"dwp": "met"})
    assert not BADGE.decided_now(told, consulted={})


def test_the_rules_alone_never_refuse() -> None:
    nothing = {
        **ADA,
        ME + "benefit.received": ["none"],
        ME + "person.is_severely_sight_impaired": False,
        ME + "mobility.main_reason": "none",
    }

    refused = decide(RULES, known(nothing, {}))

    assert refused.outcome == "not_eligible"
    assert not BADGE.decided_now(refused, consulted={"dwp": "met"})


def test_an_application_has_the_rules_of_the_day_it_began() -> None:
    with pytest.raises(NoRulesInForce):
        BADGE.rules(date(2013, 4, 7))
    older, newer = BADGE.rules(date(2019, 8, 29)), BADGE.rules(date(2019, 8, 30))

    assert set(newer.hashes) == {"pip_moving_around", "pip_planning", "dla", "eligibility"}
    assert set(older.hashes) == set(newer.hashes) - {"pip_planning"}
    assert older.hashes["eligibility"] != newer.hashes["eligibility"]
    assert [step.valid_to for step in BADGE.latest_steps] == [None] * 4


def test_the_place_sets_its_own_figures() -> None:
    assert BADGE.case.target_days == 56
    assert BADGE.fee(ON).amount_pence == 1000
    assert "county" in (BADGE.fee(ON).law or "")
    assert BADGE.privacy.contact_email == "privacy@county.borrowdale.example"
    assert BADGE.organisation == "borrowdale_county"


def test_pages_and_statuses_are_found_by_their_ids() -> None:
    assert BADGE.form.page("dwp").registry == "dwp_benefits"
    assert BADGE.case.status("waiting_for_applicant").clock == "stopped"
    assert BADGE.case.target_date(ON) == date(2027, 1, 17)
    with pytest.raises(KeyError):
        BADGE.form.page("goto")
    with pytest.raises(KeyError):
        BADGE.case.status("lost")


@pytest.mark.parametrize(("reason", "found"), [("terminal", "terminal_illness"), ("walking", None)])
def test_who_is_terminally_ill_is_decided_on_first(reason: str, found: str | None) -> None:
    told = {ME + "mobility.main_reason": reason}
    here = Circumstances(told.__getitem__, frozenset({"assessment"}), {})

    priority = BADGE.case.priority(here)

    assert (priority.id if priority else None) == found
    assert BADGE.case.target_date(ON, priority=priority) == (
        date(2026, 11, 27) if found else date(2027, 1, 17)
    )
