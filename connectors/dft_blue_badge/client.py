"""The badge management API (Swagger 2.0, version 1.1.0) in its own words, without their meaning."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from standpipe.gateway.calls import Answer, Call, Malformed
from standpipe.gateway.client_credentials import ClientCredentials
from standpipe.gateway.http import Outbound

T = TypeVar("T")

BASE_PATH = "/uk-gov-dft/blue-badge/1.0.0"
MEDIA_TYPE = "application/vnd.bluebadge-api.v1+json"
TOKEN_PATH = "/oauth/token"  # noqa: S105 (a path)


class DftError(Exception):
    """An error in the common envelope; `keys` are those of every field at fault."""

    def __init__(self, status: int, message: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(f"{status} {message}")
        self.status, self.message = status, message
        self.keys = tuple(keys)

    def says(self, key: str) -> bool:
        """Say whether a key is among its own or those of its fields."""
        return self.message == key or any(one == key for _, one in self.keys)


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge; of a summary, the reference and the postcode of a whole one may be missing."""

    number: str
    status: str
    name: str
    expiry_date: str
    reference: str
    postcode: str


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
        self._deadline = outbound.limits.deadline_seconds
        self._clock = clock
        self._credentials = ClientCredentials(
            outbound,
            url=f"{self._url}{TOKEN_PATH}",
            route=TOKEN_PATH,
            client_id=client_id,
            client_secret=client_secret,
            scope="",
            unless=_unless_error,
            clock=clock,
        )

    def order(self, body: Mapping[str, Any], *, correlation_id: str) -> list[str]:
        """Order badges; return their numbers. DftError if the Department declines."""
        return self._call("POST", "/badges", "/badges", _read_numbers, correlation_id, body=body)

    def replace(self, number: str, body: Mapping[str, Any], *, correlation_id: str) -> str:
        """Order a replacement; return its number. DftError if the Department declines."""
        return self._of(number, "/replacements", _read_number, correlation_id, body)

    def cancel(self, number: str, body: Mapping[str, Any], *, correlation_id: str) -> None:
        """Cancel a badge; DftError if the Department declines."""
        return self._of(number, "/cancellations", lambda _: None, correlation_id, body)

    def badge(self, number: str, *, correlation_id: str) -> Badge:
        """Return a badge whole; DftError 404 if there is none."""
        path = f"/badges/{quote(number, safe='')}"
        return self._call("GET", path, "/badges/{badgeNumber}", _read_badge, correlation_id)

    def badges_at(self, postcode: str, *, correlation_id: str) -> list[Badge]:
        """Return the badges of a postcode in short."""
        query = {"postCode": postcode}
        return self._call("GET", "/badges", "/badges", _read_badges, correlation_id, query=query)

    def _of(
        self,
        number: str,
        what: str,
        read: Callable[[Answer], T],
        correlation_id: str,
        body: Mapping[str, Any],
    ) -> T:
        path = f"/badges/{quote(number, safe='')}{what}"
        route = f"/badges/{{badgeNumber}}{what}"
        return self._call("POST", path, route, read, correlation_id, body=body)

    def _call(
        self,
        method: str,
        path: str,
        route: str,
        read: Callable[[Answer], T],
        correlation_id: str,
        **terms: Any,
    ) -> T:
        ends_at = self._clock() + self._deadline
        for last in (False, True):
            token = self._credentials.token(
                correlation_id, deadline_seconds=ends_at - self._clock()
            )
            call = Call(
                method,
                self._url + BASE_PATH + path,
                route,
                correlation_id,
                headers={"Authorization": f"Bearer {token}", "Accept": MEDIA_TYPE},
                **terms,
            )
            try:
                return self._outbound.call(
                    call, read=_unless_error(read), deadline_seconds=ends_at - self._clock()
                )
            except DftError as declined:
                # A token may end early; once, a fresh one is worth a try.
                if last or declined.status != 401:
                    raise
                self._credentials.forget(token)
        raise AssertionError("the second turn returns or raises")


def _unless_error(read: Callable[[Answer], T]) -> Callable[[Answer], T]:
    def reading(answer: Answer) -> T:
        if answer.status < 400:
            return read(answer)
        # A refused token is answered without a body that could be counted on.
        error = {} if answer.status in (401, 403) else answer.json_object().get("error")
        if not isinstance(error, dict):
            raise Malformed("an error without its envelope")
        fields = [one for one in error.get("errors") or () if isinstance(one, dict)]
        raise DftError(
            answer.status,
            str(error.get("message", "")),
            [(str(one.get("field", "")), str(one.get("message", ""))) for one in fields],
        )

    return reading


def _read_numbers(answer: Answer) -> list[str]:
    numbers = answer.json_object().get("data")
    if not isinstance(numbers, list) or not numbers or not all(map(_is_number, numbers)):
        raise Malformed("no badge numbers")
    return numbers


def _read_number(answer: Answer) -> str:
    number = answer.json_object().get("data")
    if not _is_number(number):
        raise Malformed("no badge number")
    return str(number)


def _read_badge(answer: Answer) -> Badge:
    return _badge(answer.json_object().get("data"))


def _read_badges(answer: Answer) -> list[Badge]:
    badges = answer.json_object().get("data")
    if not isinstance(badges, list):
        raise Malformed("no list of badges")
    return [_badge(one) for one in badges]


def _badge(said: Any) -> Badge:
    try:
        party = said.get("party") or {}
        person = party.get("person") or party.get("organisation") or {}
        return Badge(
            number=_text(said["badgeNumber"]),
            status=_text(said["statusCode"]),
            name=_text(said.get("name") or person.get("badgeHolderName") or ""),
            expiry_date=_text(said["expiryDate"]),
            reference=_text(said.get("localAuthorityRef") or ""),
            postcode=_text(
                said.get("postCode") or (party.get("contact") or {}).get("postCode") or ""
            ),
        )
    except (KeyError, AttributeError) as error:
        raise Malformed("not a badge") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed(f"a {type(value).__name__} instead of text")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value != ""
