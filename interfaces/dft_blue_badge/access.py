"""Who may come in by these doors, and what they are answered when they may not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from interfaces.dft_blue_badge.envelope import MEDIA_TYPE, Paging, answered, refused
from interfaces.dft_blue_badge.shapes import Fault
from standpipe.api.keyed import KeyUsedDifferently, answer_once
from standpipe.applications.application import NoSuchApplication, NoSuchService
from standpipe.cases.actions import NoSuchCase
from standpipe.consent.actions import NotPermitted
from standpipe.identity.actor import Actor, Scope
from standpipe.identity.queries import actor_of_token
from standpipe.identity.tenancy import acting
from standpipe.jobs.clock import now
from standpipe.kernel.errors import Refused, Unavailable
from standpipe.kernel.identifiers import new_id
from standpipe.web.access import open_to

LARGEST_BODY = 1024 * 1024
_TAKEN = ("*/*", "application/*", "application/json", MEDIA_TYPE)
_LONGEST_KEY = 200
_NOT_THERE = (NoSuchApplication, NoSuchCase, NoSuchService, NotPermitted)


class Turned(Exception):
    """The request is refused: the status, the key and the words of the answer."""

    def __init__(
        self, status: int, key: str, reason: str, faults: list[Fault] | None = None
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.key = key
        self.reason = reason
        self.faults = faults or []


NOT_FOUND = "There is nothing of this name in your authority."


def not_found() -> Turned:
    """Return the refusal of what is not there, or is another's: which, is not said."""
    return Turned(404, "NotFound", NOT_FOUND)


def invalid(faults: list[Fault]) -> Turned:
    """Return the refusal of a request that is wrong; the first fault is also named by itself."""
    return Turned(400, faults[0].key, "See each field.", faults)


def failed(fault: Fault) -> Turned:
    """Return the refusal of something that cannot be done now, by its key alone."""
    return Turned(400, fault.key, fault.reason)


