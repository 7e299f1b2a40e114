"""
Every operation of the published Blue Badge services is sent what its file allows and forbids.

Nothing fails, and every answer is one that the file describes.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from interfaces.dft_blue_badge.samples import application, order
from tests import make
from tests.integration.interfaces.conftest import COUNTY, Authority
from tests.integration.interfaces.specification import specification
from tests.integration.interfaces.test_dft_badges import last, today
from tests.integration.safety.inputs import INPUTS, send_many, tell

# A share of all inputs, as the places where a stranger's words come in are many.
SHARE = 10
REFUSALS = (400, 401, 403, 404, 405, 406, 409, 413)


def lodged(token: str, name: str) -> dict[str, str]:
    """Something that is there, by the parameter that names it."""
    known = Authority(specification(name), token)
    if name == "applications-api":
        return {"applicationId": known.post("/applications", application()).json()["data"]}
    numbers = known.post("/badges", order(today().isoformat(), last().isoformat())).json()["data"]
    return {"badgeNumber": numbers[0]}


@pytest.mark.parametrize("name", ["applications-api", "badgemanagement-api"])
def test_every_operation_answers_as_published_whatever_it_is_sent(database, name):
    published = specification(name)
    token = make.client(COUNTY).token
    there = lodged(token, name)
    schema = schemathesis.openapi.from_dict(published.document)
    schema.app = get_wsgi_application()
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    each = max(2, INPUTS // SHARE // len(operations))
    counted: Counter[int] = Counter()
    numbers = count()

    def send(case: Any) -> None:
        # Half of them about something that is there.
        for parameter, value in there.items():
            if parameter in (case.path_parameters or {}) and next(numbers) % 2:
                case.path_parameters[parameter] = value
        answer = case.call(
            headers={
                "Authorization": f"Bearer {token}",
                "Host": "localhost",
                "Accept": "application/vnd.bluebadge-api.v1+json, application/json",
            }
        )
        counted[answer.status_code] += 1
        assert answer.status_code < 500, (case.as_curl_command(), answer.text[:300])
        assert answer.status_code in (200, *REFUSALS), case.as_curl_command()
        if "json" in answer.headers["content-type"][0]:
            path = urlsplit(case.formatted_path).path.removeprefix(published.base)
            faults = published.faults(case.method, path, answer.status_code, answer.json())
            assert faults == [], (case.as_curl_command(), answer.text[:300])

    for operation in operations:
        allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        forbidden = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        send_many(st.one_of(allowed, forbidden), each, send)
    tell(f"operations of {name}, {len(operations)}", counted)

    assert len(operations) == len(list(published.operations()))
    assert counted[200]
