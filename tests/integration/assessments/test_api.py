"""The acts of an assessor in another system, by client credentials of their organisation."""

from __future__ import annotations

import json
import secrets

import pytest
from django.test import Client

from standpipe.applications.actions.referring import follow_referral
from tests import make
from tests.integration.assessments.conftest import COUNTY, FINDINGS, TRUST, referred

WHO = "Dr Bo Lund"


@pytest.fixture
def ask(database):
    """Send a request as a system of the trust, or of whom `system` is."""
    trust = make.client(TRUST)

    def send(method, path, body=None, system=trust):
        return Client().generic(
            method,
            f"/api/v1/referrals{path}",
            data=json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={
                "Host": "localhost:8000",
                "Authorization": f"Bearer {system.token}",
                "Idempotency-Key": secrets.token_hex(8),
            },
        )

    return send


def findings():
    criteria = [one for one in FINDINGS if f"evidence_{one}" in FINDINGS or one == "summary"]
    return [
        {
            "criterion": one,
            "value": FINDINGS[one],
            "evidence": FINDINGS.get(f"evidence_{one}", ""),
        }
        for one in criteria
    ]


def test_a_system_declares_and_reports_for_an_assessor(ask):
    one = referred()
    lines = ask("GET", "").json()
    declared = ask(
        "POST", f"/{one.referral}/declarations", {"assessor": WHO, "independent": True}
    ).json()
    reported = ask(
        "POST",
        f"/{one.referral}/reports",
        {"assessor": WHO, "findings": findings(), "recommendation": "meets", "words": "So it is"},
    )
    follow_referral(one.referral, actor=make.worker(COUNTY), at=make.AT)

    assert one.referral in [line["reference"] for line in lines]
    assert "applicant/health.conditions" in [each["need"] for each in declared["disclosed"]]
    assert reported.status_code == 200, reported.content
    assert reported.json()["disclosed"] == []
    assert make.view(one.case, one.officer).case.position.status == "assessed"


def test_a_faulty_report_names_each_field_and_keeps_nothing(ask):
    one = referred()
    ask("POST", f"/{one.referral}/declarations", {"assessor": WHO, "independent": True})
    refused = ask(
        "POST",
        f"/{one.referral}/reports",
        {"assessor": WHO, "findings": findings()[1:], "recommendation": "meets", "words": "So"},
    )

    assert refused.status_code == 422
    assert {each["field"] for each in refused.json()["errors"]} == {"enduring", "evidence_enduring"}
    assert ask("GET", f"/{one.referral}").json()["state"] == "taken"


def test_another_assessor_of_the_same_system_cannot_report_for_who_declared(ask):
    one = referred()
    ask("POST", f"/{one.referral}/declarations", {"assessor": WHO, "independent": True})
    body = {"findings": findings(), "recommendation": "meets", "words": "So it is"}

    assert ask("POST", f"/{one.referral}/reports", {**body, "assessor": "X"}).status_code == 409


def test_another_organisation_finds_no_referral(ask):
    one = referred()
    stranger = make.client("northmere_district")

    assert ask("GET", f"/{one.referral}", system=stranger).status_code == 404
    assert ask("GET", "", system=stranger).json() == []
