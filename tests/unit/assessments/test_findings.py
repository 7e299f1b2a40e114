"""A report is read whole or not at all, and every fault is named at its field."""

import pytest

from standpipe.assessments.findings import FaultyReport, read_findings, shown_finding
from standpipe.packs.assessment import read_assessment

WORDS = {"en": "Words", "cy": "Geiriau"}
DEFINITION = read_assessment(
    {
        "why": WORDS,
        "discloses": ["applicant/person.name"],
        "criteria": [
            {
                "id": "manner",
                "kind": "choice",
                "label": {"en": "Manner", "cy": "Dull"},
                "law": "Reg. 4",
                "options": [{"value": "limp", "label": {"en": "A limp", "cy": "Cloff"}}],
            },
            {
                "id": "lasts",
                "kind": "yes_no",
                "label": {"en": "Lasts", "cy": "Para"},
                "law": "Reg. 4",
            },
            {
                "id": "metres",
                "kind": "number",
                "label": {"en": "Metres", "cy": "Metrau"},
                "law": "Reg. 4",
                "least": 0,
                "most": 100,
                "unit": {"en": "metres", "cy": "metr"},
            },
            {
                "id": "seen",
                "kind": "text",
                "label": {"en": "Seen", "cy": "Gwelwyd"},
                "law": "Reg. 4",
            },
        ],
        "recommendations": [{"id": "meets", "label": WORDS, "outcome": "eligible"}],
        "appointment": {"length_minutes": 30, "kinds": ["phone", "desk"]},
        "report_days": 20,
    }
)
WHOLE = {
    "manner": "limp",
    "evidence_manner": "Seen",
    "lasts": "no",
    "evidence_lasts": "Said",
    "metres": "40",
    "evidence_metres": "Paced",
    "seen": "A stick",
    "recommendation": "meets",
    "words": "So it is",
}


def faults(**changes):
    with pytest.raises(FaultyReport) as refused:
        read_findings(DEFINITION, {**WHOLE, **changes})
    return [one.field for one in refused.value.faults]


def test_a_whole_report_is_kept_in_the_order_of_the_criteria():
    found = read_findings(DEFINITION, WHOLE)

    assert [one["value"] for one in found.findings] == ["limp", False, 40, "A stick"]
    assert [one["evidence"] for one in found.findings] == ["Seen", "Said", "Paced", ""]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("manner", "hop"),
        ("manner", ""),
        ("lasts", "perhaps"),
        ("metres", "101"),
        ("metres", "-1"),
        ("metres", "4.5"),
        ("metres", "٤"),
        ("seen", " "),
        ("seen", "x" * 5001),
        ("evidence_metres", ""),
        ("evidence_manner", "x" * 5001),
        ("recommendation", "refuse"),
        ("words", ""),
    ],
)
def test_what_a_criterion_does_not_take_is_named_at_its_field(field, value):
    assert faults(**{field: value}) == [field]


def test_every_fault_is_named_at_once_in_both_languages():
    with pytest.raises(FaultyReport) as refused:
        read_findings(DEFINITION, {})

    assert len(refused.value.faults) == len(WHOLE)
    assert all(one.message.en and one.message.cy for one in refused.value.faults)
    assert refused.value.faults[0].message.cy.endswith("Dull")


@pytest.mark.parametrize(
    ("criterion", "value", "words"),
    [
        ("manner", "limp", "Cloff"),
        ("lasts", True, "Ydy"),
        ("metres", 40, "40 metr"),
        ("seen", "A", "A"),
    ],
)
def test_a_finding_is_shown_in_words(criterion, value, words):
    assert shown_finding(DEFINITION.criterion(criterion), value, language="cy") == words


def test_somebody_chooses_a_time_for_every_kind_but_the_desk():
    assert DEFINITION.appointment.bookable == ("phone",)
