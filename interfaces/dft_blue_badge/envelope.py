"""The envelope of every answer, as both services publish it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from interfaces.dft_blue_badge.shapes import Fault

API_VERSION = "1.0.0"
MEDIA_TYPE = "application/vnd.bluebadge-api.v1+json"
LARGEST_PAGE = 200
USUAL_PAGE = 50
_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many results; pages count from 1."""

    number: int
    size: int
    total: int

    def as_info(self, count: int) -> dict[str, int]:
        """Return it in their words; `count` is how many stand on the page."""
        return {
            "total": self.total,
            "count": count,
            "pageSize": self.size,
            "pageNum": self.number,
            "pages": -(-self.total // self.size),
        }


def answered(
    data: Any = None, *, context: str, method: str, identifier: UUID, paging: Paging | None = None
) -> dict[str, Any]:
    """Return the envelope of an answer; without `data` it says only that it was done."""
    body = _envelope(context, method, identifier)
    if paging is not None:
        body["pagingInfo"] = paging.as_info(len(data))
    if data is not None:
        body["data"] = data
    return body


def refused(
    status: int,
    *,
    context: str,
    method: str,
    identifier: UUID,
    key: str,
    reason: str,
    faults: Sequence[Fault] = (),
) -> dict[str, Any]:
    """Return the envelope of a refusal: what it is, why, and every field at fault."""
    body = _envelope(context, method, identifier)
    body["error"] = {"code": status, "message": key, "reason": reason}
    if faults:
        body["error"]["errors"] = [
            {"field": one.field, "reason": one.reason, "message": one.key} for one in faults
        ]
    return body


def read_paging(number: str | None, size: str | None) -> tuple[Paging, list[Fault]]:
    """Return which page is asked for, and what is wrong with the asking; its total is not known."""
    faults: list[Fault] = []
    page = _whole("pageNum", number, 1, None, faults)
    length = _whole("pageSize", size, USUAL_PAGE, LARGEST_PAGE, faults)
    return Paging(page, length, 0), faults


def _whole(
    name: str, text: str | None, usual: int, largest: int | None, faults: list[Fault]
) -> int:
    if text is None:
        return usual
    if not text.strip():
        faults.append(Fault(name, f"NotNull.pagingParams.{name}", "Leave it out or fill it in."))
        return usual
    if not _NUMBER.fullmatch(text.strip()):
        key = f"typeMismatch.pagingParams.{name}"
        faults.append(Fault(name, key, "Send a whole number."))
        return usual
    number = int(text)
    if number < 1:
        faults.append(Fault(name, f"Min.pagingParams.{name}", "Send 1 or more."))
        return usual
    if largest is not None and number > largest:
        faults.append(Fault(name, f"Max.pagingParams.{name}", f"Send {largest} at most."))
        return usual
    return number


def _envelope(context: str, method: str, identifier: UUID) -> dict[str, Any]:
    return {"apiVersion": API_VERSION, "context": context, "id": str(identifier), "method": method}
