"""Sending one request of the matrix, and reading everything of its answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any

from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from interfaces.dft_blue_badge.samples import application, order
from tests.house.leaks.actors import Asker, fresh_key
from tests.house.leaks.expectations import Row
from tests.house.leaks.place import ORGANISATIONS, service_of
from tests.house.leaks.world import Owner, World
from tests.unit.documents import files

SAFE = ("GET", "HEAD", "OPTIONS")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Which of an owner's applications a route is best asked about.
_DRAFTS = ("questions", "answers", "/pay", "/paid", "/save", "/withdraw", "/files", "/submission")
_WAITING = ("/more", "/decide", "/ask", "/assign", "/note", "/tasks", "decisions", "questions")
_ADDRESSES = count(1)
# The codes of the three organisations, as the place gives them.
AUTHORITIES = {"a": "BORRO", "b": "NORTH", "c": "ELLER"}


@dataclass(frozen=True)
class Answer:
    """What came back: its status, where it leads, and all its text."""

    status: int
    location: str
    text: str


def ask(
    client: Client, world: World, row: Row, method: str, asker: Asker, owner: Owner | None
) -> tuple[str, Answer]:
    """
    Send a request as somebody, and return its address with the answer.

    What a request changes is undone, so that the next one finds the world as it was.
    """
    address = address_of(world, row, owner or Owner("a", "x"))
    client.cookies.clear()
    for name, value in asker.cookies.items():
        client.cookies[name] = value
    sent = _sent(world, row, method, owner or Owner("a", "x"))
    headers = {"Host": "localhost:8000", **asker.headers, **sent.pop("headers", {})}
    # Each from an address of its own, so that nobody is asked to pause.
    number = next(_ADDRESSES)
    where = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    with transaction.atomic():
        response = client.generic(method, address, headers=headers, REMOTE_ADDR=where, **sent)
        if method not in SAFE:
            transaction.set_rollback(True)
    return address, Answer(
        response.status_code, response.headers.get("Location", ""), _text(response)
    )


def address_of(world: World, row: Row, owner: Owner) -> str:
    """Return a route's address about what an owner has."""
    if "(?P<" in row.path:
        return "/accounts/password/reset/key/1-set-password/"
    held = world.holdings[owner]
    is_staff_file = row.path.startswith("staff") and "document" in row.path
    is_referral = row.path.startswith(("assessments/", "api/v1/referrals"))
    values = {
        "reference": held.referral if is_referral else _reference(row, owner, world),
        "service": service_of(owner.organisation),
        "measure": "completion",
        "folder": "messages",
        "name": "received" if "texts" in row.path else service_of(owner.organisation),
        "organisation": ORGANISATIONS[owner.organisation],
        "page": "conditions",
        "document": held.documents["application/pdf" if is_staff_file else "letter"],
        "agreement": held.agreement,
        "message": held.message,
        "identifier": held.application,
        "number": held.number,
        "batch": held.batch,
        "intake": held.intake,
        "entry": held.entry,
        "act": "cancel",
        "task": "photo",
        "draft": world.rules[owner.organisation],
        "step": "dla",
        "key": "of-no-computer",
        "slot": world.slot,
        "assistance": "00000000-0000-7000-8000-000000000000",
        "sample": world.samples[owner.organisation],
        "pk": 1,
    }
    return "/" + _PARAMETER.sub(lambda found: str(values[found[1]]), row.path)


def _reference(row: Row, owner: Owner, world: World) -> str:
    held = world.holdings[owner]
    if "document" in row.path:
        return held.decided
    if "/appointment" in row.path:
        return held.referred
    if "/review" in row.path:
        return held.reviewed
    if not row.path.startswith(("staff", "api/v1/cases")) and any(
        one in row.path for one in _DRAFTS
    ):
        return held.draft
    return held.waiting if any(one in row.path for one in _WAITING) else held.decided


def _sent(world: World, row: Row, method: str, owner: Owner) -> dict[str, Any]:
    """Return the body of a request, such as its owner would send."""
    if method in ("GET", "HEAD"):
        return {}
    if row.path == "oauth/token":
        body = "grant_type=client_credentials"
        return {"data": body, "content_type": "application/x-www-form-urlencoded"}
    key = {"Idempotency-Key": fresh_key()}
    if row.path.endswith("{files}") or row.path.endswith("/files"):
        return {
            "data": files.pdf("More"),
            "content_type": "application/octet-stream",
            "headers": key,
            "QUERY_STRING": "need=applicant/badge.photo&name=a.pdf",
        }
    if row.scopes:
        body = json.dumps(_api_body(world, row, owner, method))
        return {"data": body, "content_type": "application/json", "headers": key}
    form = "&".join(
        [
            *("words=More", "text=A+note", "reason=So+it+is", "outcome=eligible", "ground="),
            *(
                "independent=no&why=So",
                "number=000000",
                f"kind=blue_badge&reference={world.holdings[owner].draft}",
            ),
            *("email=somebody%40example.org", "code=000000", "healthConditions=None"),
            f"to={world.staff[owner.organisation, 'caseworker'].id}",
        ]
    )
    return {"data": form, "content_type": "application/x-www-form-urlencoded"}


def _api_body(world: World, row: Row, owner: Owner, method: str) -> dict[str, Any]:
    if row.path.startswith("uk-gov-dft"):
        return _dft_body(world, row, owner)
    if row.path.endswith("applications"):
        return {"service": service_of(owner.organisation), "draft": True, "answers": {}}
    if row.path.endswith("submission"):
        return {"declared": True}
    if row.path.endswith("decisions"):
        return {"outcome": "eligible", "reason": "So it is"}
    if row.path.endswith("assignee"):
        return {"email": None}
    if "/referrals/" in row.path:
        return _referral_body(row)
    if row.path.endswith("checks"):
        return {"kind": "blue_badge", "number": world.holdings[owner].number}
    return {"words": "More"}


def _referral_body(row: Row) -> dict[str, Any]:
    if row.path.endswith("declarations"):
        return {"assessor": "Bo Lund", "independent": False, "words": "A friend"}
    if row.path.endswith("reports"):
        said = {"recommendation": "meets", "words": "So it is"}
        return {"assessor": "Bo Lund", "findings": [], **said}
    return {"words": "Nobody can"}


def _dft_body(world: World, row: Row, owner: Owner) -> dict[str, Any]:
    if row.path.endswith("applications"):
        return application(localAuthorityCode=AUTHORITIES[owner.organisation])
    if row.path.endswith("transfers"):
        return {"transferToLaShortCode": AUTHORITIES["b" if owner.organisation == "c" else "c"]}
    if row.path.endswith("badges"):
        code = AUTHORITIES[owner.organisation]
        return order("2090-01-01", "2092-12-31", localAuthorityShortCode=code)
    if "print-batch" in row.path:
        return {"batchType": "STANDARD"}
    number = {"badgeNumber": world.holdings[owner].number}
    if row.path.endswith("replacements"):
        delivery = {"deliverToCode": "HOME", "deliveryOptionCode": "STAND"}
        return {**number, **delivery, "replaceReasonCode": "LOST"}
    if row.path.endswith("cancellations"):
        return {**number, "cancelReasonCode": "LOST"}
    return {"applicationStatus": "INPROGRESS"}


def _text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = content.decode("utf-8", errors="replace")
    if content and response.headers.get("Content-Type") == "application/pdf":
        text += words_of(content)
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{response.cookies.output()}\n{text}"


@cache
def words_of(pdf: bytes) -> str:
    """Return what stands on the pages of a PDF, and what it says of itself."""
    reader = PdfReader(BytesIO(pdf))
    return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
