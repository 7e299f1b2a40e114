"""GOV.UK Notify's API v2 in its own words. Gives no meaning to any of them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from joserfc import jwt
from joserfc.jwk import OctKey

from standpipe.gateway.calls import Answer, Call, Malformed
from standpipe.gateway.http import Outbound
from standpipe.kernel.errors import Misconfigured

T = TypeVar("T")

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY = re.compile(f"(?:.*-)?({_UUID})-({_UUID})")


class NotifyError(Exception):
    """An error as Notify writes it: status, the kind (`BadRequestError`) and the message."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(f"{status} {error}: {message}")
        self.status, self.error, self.message = status, error, message


@dataclass(frozen=True, slots=True)
class Notification:
    """One message as Notify knows it; `status` is None straight after sending."""

    id: str
    reference: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """One template; `placeholders` are the names that personalisation must give."""

    type: str
    placeholders: frozenset[str]


class Client:
    """Calls the API with a fresh token each time, as Notify wants it. May be shared by threads."""

    def __init__(
        self, outbound: Outbound, *, url: str, key: str, clock: Callable[[], float] = time.time
    ) -> None:
        fits = _KEY.fullmatch(key)
        if fits is None:
            raise Misconfigured("STANDPIPE_NOTIFY_KEY: not a key of Notify: copy it whole.")
        self._service_id, secret = fits.groups()
        self._secret = OctKey.import_key(secret)
        self._outbound = outbound
        self._url = url.rstrip("/")
        self._clock = clock

    def send(self, channel: str, body: Mapping[str, Any]) -> Notification:
        """
        Send an `email`, `sms` or `letter`.

        :raises NotifyError: if Notify declines
        :raises Unreached: if it is not known to have taken the message
        """
        reference = str(body.get("reference", ""))
        path = f"/v2/notifications/{channel}"
        return self._call("POST", path, path, _read_notification, reference, body=body)

    def notification(self, notification_id: str) -> Notification:
        """Return one message; NotifyError 404 if Notify does not know it."""
        return self._call(
            "GET",
            f"/v2/notifications/{quote(notification_id, safe='')}",
            "/v2/notifications/{id}",
            _read_known_notification,
            notification_id,
        )

    def notifications(self, reference: str) -> list[Notification]:
        """Return the messages with a reference, newest first."""
        path = "/v2/notifications"
        return self._call(
            "GET", path, path, _read_notifications, reference, query={"reference": reference}
        )

    def template(self, template_id: str) -> Template:
        """Return a template as it stands now; NotifyError 404 if there is none."""
        path = f"/v2/template/{quote(template_id, safe='')}"
        return self._call("GET", path, "/v2/template/{id}", _read_template, template_id)

    def preview(self, template_id: str, personalisation: Mapping[str, str]) -> str:
        """Return the body a template makes; NotifyError 400 if a placeholder is left out."""
        return self._call(
            "POST",
            f"/v2/template/{quote(template_id, safe='')}/preview",
            "/v2/template/{id}/preview",
            _read_preview,
            template_id,
            body={"personalisation": dict(personalisation)},
            only_reads=True,
        )

    def _call(
        self,
        method: str,
        path: str,
        route: str,
        read: Callable[[Answer], T],
        correlation_id: str,
        **terms: Any,
    ) -> T:
        call = Call(
            method,
            self._url + path,
            route,
            correlation_id,
            headers={"Authorization": f"Bearer {self._token()}"},
            **terms,
        )
        return self._outbound.call(call, read=_unless_error(read))

    def _token(self) -> str:
        claims = {"iss": self._service_id, "iat": int(self._clock())}
        return jwt.encode({"typ": "JWT", "alg": "HS256"}, claims, self._secret)


def _unless_error(read: Callable[[Answer], T]) -> Callable[[Answer], T]:
    def reading(answer: Answer) -> T:
        if answer.status < 400:
            return read(answer)
        errors = answer.json_object().get("errors")
        first = errors[0] if isinstance(errors, list) and errors else {}
        first = first if isinstance(first, dict) else {}
        raise NotifyError(answer.status, str(first.get("error", "")), str(first.get("message", "")))

    return reading


def _read_notification(answer: Answer) -> Notification:
    return _notification(answer.json_object())


def _read_known_notification(answer: Answer) -> Notification:
    notification = _notification(answer.json_object())
    if notification.status is None:
        raise Malformed("a notification without a status")
    return notification


def _read_notifications(answer: Answer) -> list[Notification]:
    listed = answer.json_object().get("notifications")
    if not isinstance(listed, list):
        raise Malformed("no list of notifications")
    return [_notification(one) for one in listed]


def _notification(body: object) -> Notification:
    if not isinstance(body, dict) or not isinstance(body.get("id"), str) or not body["id"]:
        raise Malformed("a notification without an id")
    reference, status = body.get("reference"), body.get("status")
    if not isinstance(reference, str | None) or not isinstance(status, str | None):
        raise Malformed("a reference or status that is no text")
    return Notification(body["id"], reference, status)


def _read_template(answer: Answer) -> Template:
    body = answer.json_object()
    wanted = body.get("personalisation") or {}
    if not isinstance(wanted, dict) or not isinstance(body.get("type"), str):
        raise Malformed("not a template")
    return Template(body["type"], frozenset(wanted))


def _read_preview(answer: Answer) -> str:
    body = answer.json_object().get("body")
    if not isinstance(body, str):
        raise Malformed("a preview without a body")
    return body
