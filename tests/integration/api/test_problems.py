"""What is wrong is said as RFC 9457 has it; what can be asked is said as OpenAPI 3.1 has it."""

from __future__ import annotations

import copy
import json

import pytest
from django.test import Client
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from standpipe.api.doors import operations
from tests.integration.api.conftest import TREE, Api


def is_problem(answer, status: int) -> bool:
    body = json.loads(answer.content)
    return (
        answer.status_code == body["status"] == status
        and answer.headers["Content-Type"] == "application/problem+json"
        and bool(body["title"])
        and bool(body["detail"])
        and answer.headers["Cache-Control"] == "no-store"
    )


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/applications", "{", 400),
        ("/applications", "[]", 422),
        ("/applications", {**TREE, "language": "fr"}, 422),
        ("/applications", {**TREE, "service": "nothing"}, 404),
        ("/applications", {**TREE, "answers": {}}, 422),
        ("/applications", {**TREE, "declared": False}, 422),
        ("/cases/SP-AAAA-AAAA/decisions", {"outcome": "x\0", "reason": "x"}, 404),
        ("/entitlement-checks", {"kind": "blue_badge", "number": "\0"}, 400),
        ("/entitlement-checks", '{"kind": "blue_badge", "number": "\\ud800"}', 422),
        ("/cases/SP-AAAA-AAAA/notes", {"words": "x"}, 404),
        ("/cases/SP-AAAA-AAAA/notes", {"words": ""}, 422),
        ("/cases/nothing/notes", {"words": "x"}, 422),
        ("/entitlement-checks", {"kind": "blue_badge"}, 422),
    ],
)
def test_every_refusal_is_a_problem_that_says_how_to_mend_it(api, path, body, status):
    answer = api.post(path, body)

    assert is_problem(answer, status), answer.content


def test_every_answer_at_fault_is_named(api):
    answers = {**TREE["answers"], "applicant/report.blocks": "x", "applicant/contact.email": "x"}

    errors = api.post("/applications", {**TREE, "answers": answers}).json()["errors"]

    assert {one["need"] for one in errors} == {"applicant/report.blocks", "applicant/contact.email"}
    assert all(one["message"] for one in errors)


def test_problems_are_said_in_the_language_of_the_application(api):
    answers = {**TREE["answers"], "applicant/contact.email": "x"}

    said = [
        api.post("/applications", {**TREE, "answers": answers, "language": language}).json()
        for language in ("en", "cy")
    ]

    assert said[0]["errors"][0]["message"] != said[1]["errors"][0]["message"]


def test_no_token_no_scope_and_nothing_there_are_problems(api):
    assert is_problem(Api(None).get("/cases"), 401)
    assert is_problem(api.get("/cases/SP-AAAA-AAAA"), 404)
    assert is_problem(api.get("/cases?page=0"), 422)


def openapi() -> dict:
    return json.loads(Client().get("/api/v1/openapi.json").content)


def test_the_document_is_openapi_3_1_and_names_every_operation():
    document = openapi()

    validate(document)

    assert document["openapi"].startswith("3.1")
    named = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in document["paths"].items()
        for method in methods
    }
    assert named == {(method, path) for method, path, _ in operations()}


@pytest.mark.parametrize("spoil", ["no info", "wrong type", "no answers"])
def test_a_document_that_is_not_openapi_is_refused(spoil):
    document = copy.deepcopy(openapi())
    some = document["paths"]["/api/v1/cases"]["get"]
    match spoil:
        case "no info":
            del document["info"]
        case "wrong type":
            some["parameters"][0]["in"] = "nowhere"
        case "no answers":
            some["responses"] = "none"

    with pytest.raises(OpenAPIValidationError):
        validate(document)


def test_what_is_answered_is_what_the_document_says(api):
    from jsonschema import Draft202012Validator

    document = openapi()
    reference = api.post("/applications", TREE).json()["reference"]
    for path, address in {
        "/api/v1/cases": "/cases?closed=true",
        "/api/v1/cases/{reference}": f"/cases/{reference}",
        "/api/v1/applications/{reference}": f"/applications/{reference}",
        "/api/v1/services": "/services",
        "/api/v1/services/{name}": "/services/blue_badge",
    }.items():
        described = document["paths"][path]["get"]["responses"]["200"]["content"]
        schema = {**described["application/json"]["schema"], "components": document["components"]}
        answer = api.get(address)

        assert answer.status_code == 200, address
        Draft202012Validator(schema).validate(answer.json())


def test_an_address_where_nothing_is_answers_machines_in_their_own_way(database):
    client = Client()
    for_machines = client.get("/api/v1/applicatoins")
    for_people = client.get("/applicatoins")

    assert for_machines.status_code == for_people.status_code == 404
    assert for_machines.headers["Content-Type"] == "application/problem+json"
    assert "openapi.json" in for_machines.json()["detail"]
    assert for_people.headers["Content-Type"].startswith("text/html")
