"""One pack, four nations: each reads its own rules, fees, pages and examples, and nothing else."""

from datetime import date
from pathlib import Path

import pytest
from pack_folders import PACKS, copy_of, faults_of, place, vocabulary

from standpipe.eligibility.deciding import decide
from standpipe.eligibility.rules import Known
from standpipe.packs.condition import Circumstances
from standpipe.packs.example_run import run_examples
from standpipe.packs.fees import Fee
from standpipe.packs.library import load_pack, nations_of
from standpipe.packs.nations import NATIONS
from standpipe.packs.pack import ServicePack

BADGE = PACKS / "blue_badge"
ON = date(2026, 11, 22)
PIP_E = "applicant/benefit.pip.planning_descriptor_e"
PIP_12 = "applicant/benefit.pip.planning_12"


def of(nation: str, folder: Path = BADGE) -> ServicePack:
    loaded = load_pack(folder, vocabulary=vocabulary(), place=place(), nation=nation)
    assert loaded is not None
    return loaded


PACK = {nation: of(nation) for nation in NATIONS}


@pytest.mark.parametrize("nation", NATIONS)
def test_every_row_of_every_nation_and_date_has_an_example_that_passes(nation: str) -> None:
    report = run_examples(PACK[nation])

    assert report.failed == ()
    assert report.uncovered == ()
    assert len(report.by_date()) == 2
    assert all(covered == rows for covered, rows in report.by_date().values())


@pytest.mark.parametrize("nation", NATIONS)
def test_every_row_of_every_nation_cites_an_instrument_of_that_nation(nation: str) -> None:
    wanted = {
        "england": ("SI 2000/682", "Department for Transport"),
        "scotland": ("SSI 2000/59", "Transport Scotland"),
        "wales": ("SI 2000/1786 (W. 123)", "Welsh Government"),
        "northern_ireland": ("SR 1993/202", "Department for Infrastructure"),
    }[nation]

    for step in PACK[nation].steps:
        if step.id == "eligibility":
            for row in step.decision.rows:
                assert row.law and row.law.startswith(wanted), (nation, row.id, row.law)


@pytest.mark.parametrize(
    ("nation", "on", "own", "not_own"),
    [
        ("england", date(2019, 8, 29), {"WALKD"}, {"DISTRESS", "RISK", "PIP-PFJ-E"}),
        ("england", ON, {"DISTRESS", "RISK", "PIP-PFJ-E"}, {"COGNITIVE", "TRAF_RISK"}),
        ("scotland", ON, {"TRAF_RISK", "PIP-PFJ-12", "DLA-PIP"}, {"COGNITIVE", "AFRFCS-MD"}),
        ("wales", ON, {"COGNITIVE", "PIP-PFJ-12", "AFRFCS-MD"}, {"TRAF_RISK", "DLA-PIP"}),
        ("northern_ireland", ON, {"WALKD"}, {"COGNITIVE", "TRAF_RISK", "PIP-PFJ-12"}),
    ],
)
def test_a_ground_counts_only_in_its_nation_and_time(
    nation: str, on: date, own: set[str], not_own: set[str]
) -> None:
    table = PACK[nation].rules(on).decisive.decision
    at = [output.name for output in table.outputs].index("ground")
    grounds = {str(row.values[at]) for row in table.rows}

    assert own <= grounds
    assert grounds.isdisjoint(not_own)


@pytest.mark.parametrize(
    ("nation", "pence", "refundable"),
    [
        ("england", 1000, True),
        ("scotland", 2000, True),
        ("wales", 0, False),
        ("northern_ireland", 1000, True),
    ],
)
def test_each_nation_has_its_fee_and_its_law(nation: str, pence: int, refundable: bool) -> None:
    fee: Fee = PACK[nation].fee(ON)

    assert (fee.amount_pence, fee.refundable) == (pence, refundable)
    assert fee.law


@pytest.mark.parametrize(
    ("nation", "badges", "pence"),
    [
        ("england", 3, 3000),
        ("scotland", 2, 4000),
        ("wales", 1, 1000),
        ("wales", 4, 4000),
        ("northern_ireland", 5, 5000),
    ],
)
def test_an_organisation_pays_for_each_badge_even_where_nobody_else_pays(
    nation: str, badges: int, pence: int
) -> None:
    needs = {
        "applicant/application.for_whom": "organisation",
        "applicant/organisation.badges_wanted": badges,
    }

    charge = PACK[nation].charge(ON, at=Circumstances(needs.__getitem__, frozenset(), {}))

    assert (charge.amount_pence, charge.count) == (pence, badges)
    assert charge.fee.refundable


@pytest.mark.parametrize("nation", NATIONS)
def test_nobody_else_pays_by_the_badge(nation: str) -> None:
    needs = {"applicant/application.for_whom": "child"}

    charge = PACK[nation].charge(ON, at=Circumstances(needs.__getitem__, frozenset(), {}))

    assert charge.fee == PACK[nation].fee(ON)
    assert charge.count == 1


