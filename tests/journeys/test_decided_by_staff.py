"""What the rules cannot decide alone, a caseworker does, with everything already gathered."""

from __future__ import annotations

from tests.journeys.applicant import DISCRETIONARY, Applicant, resident
from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Let

Staff = dict[str, dict[str, str]]


def sign_in(visitor: Visitor, who: dict[str, str]) -> None:
    visitor.open("/accounts/login/?next=/staff/")
    visitor.fill({"login": who["name"], "password": who["secret"]})
    visitor.press("Sign in")


def test_staff_ask_the_person_replies_and_staff_decide(let_in: Let, staff: Staff) -> None:
    with let_in() as visitor, let_in() as officer:
        farid = Applicant(visitor, resident("farid"), says=DISCRETIONARY)
        farid.begin()
        farid.answer_all()
        farid.send()
        farid.pay()

        sign_in(officer, staff["Caseworker"])
        officer.fill({"text": farid.reference})
        officer.press("Show")
        officer.press("Farid " + farid.person.family)
        assert "What the rules say" in officer.text
        assert "Arthritis in both hips and knees." in officer.text

        officer.fill({"text": "Ask for the letter of the hospital."})
        officer.press("Add note")
        officer.fill({"words": "Please send the letter of your hospital."})
        officer.press("Ask")

        visitor.open(f"/applications/{farid.reference}")
        assert "Please send the letter of your hospital." in visitor.text
        visitor.press("Send it")
        visitor.submit()
        assert visitor.errors == ["Enter your answer or upload a file"]
        visitor.fill({"words": "Here it is."})
        visitor.press("Send your answer")
        assert "Ask for the letter" not in visitor.text

        officer.open(f"/staff/cases/{farid.reference}")
        assert "Here it is." in officer.text
        officer.press("Decide and tell the person")
        assert officer.errors == ["Select an outcome"]
        officer.fill({"outcome": "eligible", "reason": "You cannot walk 50 metres."})
        officer.press("Decide and tell the person")
        assert "You cannot walk 50 metres." in officer.text

        visitor.open(f"/applications/{farid.reference}")
        assert visitor.heading == "Your application is approved"
        assert "You cannot walk 50 metres." in visitor.text
        number = farid.await_number()

        officer.open("/staff/numbers")
        officer.fill({"number": number.lower()})
        officer.press("Check")
        assert "is valid" in officer.text
        officer.fill({"number": "ZZZZZZ"})
        officer.press("Check")
        assert "is not in the register" in officer.text

        visitor.open("/data")
        assert "Caseworker, Borrowdale County Council" in visitor.text
        assert "made a decision" in visitor.text


def test_a_visitor_cannot_see_what_staff_see(let_in: Let) -> None:
    with let_in() as visitor:
        visitor.open("/staff/")

        assert visitor.path == "/accounts/login/"


def test_information_governance_is_shown_no_cases(let_in: Let, staff: Staff) -> None:
    with let_in() as visitor:
        sign_in(visitor, staff["Information governance officer"])

        assert visitor.heading == "Page not found"
