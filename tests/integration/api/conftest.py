"""A system that speaks to the API of this process."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from django.test import Client

from tests import make

COUNTY = "borrowdale_county"
TREE = {
    "service": "report_a_fallen_tree",
    "declared": True,
    "answers": {
        "applicant/report.location": "By the old bridge",
        "applicant/report.on_public_land": True,
        "applicant/report.danger": False,
        "applicant/report.blocks": "road",
        "applicant/contact.email": "ada@example.org",
    },
}


class Api:
    """Sends requests with a token, and an idempotency key that is new unless one is given."""

    def __init__(self, token: str | None) -> None:
        self.client = Client(raise_request_exception=False)
        self.token = token

    def post(self, path: str, body: Any, *, key: str | None = None, **headers: str) -> Any:
        text = body if isinstance(body, bytes | str) else json.dumps(body)
        sent = {"Idempotency-Key": key or secrets.token_hex(8), **self._who(), **headers}
        return self.client.generic("POST", f"/api/v1{path}", text, "application/json", headers=sent)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers={**self._who(), **headers})

    def _who(self) -> dict[str, str]:
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def api() -> Api:
    """A system of the county that may do everything."""
    return Api(make.client(COUNTY).token)
