"""An authority's system that speaks as the department's services are published."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.integration.interfaces.specification import Specification, specification

COUNTY = "borrowdale_county"
ACCEPT = "application/vnd.bluebadge-api.v1+json, application/json"


@dataclass
class Authority:
    """
    Sends requests of one service, and holds every answer against what is published.

    With `keyed`, each request is its own: their clients send no Idempotency-Key.
    """

    published: Specification
    token: str | None
    keyed: bool = True
    seen: list[tuple[str, str, int]] = field(default_factory=list)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        text = body if isinstance(body, bytes | str) else json.dumps(body)
        who = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        if self.keyed and method == "POST":
            headers.setdefault("Idempotency-Key", secrets.token_hex(8))
        answer = Client(raise_request_exception=False).generic(
            method,
            f"{self.published.base}{path}",
            "" if body is None else text,
            "application/json",
            headers={"Accept": ACCEPT, **who, **headers},
        )
        plain = path.partition("?")[0]
        self.seen.append((method, plain, answer.status_code))
        if answer.headers.get("Content-Type", "").endswith("json"):
            faults = self.published.faults(method, plain, answer.status_code, answer.json())
            assert faults == [], (method, path, answer.json())
        return answer

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)


@pytest.fixture
def applications() -> Authority:
    """The county's system at the applications service."""
    return Authority(specification("applications-api"), make.client(COUNTY).token)


@pytest.fixture
def badges() -> Authority:
    """The county's system at the badge management service."""
    return Authority(specification("badgemanagement-api"), make.client(COUNTY).token)


def keys(answer: Any) -> set[tuple[str, str]]:
    """Return the field and the key of each fault of a refusal."""
    return {(one["field"], one["message"]) for one in answer.json()["error"].get("errors", [])}
