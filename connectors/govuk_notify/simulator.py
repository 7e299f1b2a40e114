"""GOV.UK Notify with one service, simulated; what it "sends" can be read at /messages."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from connectors.govuk_notify.authentication import Keyholder, NotAllowed
from connectors.govuk_notify.pages import add_pages
from connectors.govuk_notify.templates import TEMPLATES, Template
from connectors.govuk_notify.validation import Faulty, check
from standpipe.gateway.simulation.command import (
    arguments_parser,
    control_token,
    required_setting,
    run,
)
from standpipe.gateway.simulation.messages import Reply, Request, Routes
from standpipe.gateway.simulation.server import Simulation
from standpipe.gateway.simulation.store import Store

# Recipients that the real Notify keeps for tests, too.
_FAILING = {
    "temp-fail@simulator.notify": "temporary-failure",
    "perm-fail@simulator.notify": "permanent-failure",
    "07700900003": "temporary-failure",
    "07700900002": "permanent-failure",
}
_SENDING_SECONDS = 1.0
_DELIVERED_SECONDS = 3.0
_PAGE = 250


class Notify:
    """Takes messages over and tells how far they have come."""

    def __init__(
        self,
        keyholder: Keyholder,
        store: Store,
        *,
        a_minute: int,
        a_day: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keyholder, self._store = keyholder, store
        self._a_minute, self._a_day = a_minute, a_day
        self._clock = clock
        self._recent: deque[float] = deque()

    def send(self, request: Request, *, channel: str) -> Reply:
        """Answer POST /v2/notifications/{channel}."""
        self._keyholder.require(request)
        if channel not in ("email", "sms", "letter"):
            return _error(404, "NotFound", "The requested URL was not found on the server.")
        self._keep_to_limits()
        body = request.json_object()
        template = check(channel, body)
        assert body is not None  # `check` refuses it
        personalisation = body.get("personalisation") or {}
        notification_id = str(uuid4())
        content = _content(template, personalisation)
        recipient = body.get("email_address") or body.get("phone_number")
        reference = body.get("reference")
        self._store.put(
            "notification",
            notification_id,
            {
                "id": notification_id,
                "reference": reference,
                "type": channel,
                "to": recipient,
                "lines": [personalisation.get(f"address_line_{at}") for at in range(1, 8)],
                "template": _template_link(template),
                "body": content["body"],
                "subject": content.get("subject"),
                "made_at": self._clock(),
            },
            label=reference or "",
        )
        answer: dict[str, Any] = {
            "id": notification_id,
            "reference": reference,
            "content": content,
            "uri": f"/v2/notifications/{notification_id}",
            "template": _template_link(template),
            "scheduled_for": None,
        }
        if channel == "email":
            answer["sanitised_content"] = {}
        return Reply.json(201, answer)

    def one(self, request: Request, *, notification_id: str) -> Reply:
        """Answer GET /v2/notifications/{id}."""
        self._keyholder.require(request)
        try:
            notification_id = str(UUID(notification_id))
        except ValueError:
            return _error(400, "ValidationError", "notification_id is not a valid UUID")
        kept = self._store.get("notification", notification_id)
        if kept is None:
            return _error(404, "NoResultFound", "No result found")
        return Reply.json(200, self.shown(kept))

    def many(self, request: Request) -> Reply:
        """Answer GET /v2/notifications, newest first."""
        self._keyholder.require(request)
        query = request.query
        kept = self._store.newest("notification", label=query.get("reference"), most=_PAGE)
        shown = [self.shown(one) for one in kept]
        for name, field in (("status", "status"), ("template_type", "type")):
            if name in query:
                shown = [one for one in shown if one[field] == query[name]]
        return Reply.json(200, {"notifications": shown, "links": {"current": "/v2/notifications"}})

    def template(self, request: Request, *, template_id: str) -> Reply:
        """Answer GET /v2/template/{id}."""
        self._keyholder.require(request)
        template = TEMPLATES.get(template_id)
        if template is None:
            return _error(404, "NoResultFound", "No result found")
        return Reply.json(200, template.as_json())

    def templates(self, request: Request) -> Reply:
        """Answer GET /v2/templates."""
        self._keyholder.require(request)
        kind = request.query.get("type")
        listed = [one.as_json() for one in TEMPLATES.values() if kind in (None, one.type)]
        return Reply.json(200, {"templates": listed})

    def preview(self, request: Request, *, template_id: str) -> Reply:
        """Answer POST /v2/template/{id}/preview."""
        self._keyholder.require(request)
        template = TEMPLATES.get(template_id)
        if template is None:
            return _error(404, "NoResultFound", "No result found")
        personalisation = (request.json_object() or {}).get("personalisation") or {}
        missing = template.missing(personalisation)
        if missing:
            raise Faulty("BadRequestError", [f"Missing personalisation: {', '.join(missing)}"])
        content = _content(template, personalisation)
        return Reply.json(
            200,
            {
                "id": template.id,
                "type": template.type,
                "version": template.version,
                "body": content["body"],
                "subject": content.get("subject"),
                "postage": None,
            },
        )

    def shown(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return a kept message as the API shows it at this moment."""
        status, sent_at, completed_at = self._progress(kept)
        lines = kept["lines"]
        return {
            "id": kept["id"],
            "reference": kept["reference"],
            "email_address": kept["to"] if kept["type"] == "email" else None,
            "phone_number": kept["to"] if kept["type"] == "sms" else None,
            **{f"line_{at}": lines[at - 1] for at in range(1, 7)},
            "postcode": next((line for line in reversed(lines) if line), None),
            "postage": "second" if kept["type"] == "letter" else None,
            "type": kept["type"],
            "status": status,
            "template": kept["template"],
            "body": kept["body"],
            "subject": kept["subject"],
            "created_at": _moment(kept["made_at"]),
            "created_by_name": None,
            "sent_at": sent_at,
            "completed_at": completed_at,
            "scheduled_for": None,
        }

    def _progress(self, kept: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
        sent, arrived = kept["made_at"] + _SENDING_SECONDS, kept["made_at"] + _DELIVERED_SECONDS
        now = self._clock()
        letter = kept["type"] == "letter"
        if now < sent:
            return ("accepted" if letter else "created", None, None)
        if now < arrived:
            return ("accepted" if letter else "sending", _moment(sent), None)
        end = "received" if letter else _FAILING.get(str(kept["to"]).replace(" ", ""), "delivered")
        return (end, _moment(sent), _moment(arrived))

    def _keep_to_limits(self) -> None:
        now = self._clock()
        while self._recent and self._recent[0] < now - 60:
            self._recent.popleft()
        if len(self._recent) >= self._a_minute:
            message = f"Exceeded rate limit for key type LIVE of {self._a_minute} requests per 60"
            raise _Limited("RateLimitError", f"{message} seconds")
        if self._store.count("notification") >= self._a_day:
            message = f"Exceeded send limits ({self._a_day}) for today"
            raise _Limited("TooManyRequestsError", message)
        self._recent.append(now)


class _Limited(Exception):
    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error, self.message = error, message


def _content(template: Template, personalisation: Mapping[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {"body": template.fill(template.body, personalisation)}
    if template.subject is not None:
        content["subject"] = template.fill(template.subject, personalisation)
    if template.type == "email":
        content |= {"from_email": "borrowdale@notifications.example", "unsubscribe_link": None}
    if template.type == "sms":
        content["from_number"] = "BORROWDALE"
    return content


def _template_link(template: Template) -> dict[str, Any]:
    uri = f"/v2/template/{template.id}/version/{template.version}"
    return {"id": template.id, "version": template.version, "uri": uri}


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _error(status: int, error: str, *messages: str) -> Reply:
    errors = [{"error": error, "message": message} for message in messages]
    return Reply.json(status, {"status_code": status, "errors": errors})


def _in_notifys_words(respond: Callable[..., Reply]) -> Callable[..., Reply]:
    def answer(request: Request, **parts: str) -> Reply:
        try:
            return respond(request, **parts)
        except NotAllowed as refusal:
            return _error(refusal.status, "AuthError", refusal.message)
        except Faulty as faulty:
            return _error(400, faulty.error, *faulty.messages)
        except _Limited as limited:
            return _error(429, limited.error, limited.message)

    return answer


def simulation(
    *, key: str, store: Store, a_minute: int = 3000, a_day: int = 1_000_000, **server: Any
) -> Simulation:
    """Build the simulator; `server` are the further terms of `Simulation`."""
    notify = Notify(Keyholder(key), store, a_minute=a_minute, a_day=a_day)
    routes = Routes()
    for method, path, respond in (
        ("POST", "/v2/notifications/{channel}", notify.send),
        ("GET", "/v2/notifications", notify.many),
        ("GET", "/v2/notifications/{notification_id}", notify.one),
        ("GET", "/v2/templates", notify.templates),
        ("GET", "/v2/template/{template_id}", notify.template),
        ("POST", "/v2/template/{template_id}/preview", notify.preview),
    ):
        routes.add(method, path, _in_notifys_words(respond))
    add_pages(routes, store, notify.shown)
    return Simulation("govuk_notify", routes, **server)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the simulator from the command line."""
    parser = arguments_parser(
        "connectors.govuk_notify.simulator",
        about="GOV.UK Notify, simulated. Read what it sent at /messages.",
        settings=("STANDPIPE_NOTIFY_KEY",),
    )
    parser.add_argument("--store", default=":memory:", help="a file that keeps what was sent")
    parser.add_argument("--a-minute", type=int, default=3000, help="messages taken in a minute")
    parser.add_argument("--a-day", type=int, default=1_000_000, help="messages taken in all")
    terms = parser.parse_args(arguments)
    run(
        simulation(
            key=required_setting("STANDPIPE_NOTIFY_KEY"),
            store=Store(terms.store),
            a_minute=terms.a_minute,
            a_day=terms.a_day,
            control_token=control_token(),
            fault=terms.fault,
        ),
        port=terms.port,
    )


if __name__ == "__main__":
    main()
