"""The department's API in its own words: token, match, answers. Gives no meaning to any of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import quote

from standpipe.gateway.calls import Answer, Call, Malformed
from standpipe.gateway.client_credentials import ClientCredentials
from standpipe.gateway.http import Outbound

T = TypeVar("T")

_SCOPES = "citizen.match citizen.answer"


class Declined(Exception):
    """The department declined a request; `code` is its own word for the reason."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Match:
    """`citizen_guid` holds for this client alone, and only with the outcome `matched`."""

    outcome: str
    citizen_guid: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """`award_end` None means the award goes on, or was not asked."""

    decision: str
    award_end: date | None


@dataclass(frozen=True, slots=True)
class Answers:
    """Decisions by question; `as_of` is the department's own moment."""

    as_of: datetime
    decisions: Mapping[str, Decision]


class Client:
    """Calls the API; keeps its token. May be shared by threads."""

    def __init__(
        self,
        outbound: Outbound,
        *,
        url: str,
        client_id: str,
        client_secret: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbound = outbound
        self._url = url.rstrip("/")
        self._clock = clock
        self._credentials = ClientCredentials(
            outbound,
            url=f"{self._url}/oauth2/token",
            route="/oauth2/token",
            client_id=client_id,
            client_secret=client_secret,
            scope=_SCOPES,
            unless=_unless_declined,
            clock=clock,
        )

    def match(
        self, citizen: Mapping[str, str], *, correlation_id: str, deadline_seconds: float
    ) -> Match:
        """
        Find a citizen by names, birth date, postcode and perhaps National Insurance number.

        :raises Declined: if the department declines
        :raises Unreached: if there is no usable answer in time
        """
        return self._post(
            "/v1/citizens/match",
            "/v1/citizens/match",
            citizen,
            read=_read_match,
            correlation_id=correlation_id,
            deadline_seconds=deadline_seconds,
        )

    def answers(
        self,
        citizen_guid: str,
        body: Mapping[str, Any],
        *,
        correlation_id: str,
        deadline_seconds: float,
    ) -> Answers:
        """
        Put questions about a citizen.

        :raises Declined: if the department declines
        :raises Unreached: if there is no usable answer in time
        """
        return self._post(
            f"/v1/citizens/{quote(citizen_guid, safe='')}/answers",
            "/v1/citizens/{guid}/answers",
            body,
            read=_read_answers,
            correlation_id=correlation_id,
            deadline_seconds=deadline_seconds,
        )

    def _post(
        self,
        path: str,
        route: str,
        body: Mapping[str, Any],
        *,
        read: Callable[[Answer], T],
        correlation_id: str,
        deadline_seconds: float,
    ) -> T:
        ends_at = self._clock() + deadline_seconds
        for last in (False, True):
            token = self._credentials.token(
                correlation_id, deadline_seconds=ends_at - self._clock()
            )
            call = Call(
                "POST",
                self._url + path,
                route,
                correlation_id,
                headers={"Authorization": f"Bearer {token}"},
                body=body,
                only_reads=True,
            )
            try:
                return self._outbound.call(
                    call, read=_unless_declined(read), deadline_seconds=ends_at - self._clock()
                )
            except Declined as declined:
                # The department may end a token early; once, a fresh one is worth a try.
                if last or declined.status != 401:
                    raise
                self._credentials.forget(token)
        raise AssertionError("the second turn returns or raises")


def _unless_declined(read: Callable[[Answer], T]) -> Callable[[Answer], T]:
    def reading(answer: Answer) -> T:
        if answer.status >= 400:
            problem = answer.json_object()
            raise Declined(answer.status, str(problem.get("code") or problem.get("error") or ""))
        return read(answer)

    return reading


def _read_match(answer: Answer) -> Match:
    body = answer.json_object()
    outcome, guid = body.get("outcome"), body.get("citizen_guid")
    if outcome not in ("matched", "not_matched", "multiple"):
        raise Malformed("no outcome")
    if (outcome == "matched") != (isinstance(guid, str) and guid != ""):
        raise Malformed("a guid where there is no match, or none where there is")
    return Match(outcome, guid)


def _read_answers(answer: Answer) -> Answers:
    body = answer.json_object()
    try:
        as_of = datetime.fromisoformat(body["as_of"])
        if as_of.tzinfo is None:
            raise Malformed("a moment without a time zone")
        decisions = {one["question"]: _read_decision(one) for one in body["answers"]}
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("not as agreed") from error
    return Answers(as_of, decisions)


def _read_decision(one: Mapping[str, Any]) -> Decision:
    if one["decision"] not in ("met", "not_met", "unknown"):
        raise Malformed("an unknown decision")
    end = one.get("award_end")
    return Decision(one["decision"], None if end is None else date.fromisoformat(end))
