"""Every fault of a pack is named with its file, its line and how to mend it."""

from dataclasses import replace
from pathlib import Path

import pytest
from pack_folders import copy_of, faults_of, place, vocabulary

from standpipe.packs.library import load_pack

BADGE = "blue_badge"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("service", "version: 1.0.0", "version: one", "service.yaml:13: version:"),
        ("service", "cy: Gwneud cais am Fathodyn Glas", "fr: Badge", "service.yaml:1: label:"),
        (
            "service",
            "title_need: [applicant/person.name",
            "title_need: [applicant/person.nickname",
            "applicant/person.nickname is not of the vocabulary",
        ),
        (
            "service",
            "address_need: applicant/address.full",
            "address_need: king/address.full",
            "king/address.full is not of the vocabulary",
        ),
        (
            "service",
            "applies_for: [self, child",
            "applies_for: [self, cousin",
            "service.yaml:",
        ),
        (
            "form",
            "- {need: applicant/contact.phone, required: false}",
            "- {need: applicant/contact.preferred_channel}",
            "contact has no words for applicant/contact.preferred_channel of somebody else",
        ),
        (
            "form",
            "ask: [{need: applicant/person.birth_date}]",
            "ask: [{need: applicant/person.birth_date, chosen_from: own}]",
            "applicant/person.birth_date cannot be chosen",
        ),
        (
            "form",
            '- {need: "vehicle[]/vehicle.kind"}',
            "- {need: applicant/mobility.walking_speed}",
            "vehicles repeats vehicle[] and asks applicant/mobility.walking_speed",
        ),
        (
            "form",
            "      each: vehicle[]",
            "      each: child[]",
            "vehicles repeats child[] and asks vehicle[]/vehicle.registration",
        ),
        (
            "form",
            "ask: [{need: applicant/person.birth_date}]",
            'ask: [{need: "applicant[]/person.birth_date"}]',
            "birth_date asks applicant[]/person.birth_date and does not repeat",
        ),
        ("service", "outcomes: [eligible]", "outcomes: [granted]", "granted is no outcome"),
        ("service", "matched_by: dwp", "matched_by: hmrc", "hmrc is no page"),
        ("service", "nations:", "nation:", "service.yaml:1: the file:"),
        ("form", "id: name", "id: address", "Two pages bear the id address"),
        (
            "form",
            "{need: applicant/person.name}",
            "{need: applicant/person.name}, {need: applicant/contact.mobile}",
            "name asks more than one question and has no title",
        ),
        (
            "form",
            "- {need: applicant/contact.phone, required: false}",
            "- {need: applicant/person.name}",
            "applicant/person.name is asked on name and again on contact",
        ),
        (
            "form",
            "[{need: applicant/person.name}]",
            "[{need: applicant/person.name, hint: {en: Full name, cy: Enw llawn}}]",
            "overrides the vocabulary's words without a reason",
        ),
        (
            "form",
            "when: {need: applicant/person.age, gte: 16}",
            "when: {need: applicant/household.adults, gte: 1}",
            "no page before it brings applicant/household.adults",
        ),
        (
            "form",
            "when: {decided: not_eligible}",
            "when: {decided: refused}",
            "refused is no outcome",
        ),
        (
            "form",
            "{not: {consulted: dwp, in: [met]}}",
            "{not: {consulted: hmrc, in: [met]}}",
            "waits for hmrc, no consult page before it",
        ),
        (
            "form",
            "- id: photo\n    kind: upload",
            "- id: photo\n    only_if_matters: true\n    kind: upload",
            "photo can never show: no rule looks at what it brings",
        ),
        (
            "form",
            "    ask: [{need: applicant/person.is_severely_sight_impaired}]",
            "    ask: [{need: applicant/benefit.universal_credit}]",
            "is_severely_sight_impaired feeds the rules and is never asked",
        ),
        ("form", "when: {decided: not_eligible}", "when: {goto: photo}", "form.yaml:"),
        ("rules__steps", "file: dla.dmn", "file: gone.dmn", "rules/gone.dmn is missing"),
        (
            "rules__steps",
            "decision: DLA higher rate mobility",
            "decision: DLA",
            "has no decision DLA",
        ),
        ("rules__steps", "      receives DLA:", "      gets DLA:", "gets DLA is no column"),
        (
            "rules__steps",
            "      qualifies: applicant/benefit.dla.higher_rate_mobility",
            "      answer: applicant/benefit.dla.higher_rate_mobility",
            "answer is no output of the table",
        ),
        (
            "rules__steps",
            "      age: applicant/person.age",
            "      age: applicant/person.sex",
            "person.sex is a choice; the column age takes number",
        ),
        (
            "rules__steps",
            "      rate: applicant/benefit.dla.mobility_rate",
            "      rate: applicant/mobility.walking_speed",
            "mobility.walking_speed has no choice higher, lower, none",
        ),
        (
            "rules__steps",
            "      age: applicant/person.age",
            "      age: applicant/benefit.received",
            "benefit.received is a choices; the column age takes number",
        ),
        ("rules__steps", "  WPMS:\n", "  PENSION:\n", "WPMS has no words"),
        ("rules__steps", "  not_eligible:\n", "  refused:\n", "not_eligible has no words"),
        (
            "rules__steps",
            "when_unknown: assessment",
            "when_unknown: perhaps",
            "perhaps is no outcome",
        ),
        ("rules__steps", "outcome: outcome", "outcome: result", "has no output result"),
        ("rules__steps", "valid_from: 2019-08-30", "valid_from: 2019-08-32", "is not a 'date'"),
        ("rules__fees", "at_most_pence: 1000", "at_most_pence: 900", "more than the law allows"),
        ("form", "registry: dwp_benefits", "registry: hmrc", "hmrc is no register of"),
        (
            "case",
            "who: [caseworker, manager, system]",
            "who: [caseworker, manager]",
            "The rules may not decide eligible",
        ),
        ("case", "first: received", "first: begun", "case.yaml:1: begun is no status"),
        (
            "case",
            "to: with_assessor",
            "to: with_somebody",
            "case.yaml:81: with_somebody is no status",
        ),
        ("case", "to: withdrawn", "to: refused", "Nothing leads to withdrawn"),
        ("case", "outcome: not_eligible", "outcome: refused", "refused is no outcome"),
        (
            "examples__confirmed_by_dwp",
            "applicant/person.birth_date: 1980-03-31",
            "applicant/person.birth_date: 1980-02-31",
            "applicant/person.birth_date: Date of birth must be a real date",
        ),
        (
            "examples__confirmed_by_dwp",
            "applicant/person.birth_date: 1980-03-31",
            "applicant/person.shoe_size: 9",
            "applicant/person.shoe_size, which is not of the vocabulary",
        ),
        ("outcomes", "measures:", "measures: [", "Not YAML"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    folder = copy_of(BADGE, tmp_path, **{file: (old, new)})

    faults = faults_of(folder)

    assert fault in faults
    assert "Mend:" in faults


def test_a_mistyped_cell_is_named_with_table_row_and_cell(tmp_path: Path) -> None:
    folder = copy_of(BADGE, tmp_path)
    table = folder / "rules" / "eligibility.dmn"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("&gt;= 2", "&gt;= two", 1), encoding="utf-8")

    faults = faults_of(folder)

    line = text[: text.rindex("<rule", 0, text.index("&gt;= 2"))].count("\n") + 1
    assert f"rules/eligibility.dmn:{line}: table Eligibility, row 3, cell age:" in faults