@dataclass(frozen=True, slots=True)
class Call:
    """
    One request of a client that may come in; `body` is what its JSON said.

    `key` is its Idempotency-Key, empty without one.
    """

    actor: Actor
    at: datetime
    organisation: UUID
    query: QueryDict
    body: Any
    accept: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a way answers: data in the envelope, or a file of its own in place of it."""

    data: Any = None
    paging: Paging | None = None
    file: HttpResponse | None = None


Handler = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Way:
    """
    One method of a door: the scope it takes, its published name, and what it does.

    `prepare` does beforehand what must not hold a transaction open; what it returns is handed on.
    `alone` says that the handler opens its transactions itself.
    """

    scope: Scope
    operation: str
    handle: Handler
    prepare: Callable[..., Any] | None = None
    alone: bool = False
    largest_body: int = LARGEST_BODY


def door(context: str, **ways: Way) -> Callable[..., HttpResponse]:
    """Return the view of an address: one way for each method, open to clients alone."""

    def view(request: HttpRequest, **named: Any) -> HttpResponse:
        way = ways["GET" if request.method == "HEAD" else str(request.method)]
        return _Visit(request, context, way, named).answer()

    view.ways = ways  # type: ignore[attr-defined]
    view.scopes = {method: way.scope for method, way in ways.items()}  # type: ignore[attr-defined]
    return csrf_exempt(open_to("client", methods=tuple(ways))(view))


class _Visit:
    """One request from its token to its answer."""

    def __init__(
        self, request: HttpRequest, context: str, way: Way, named: Mapping[str, Any]
    ) -> None:
        self._request = request
        self._way = way
        self._named = named
        self._about = {"context": context, "method": way.operation, "identifier": new_id()}

    def answer(self) -> HttpResponse:
        try:
            call = self._call()
            prepared = (
                {}
                if self._way.prepare is None
                else {"prepared": self._way.prepare(call, **self._named)}
            )
            return self._act(call, prepared)
        except Turned as turned:
            return self._refuse(turned)
        except KeyUsedDifferently as differently:
            return self._refuse(Turned(409, "Idempotency-Key", str(differently)))
        except _NOT_THERE:
            return self._refuse(not_found())
        except Refused as refusal:
            return self._refuse(Turned(409, "NotPossible", str(refusal)))
        except (DataError, UnicodeEncodeError):
            why = "It holds characters that cannot be kept, such as NUL."
            return self._refuse(Turned(400, "InvalidFormat.body", why))
        except (InterfaceError, OperationalError, Unavailable):
            response = self._refuse(Turned(503, "Unavailable", "Try again in a minute."))
            response.headers["Retry-After"] = "60"
            return response

    def _call(self) -> Call:
        at = now()
        scheme, _, token = self._request.headers.get("Authorization", "").partition(" ")
        actor = actor_of_token(token.strip(), at=at) if scheme.lower() == "bearer" else None
        if actor is None or actor.organisation is None:
            raise Turned(401, "Unauthorized", "Get a token at /oauth/token and send it as Bearer.")
        if self._way.scope not in actor.scopes:
            raise Turned(403, "Forbidden", f"This needs a token with the scope {self._way.scope}.")
        accept = self._request.headers.get("Accept", "*/*")
        offered = [one.partition(";")[0].strip().lower() for one in accept.split(",")]
        if not set(offered) & {*_TAKEN, "application/zip"}:
            raise Turned(406, "NotAcceptable", f"Accept {MEDIA_TYPE}.")
        return Call(
            actor=actor,
            at=at,
            organisation=actor.organisation,
            query=self._request.GET,
            body=self._body(),
            accept=accept,
            key=self._request.headers.get("Idempotency-Key", ""),
        )

    def _body(self) -> Any:
        if self._request.method not in ("POST", "PUT"):
            return None
        content = self._request.read(self._way.largest_body + 1)
        if len(content) > self._way.largest_body:
            raise Turned(413, "TooLarge", f"Send at most {self._way.largest_body} bytes.")
        self._said = content
        if not content.strip():
            return None
        try:
            body = json.loads(content, parse_constant=_no_number)
            can_be_kept = _can_be_kept(body)
        except (ValueError, RecursionError):
            raise Turned(400, "InvalidFormat.body", "Send JSON in UTF-8.") from None
        if not can_be_kept:
            why = "Leave characters out that are none, such as NUL."
            raise Turned(400, "InvalidFormat.body", why)
        return body

    def _act(self, call: Call, prepared: Mapping[str, Any]) -> HttpResponse:
        if self._way.alone:
            return self._envelope(self._way.handle(call, **self._named, **prepared))
        key = self._request.headers.get("Idempotency-Key")
        with acting(call.actor):
            if key is None or self._request.method != "POST":
                return self._envelope(self._way.handle(call, **self._named, **prepared))
            if not 1 <= len(key) <= _LONGEST_KEY or not key.isprintable():
                why = f"Send 1 to {_LONGEST_KEY} printable characters."
                raise Turned(400, "Idempotency-Key", why)
            return self._once(call, key, prepared)

    def _once(self, call: Call, key: str, prepared: Mapping[str, Any]) -> HttpResponse:
        def act() -> tuple[int, str]:
            made = self._envelope(self._way.handle(call, **self._named, **prepared))
            return made.status_code, made.content.decode()

        _, text, repeated = answer_once(
            call.actor,
            route=f"{self._about['method']}/{'/'.join(map(str, self._named.values()))}"[:120],
            key=key,
            request=self._said,
            at=call.at,
            act=act,
        )
        response = self._json(text, 200)
        if repeated:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    def _envelope(self, answer: Answer) -> HttpResponse:
        if answer.file is not None:
            return answer.file
        body = answered(answer.data, paging=answer.paging, **self._about)  # type: ignore[arg-type]
        return self._json(json.dumps(body, ensure_ascii=False), 200)

    def _refuse(self, turned: Turned) -> HttpResponse:
        body = refused(
            turned.status,
            key=turned.key,
            reason=turned.reason,
            faults=turned.faults,
            **self._about,  # type: ignore[arg-type]
        )
        response = self._json(json.dumps(body, ensure_ascii=False), turned.status)
        if turned.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="standpipe"'
        return response

    def _json(self, text: str, status: int) -> HttpResponse:
        # Their file says that it is plain JSON; who asks for their own type alone is given that.
        accept = self._request.headers.get("Accept", "*/*").lower()
        media_type = (
            MEDIA_TYPE if accept.split(";")[0].strip() == MEDIA_TYPE else "application/json"
        )
        response = HttpResponse(text, status=status, content_type=media_type)
        response.headers["Cache-Control"] = "no-store"
        return response


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _can_be_kept(value: Any) -> bool:
    """Say whether PostgreSQL can keep every text: JSON can say NUL, and halves of characters."""
    if isinstance(value, str):
        return not any(one == "\0" or "\ud800" <= one <= "\udfff" for one in value)
    if isinstance(value, dict):
        return all(_can_be_kept(name) and _can_be_kept(one) for name, one in value.items())
    return not isinstance(value, list) or all(map(_can_be_kept, value))
