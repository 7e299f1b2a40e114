"""Every fault of an assessment is named with how to mend it."""

import pytest
from pack_folders import copy_of, faults_of, pack

BADGE = "blue_badge"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    - applicant/person.name\n", "", "applicant/person.name is not disclosed"),
        (
            "    - applicant/mobility.walking_aids\n",
            "    - applicant/badge.photo\n",
            "applicant/badge.photo is a file",
        ),
        (
            "documents: [applicant/evidence.medical_letter]",
            "documents: [applicant/health.conditions]",
            "applicant/health.conditions is no file",
        ),
        (
            "    - applicant/mobility.walking_aids\n",
            "    - applicant/health.gp_surgery\n",
            "applicant/health.gp_surgery is disclosed and never asked",
        ),
        (
            "    - applicant/mobility.walking_aids\n",
            "    - applicant/health.shoes\n",
            "applicant/health.shoes is not of the vocabulary",
        ),
        ("    - applicant/health.professionals\n", "", "says who treats them and is not disclosed"),
        ("    - id: manner\n", "    - id: effect\n", "Two criteria bear the id effect"),
        ("      least: 0\n", "      least: 3000\n", "distance has no number it could be"),
        (", outcome: eligible}", ", outcome: granted}", "granted is no outcome"),
        ("  - verb: report\n", "  - verb: reports\n", "No transition does report"),
        ("    who: [assessor]\n", "    who: [caseworker]\n", "report is not for the assessor"),
        (
            "  - verb: take_back\n    from: [with_assessor]",
            "  - verb: take_back\n    from: [assessed]",
            "take_back does not lead back from with_assessor",
        ),
        ("      kind: number\n", "      kind: choice\n", "assessment.criteria"),
        ("  report_days: 28\n", "", "assessment:"),
        ("  why:\n    en:", "  why:\n    fr:", "assessment.why"),
    ],
)
def test_a_fault_of_an_assessment_is_named(tmp_path, old, new, fault):
    faults = faults_of(copy_of(BADGE, tmp_path, case=(old, new)))

    assert fault in faults
    assert all("case.yaml:" in one and "Mend: " in one for one in faults.splitlines())


def test_the_message_to_whom_is_assessed_must_be_there(tmp_path):
    folder = copy_of(BADGE, tmp_path)
    for language in ("en", "cy"):
        (folder / "messages" / f"referred.{language}.md").unlink()

    assert "The message referred is missing" in faults_of(folder)


def test_the_place_names_who_assesses():
    assert pack(BADGE).case.assessor == "borrowdale_nhs"
    assert pack("report_a_fallen_tree").case.assessment is None
