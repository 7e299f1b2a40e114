from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pack_folders import FOLDERS, PACKS, copy_of, pack, place, vocabulary

from standpipe.eligibility.deciding import decide
from standpipe.eligibility.rules import Known
from standpipe.kernel.errors import FaultyFiles
from standpipe.packs import command
from standpipe.packs.command import Folders
from standpipe.packs.library import load_packs, read_pack_files
from standpipe.packs.scaffold import AlreadyThere, NotAPackName


def test_the_library_holds_every_pack_of_the_place() -> None:
    library = load_packs(PACKS, vocabulary=vocabulary(), place=place())

    assert list(library) == [
        "blue_badge",
        "blue_badge_change",
        "blue_badge_replacement",
        "complaint",
        "report_a_fallen_tree",
    ]
    assert len(library) == 5
    assert library["blue_badge"].sha256 == pack("blue_badge").sha256
    scotland = replace(place(), nation="scotland", folder=Path("places/nowhere"))
    assert list(load_packs(PACKS, vocabulary=vocabulary(), place=scotland)) == [
        "blue_badge",
        "blue_badge_change",
        "blue_badge_replacement",
        "complaint",
    ]


def test_a_library_names_the_faults_of_all_its_packs(tmp_path: Path) -> None:
    copy_of("blue_badge", tmp_path, case=("first: received", "first: x"))
    copy_of("report_a_fallen_tree", tmp_path, case=("first: received", "first: y"))

    with pytest.raises(FaultyFiles) as raised:
        load_packs(tmp_path, vocabulary=vocabulary(), place=place())

    assert "x is no status" in str(raised.value)
    assert "y is no status" in str(raised.value)


def test_a_version_is_recalled_from_its_files_with_its_overlay() -> None:
    now = pack("blue_badge")

    then = read_pack_files("blue_badge", now.files, vocabulary=vocabulary(), place=place())

    assert then.sha256 == now.sha256
    assert then.case.target_days == 56
    with pytest.raises(FaultyFiles):
        read_pack_files(
            "blue_badge",
            {name: text for name, text in now.files.items() if name != "overlay.yaml"},
            vocabulary=vocabulary(),
            place=replace(place(), organisations=()),
        )


def test_a_report_is_decided_at_once_on_what_was_told() -> None:
    trees = pack("report_a_fallen_tree")
    rules = trees.rules(date(2026, 11, 22))
    danger = decide(rules, {"applicant/report.danger": Known(True, "told")})

    assert (danger.outcome, trees.decided_now(danger, consulted={})) == ("crew_now", True)
    assert not pack("blue_badge").decided_now(danger, consulted={})
    assert not replace(trees, one_sitting=None).decided_now(danger, consulted={})


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.check(FOLDERS) == 0
    assert "5 packs" in capsys.readouterr().out


def test_check_names_every_fault_and_overlays_of_nothing(tmp_path: Path) -> None:
    copy_of("report_a_fallen_tree", tmp_path, case=("first: received", "first: begun"))
    lines: list[str] = []

    status = command.check(replace(FOLDERS, packs=tmp_path), write=lines.append)

    assert status == 1
    assert any("case.yaml:1: begun is no status." in line for line in lines)
    assert any("There is no pack blue_badge." in line for line in lines)
    assert lines[-1] == "2 faults."


def test_check_names_a_faulty_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("slots: {}\n", encoding="utf-8")
    lines: list[str] = []

    assert command.check(replace(FOLDERS, vocabulary=tmp_path), write=lines.append) == 1
    assert "odd.yaml" in lines[0]


