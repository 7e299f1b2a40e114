"""One request, one transaction, one answer for its Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from standpipe.api.answers import problem, text_answer
from standpipe.api.keyed import KeyUsedDifferently, answer_once
from standpipe.identity.tenancy import acting

_LONGEST_KEY = 200


class _NotDone(Exception):
    """The act refused the request: nothing of it may stay, not even the key."""

    def __init__(self, status: int, answer: str) -> None:
        self.status = status
        self.answer = answer


def act_once(
    request: HttpRequest,
    *,
    route: str,
    act: Callable[[], tuple[int, str]],
    said: bytes | None = None,
) -> HttpResponse:
    """
    Act in one transaction and answer after it is committed.

    A request that is refused leaves nothing behind: mended, it may come with the same key.
    `said` is what makes two requests the same, where that is not the body.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= _LONGEST_KEY or not key.isprintable():
        return problem(
            400,
            "Idempotency-Key is missing",
            f"Send a header Idempotency-Key of 1 to {_LONGEST_KEY} printable characters,"
            " a new one for each new request and the same one for a repeat.",
        )

    def act_or_leave() -> tuple[int, str]:
        status, answer = act()
        if status >= 400:
            raise _NotDone(status, answer)
        return status, answer

    actor = request.auth  # type: ignore[attr-defined]
    try:
        with acting(actor):
            status, answer, repeated = answer_once(
                actor,
                route=route,
                key=key,
                request=request.body if said is None else said,
                at=request.at,  # type: ignore[attr-defined]
                act=act_or_leave,
            )
    except KeyUsedDifferently as differently:
        return problem(409, "Idempotency-Key was used before", str(differently))
    except _NotDone as refused:
        response = text_answer(refused.answer, status=refused.status)
        response.headers["Content-Type"] = "application/problem+json"
        return response
    response = text_answer(answer, status=status)
    if repeated:
        response.headers["Idempotent-Replayed"] = "true"
    return response
