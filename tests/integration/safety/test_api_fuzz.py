"""
Every operation of the API is sent what its document allows and what it forbids, by schemathesis.

Nothing fails, every answer is one that the document describes, and every refusal is a problem.
"""

from __future__ import annotations

import secrets
from collections import Counter
from itertools import count
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok

from tests import make
from tests.integration.api.conftest import TREE, Api
from tests.integration.safety.inputs import INPUTS, send_many, tell

COUNTY = "borrowdale_county"
# What is told of an answer that is no refusal; those are looked at here.
CHECKED = ("content_type_conformance", "response_schema_conformance", "status_code_conformance")


def test_every_operation_answers_whatever_it_is_sent(database):
    token = make.client(COUNTY).token
    reference = Api(token).post("/applications", TREE).json()["reference"]
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers={"Host": "localhost"}
    )
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    each = max(2, INPUTS * 3 // 10 // len(operations))
    load_all_checks()
    checks = [one for one in CHECKS.get_all() if one.__name__ in CHECKED]
    counted: Counter[int] = Counter()
    numbers = count()

    def send(case: Any) -> None:
        # Half of them about something that is there.
        if "reference" in (case.path_parameters or {}) and next(numbers) % 2:
            case.path_parameters["reference"] = reference
        answer = case.call(
            headers={
                "Authorization": f"Bearer {token}",
                "Host": "localhost",
                "Idempotency-Key": secrets.token_hex(8),
            }
        )
        counted[answer.status_code] += 1
        assert answer.status_code < 500, (case.as_curl_command(), answer.text[:300])
        if answer.status_code < 400:
            case.validate_response(answer, checks=checks)
            return
        assert answer.status_code in (400, 401, 404, 405, 409, 413, 422), case.as_curl_command()
        # An address that is no operation's is answered by a page, as any other that is not there.
        if "json" in answer.headers["content-type"][0]:
            problem = answer.json()
            assert problem["status"] == answer.status_code
            assert problem["title"]
            assert problem["detail"]

    for operation in operations:
        allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        forbidden = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        send_many(st.one_of(allowed, forbidden), each, send)
    tell(f"operations of the API, {len(operations)}", counted)

    assert len(operations) >= 10
    assert any(status < 300 for status in counted)