def test_the_examples_of_a_pack_print_the_rows_they_cover() -> None:
    lines: list[str] = []

    assert command.test("blue_badge", FOLDERS, write=lines.append) == 0
    assert lines[-1] == "rows covered 149 of 149"
    assert "  passed  Cannot walk" in lines


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("outcome: crew_soon, ground", "outcome: crew_now, ground", "outcome is crew_soon, not"),
        ("ground: ROAD", "ground: PUBLIC", "ground is ROAD, not PUBLIC"),
        ("row: road", "row: public", "row is road, not public"),
        ("undecided: true", "undecided: false", "undecided is True, not False"),
        ("on: 2026-11-22", "on: 2020-01-01", "no rules in force"),
        (", applicant/report.blocks: road", "", "still to ask: applicant/report.blocks"),
        ("row: road}", "row: road, steps: {other: {x: 1}}}", "there is no step other"),
        ("row: road}", "row: road, steps: {response: {x: 1}}}", "response answers no x"),
        (
            "row: danger}",
            "row: danger, steps: {response: {ground: DANGER}}}",
            "passed  Somebody is in danger",
        ),
        (
            "undecided: true}",
            "undecided: true, steps: {response: {outcome: crew_soon}}}",
            "response still needs",
        ),
    ],
)
def test_an_example_that_the_rules_do_not_bear_out_fails(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    copy_of("report_a_fallen_tree", tmp_path, examples__reports=(old, new))
    lines: list[str] = []

    command.test("report_a_fallen_tree", replace(FOLDERS, packs=tmp_path), write=lines.append)

    assert any(line in written for written in lines), lines


def test_a_row_without_an_example_is_told(tmp_path: Path) -> None:
    copy_of("report_a_fallen_tree", tmp_path, examples__reports=("row: road", "row: public"))
    lines: list[str] = []

    assert command.test(
        "report_a_fallen_tree", replace(FOLDERS, packs=tmp_path), write=lines.append
    )
    assert "  no example reaches response/road, in force from 2026-01-01" in lines
    assert lines[-2] == "  tables in force from 2026-01-01: 3 of 4 rows covered"
    assert lines[-1] == "rows covered 3 of 4"


def test_an_example_covers_no_row_where_none_holds(tmp_path: Path) -> None:
    folder = copy_of("blue_badge", tmp_path)
    (folder / "examples" / "told_pip.yaml").write_text(
        """
examples:
  - situation: A blank answer is no descriptor
    on: 2026-11-22
    known:
      applicant/application.for_whom: self
      applicant/person.birth_date: 1980-03-31
      applicant/benefit.received: [pip]
      applicant/benefit.pip.moving_around: null
      applicant/benefit.pip.planning: e
    expect: {outcome: eligible, steps: {pip_moving_around: {qualifies: null}}}
""",
        encoding="utf-8",
    )
    lines: list[str] = []

    command.test("blue_badge", replace(FOLDERS, packs=tmp_path), write=lines.append)

    assert any("pip_moving_around takes no single row" in line for line in lines), lines


def test_a_pack_that_nobody_issues_here_has_nothing_to_test(tmp_path: Path) -> None:
    copy_of("report_a_fallen_tree", tmp_path, service=("[county, unitary]", "[unitary]"))
    lines: list[str] = []

    assert command.test(
        "report_a_fallen_tree", replace(FOLDERS, packs=tmp_path), write=lines.append
    )
    assert lines == ["Nobody in borrowdale issues report_a_fallen_tree."]


def test_a_new_pack_works_before_anything_is_changed(tmp_path: Path) -> None:
    folders = Folders(FOLDERS.vocabulary, tmp_path, FOLDERS.place)
    lines: list[str] = []

    assert command.new_pack("garden_waste", folders, write=lines.append) == 0
    assert command.test("garden_waste", folders, write=lines.append) == 0

    assert lines[-1] == "rows covered 2 of 2"
    assert not command.check_pack(tmp_path / "garden_waste", vocabulary=vocabulary(), place=place())


def test_a_new_pack_takes_nobodys_place_and_has_a_name(tmp_path: Path) -> None:
    folders = Folders(FOLDERS.vocabulary, tmp_path, FOLDERS.place)
    command.new_pack("garden_waste", folders, write=str)

    with pytest.raises(AlreadyThere):
        command.new_pack("garden_waste", folders)
    for name in ("Garden waste", "../evil", ""):
        with pytest.raises(NotAPackName):
            command.new_pack(name, folders)