def test_a_badge_for_a_disability_that_passes_is_good_for_a_year() -> None:
    for nation, last in (("wales", date(2027, 11, 21)), ("england", date(2029, 11, 21))):
        badge = PACK[nation].entitlement
        assert badge is not None
        assert badge.validity({}, on=ON, ground="WALKD-TEMP") == (ON, last)


def test_pages_that_one_nation_asks_are_on_its_form_alone() -> None:
    pages = {nation: {page.id for page in PACK[nation].form.pages} for nation in NATIONS}

    assert {nation for nation in NATIONS if "traffic" in pages[nation]} == {"scotland"}
    assert {nation for nation in NATIONS if "cognition" in pages[nation]} == {"wales"}
    assert {nation for nation in NATIONS if "dwp" not in pages[nation]} == {"northern_ireland"}
    assert PIP_E in PACK["england"].form.page("dwp").gives
    assert PIP_12 in PACK["wales"].form.page("dwp").gives


def test_what_the_department_confirms_grants_at_once_where_it_is_asked() -> None:
    known = {
        "applicant/application.for_whom": Known("self", "derived"),
        "applicant/person.birth_date": Known("1980-03-31", "told"),
        PIP_12: Known(True, "registry"),
    }
    wales = decide(PACK["wales"].rules(ON), known)

    assert wales.outputs["ground"] == "PIP-PFJ-12"
    assert PACK["wales"].decided_now(wales, consulted={"dwp": "met"})
    assert PACK["northern_ireland"].one_sitting is None


def test_wales_alone_says_that_one_may_appeal_to_its_ministers() -> None:
    said = {nation: PACK[nation].challenge for nation in NATIONS}

    assert [nation for nation in NATIONS if "Welsh Ministers" in (said[nation] or "").en] == [
        "wales"
    ]


def test_the_nations_of_a_pack_are_named_in_their_usual_order() -> None:
    assert nations_of(BADGE) == NATIONS
    assert nations_of(PACKS / "report_a_fallen_tree") == ("england", "wales")
    assert nations_of(Path("service_packs/none")) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "form",
            "nations: [scotland]\n    ask: [{need: applicant/benefit.dla.higher",
            "nations: [cornwall]\n    ask: [{need: applicant/benefit.dla.higher",
            "'cornwall' is not one of",
        ),
        (
            "service",
            "nations: [england, scotland, wales, northern_ireland]",
            "nations: [england, scotland, wales]",
            "The service is not offered in northern_ireland. Mend: Name it in service.yaml",
        ),
        (
            "rules__steps",
            "valid_to: 2019-08-29",
            "valid_to: 2019-08-30",
            "Two tables of eligibility are in force on 2019-08-30. Mend: Let the one before end on",
        ),
        (
            "rules__steps",
            "valid_to: 2019-08-29",
            "valid_to: 2019-08-27",
            "No table of eligibility is in force from 2019-08-28 to 2019-08-29.",
        ),
        (
            "rules__steps",
            "valid_to: 2019-08-29",
            "valid_to: 2013-04-07",
            "eligibility ends on 2013-04-07, before it begins.",
        ),
        (
            "rules__steps",
            "decision: DLA higher rate mobility\n    valid_from: 2013-04-08",
            "decision: DLA higher rate mobility\n    valid_from: 2015-01-01",
            "higher_rate_mobility, which dla answers only at times",
        ),
    ],
)
def test_what_is_wrong_between_nations_and_dates_is_named(
    tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    folder = copy_of("blue_badge", tmp_path, **{file: (old, new)})

    found = faults_of(folder)

    assert fault in found
    assert f"{file.replace('__', '/')}.yaml:" in found


def test_a_nation_without_a_table_is_named(tmp_path: Path) -> None:
    folder = copy_of(
        "report_a_fallen_tree", tmp_path, rules__steps=("- id:", "- nations: [wales]\n    id:")
    )

    assert "No table counts in this nation." in faults_of(folder)


def test_faults_keep_their_lines_where_other_nations_were_left_out(tmp_path: Path) -> None:
    folder = copy_of("blue_badge", tmp_path, form=("id: photo", "id: address"))
    lines = (folder / "form.yaml").read_text(encoding="utf-8").splitlines()

    wanted = max(at for at, line in enumerate(lines, start=1) if line == "  - id: address")

    assert f"form.yaml:{wanted}: Two pages bear the id address" in faults_of(folder)


def test_a_letter_that_says_what_one_can_do_needs_the_words_of_its_nation(tmp_path: Path) -> None:
    folder = copy_of(
        "blue_badge",
        tmp_path,
        service=("- nations: [england]\n    text:", "- nations: [wales]\n    text:"),
    )

    assert "letters/decided_not_eligible.en.md:1: ((challenge)) has no words." in faults_of(folder)
