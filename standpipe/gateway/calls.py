"""One call to an outside system and its answer, as plain values; and what may be said of them."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from standpipe.kernel.errors import Misconfigured

_SAFE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})


class Malformed(Exception):
    """What came back is not what was agreed; raised by clients while they read an answer."""


class AddressNotAllowed(Misconfigured):
    """A connector would call an address that its settings do not name."""


@dataclass(frozen=True, slots=True)
class Call:
    """
    One request; `route` names it in logs and measures, and so holds no personal data.

    `only_reads` marks a POST that changes nothing over there. `idempotency_key` makes one that
    changes something safe to repeat. `body` is sent as JSON, `form` as a form.
    """

    method: str
    url: str
    route: str
    correlation_id: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    only_reads: bool = False
    idempotency_key: str | None = None

    @property
    def may_be_repeated(self) -> bool:
        """Say whether sending it twice has the effect of sending it once."""
        return self.method in _SAFE_METHODS or self.only_reads or self.idempotency_key is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read whole; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """
        Return the body read as JSON.

        :raises Malformed: if it does not say it is JSON, or is not
        """
        media_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json" and not media_type.endswith("+json"):
            raise Malformed(f"{media_type or 'nothing'} instead of JSON")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Malformed("not JSON") from error

    def json_object(self) -> dict[str, Any]:
        """
        Return the body read as a JSON object.

        :raises Malformed: if it is anything else
        """
        value = self.json()
        if not isinstance(value, dict):
            raise Malformed(f"a {type(value).__name__} instead of an object")
        return value


def origin(url: str, *, named_by: str) -> str:
    """
    Return scheme, host and port of an address that we may call, `https://api.example:443`.

    Only https, by name; plain http to `localhost` alone, for simulators. `named_by` is the setting
    that an error speaks of.

    :raises AddressNotAllowed: if it is of another scheme, a bare number, or carries a password
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise AddressNotAllowed(f"{named_by}: not an address.") from error
    if not host or parts.username is not None or parts.password is not None:
        raise AddressNotAllowed(f"{named_by}: write https://, the name of a host, no password.")
    if _is_number(host):
        raise AddressNotAllowed(f"{named_by}: name the host; numbers are not allowed.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host == "localhost"):
        raise AddressNotAllowed(f"{named_by}: begin with https://.")
    return f"{parts.scheme}://{host}:{port or (443 if parts.scheme == 'https' else 80)}"


def _is_number(host: str) -> bool:
    # Resolvers also read 2130706433, 0x7f.1 and 0177.0.0.1 as addresses: a host whose last label
    # begins with a digit is never a name (RFC 3696, section 2).
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.rsplit(".", 1)[-1][:1].isdigit()
    return True