def test_a_row_without_law_is_refused(tmp_path: Path) -> None:
    folder = copy_of("report_a_fallen_tree", tmp_path)
    table = folder / "rules" / "response.dmn"
    text = table.read_text(encoding="utf-8")
    law = "<annotationEntry><text>Highways Act 1980, s. 154 (2)</text></annotationEntry>"
    table.write_text(text.replace(law, ""), encoding="utf-8")

    assert "table Response, row 2, cell Legislation: The row names no law." in faults_of(folder)


def test_a_table_that_is_no_xml_is_named_once(tmp_path: Path) -> None:
    folder = copy_of("report_a_fallen_tree", tmp_path)
    (folder / "rules" / "response.dmn").write_text("<definitions", encoding="utf-8")

    assert "rules/response.dmn:1:" in faults_of(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = copy_of(BADGE, tmp_path)
    (folder / "privacy.yaml").unlink()

    assert "privacy.yaml:1: The pack has no privacy.yaml. Mend: Add privacy.yaml." in faults_of(
        folder
    )


def test_a_pack_holds_data_only(tmp_path: Path) -> None:
    folder = copy_of(BADGE, tmp_path)
    (folder / "rules" / "clever.py").write_text("", encoding="utf-8")

    assert "rules/clever.py does not belong in a pack" in faults_of(folder)


def test_a_file_must_be_utf8(tmp_path: Path) -> None:
    folder = copy_of(BADGE, tmp_path)
    (folder / "README.md").write_bytes(b"\xff")

    assert "README.md:1: Not UTF-8" in faults_of(folder)


def test_a_pack_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "There is no such pack" in faults_of(tmp_path / "gone")


@pytest.mark.parametrize(
    ("overlay", "fault"),
    [
        ("form:\n  pages: []\n", "blue_badge.yaml:2: form.pages is not open to a place"),
        ("case:\n  first: granted\n", "case.first is not open"),
        ("version: 2\n", "version is not open"),
        ("[1]\n", "The overlay is no mapping"),
        ("{", "Not YAML"),
        ("fees:\n  amounts:\n    - {from: 2020-04-01, amount_pence: 2500, law: x}\n", "2500 pence"),
        ("service:\n  organisation: helping_hands\n", "helping_hands cannot issue this"),
        (
            "service:\n  also_issued_by: [{organisation: kent, law: x}]\n",
            "kent is no organisation of borrowdale",
        ),
        ("case:\n  target_days: soon\n", "target_days"),
    ],
)
def test_an_overlay_that_touches_what_is_not_open_is_refused_by_name(
    tmp_path: Path, overlay: str, fault: str
) -> None:
    elsewhere = replace(place(), folder=tmp_path)
    (tmp_path / "blue_badge.yaml").write_text(overlay, encoding="utf-8")

    assert fault in faults_of(Path("service_packs/blue_badge"), at=elsewhere)


def test_a_pack_for_other_nations_or_issued_by_nobody_here_is_left_out() -> None:
    folder = Path("service_packs/report_a_fallen_tree")
    scotland = replace(place(), nation="scotland")
    nobody = replace(place(), organisations=())

    assert load_pack(folder, vocabulary=vocabulary(), place=scotland) is None
    assert (
        load_pack(
            folder,
            vocabulary=vocabulary(),
            place=replace(nobody, folder=Path("places/nowhere")),
        )
        is None
    )
