"""A refusal looked at again by somebody else, and a complaint up to its second stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from standpipe.places.residents import generate
from standpipe.vocabulary.inputs import inputs_of
from standpipe.web.presenters.fields import sent_from_value
from tests.journeys.applicant import DISCRETIONARY, Applicant, place, vocabulary
from tests.journeys.browsing import NARROW, Setting, Visitor, paper
from tests.journeys.conftest import Let
from tests.journeys.test_decided_by_staff import sign_in

Staff = dict[str, dict[str, str]]
# A resident whom no other journey applies as: badges and cases are everybody's.
*_, EIRA = generate(place(), seed=1, count=20)

COMPLAINT: Mapping[str, Any] = {
    "person.name": {"given": "Nan", "family": "Quill"},
    "complaint.about": "treatment",
    "complaint.case_reference": None,
    "complaint.what_happened": "Nobody rang me back for six weeks.",
    "complaint.about_whom": "A man at the front desk",
    "complaint.over_a_year_ago": False,
    "complaint.wanted": "An apology.",
    "contact.email": "nan@example.org",
}


def decided(officer: Visitor, reference: str, **words: str) -> None:
    """Have an officer open a case, and decide what stands to be decided there."""
    officer.open(f"/staff/cases/{reference}")
    officer.fill(words)
    officer.press("Decide and tell the person")


def test_a_refusal_is_changed_by_somebody_else_in_welsh_without_scripts(
    let_in: Let, staff: Staff
) -> None:
    welsh = Setting(NARROW, script=False, language="cy")
    with let_in(welsh) as visitor, let_in() as officer, let_in() as manager:
        eira = Applicant(visitor, EIRA, says=DISCRETIONARY, agrees=False)
        eira.begin()
        eira.answer_all()
        eira.send()
        eira.pay()
        sign_in(officer, staff["Caseworker"])
        decided(officer, eira.reference, outcome="not_eligible", reason="Dim digon o dystiolaeth.")

        visitor.open(f"/applications/{eira.reference}")
        assert visitor.heading == "Mae eich cais wedi'i wrthod"
        visitor.press("Gofyn i ni edrych eto")
        visitor.submit()
        assert visitor.errors == ["Dywedwch pam rydych chi’n meddwl bod y penderfyniad yn anghywir"]
        visitor.fill({"words": "Dyma lythyr yr ysbyty."})
        visitor.upload("files", paper("Ysbyty Rosegill"))
        visitor.submit()
        assert "Rydym yn edrych ar ein penderfyniad eto" in visitor.text
        assert "Gofyn i ni edrych eto" not in visitor.text

        officer.open(f"/staff/cases/{eira.reference}")
        assert "You took part in the first decision" in officer.text
        assert "Decide the review" not in officer.text

        sign_in(manager, staff["Service manager"])
        manager.open(f"/staff/cases/{eira.reference}")
        assert "Dyma lythyr yr ysbyty." in manager.text
        assert "Dim digon o dystiolaeth." in manager.text
        assert "They read Welsh" in manager.text
        manager.press("Decide and tell the person")
        assert manager.errors == ["Select an outcome"]
        decided(manager, eira.reference, outcome="eligible", reason="Mae’r llythyr yn ei ddangos.")
        assert "the decision was changed" in manager.text

        visitor.open(f"/applications/{eira.reference}")
        assert visitor.heading == "Mae eich cais wedi'i gymeradwyo"
        assert "Mae’r llythyr yn ei ddangos." in visitor.text
        assert re.fullmatch(r"[0-9A-HJK]{6}", eira.await_number())
        chooses_what_to_complain_about(visitor, eira.reference)


def chooses_what_to_complain_about(visitor: Visitor, reference: str) -> None:
    """Whoever complains chooses among what they sent, and has to copy no reference."""
    case = inputs_of(vocabulary()["complaint.case_reference"])[0]
    visitor.open("/services/complaint")
    visitor.fill({"forWhom": "self"})
    visitor.submit()
    # The name is kept as it was told before.
    visitor.submit()
    visitor.fill(sent_from_value(vocabulary()["complaint.about"], "delay"))
    visitor.submit()
    asked = visitor.path
    assert "Gwneud cais am Fathodyn Glas" in visitor.text
    visitor.fill({f"{case.name}Chosen": "other"})
    visitor.submit()
    assert visitor.errors == ["Rhowch y cyfeirnod"]
    visitor.fill({f"{case.name}Chosen": reference})
    visitor.submit()
    assert not visitor.errors
    visitor.open(asked)
    assert (
        visitor.page.locator("main input[type=radio]:checked").get_attribute("value") == reference
    )


def test_a_complaint_is_answered_twice_by_two_and_then_there_is_the_ombudsman(
    let_in: Let, staff: Staff
) -> None:
    with let_in() as visitor, let_in() as officer, let_in() as manager:
        visitor.open("/services/complaint")
        visitor.fill({"forWhom": "self"})
        visitor.submit()
        for attribute, value in COMPLAINT.items():
            visitor.fill(sent_from_value(vocabulary()[attribute], value))
            visitor.submit_last()
            assert not visitor.errors, (attribute, visitor.errors)
        visitor.fill({"declarationTrueAndComplete": "yes"})
        visitor.press("Send complaint")
        assert visitor.heading == "Complaint sent"
        found = re.search(r"SP-[0-9A-Z]{4}-[0-9A-Z]{4}", visitor.path)
        assert found
        reference = found[0]

        sign_in(officer, staff["Caseworker"])
        officer.open("/staff/?service=complaint&status=stage_1")
        assert reference in officer.text
        decided(officer, reference, outcome="not_upheld", reason="Our lines were down.")

        visitor.open(f"/applications/{reference}")
        assert visitor.heading == "We do not uphold your complaint"
        visitor.press("Ask for stage 2")
        visitor.fill({"words": "You could have written."})
        visitor.press("Send")
        assert "who took no part" in visitor.text

        sign_in(manager, staff["Service manager"])
        decided(manager, reference, outcome="upheld", reason="We are sorry.")
        visitor.open(f"/applications/{reference}")
        assert visitor.heading == "We uphold your complaint"
        assert "Ombudsman" in visitor.text
