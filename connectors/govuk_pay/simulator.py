"""GOV.UK Pay with one account, simulated: the API, and the pages on which people pay."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from connectors.govuk_pay.card_pages import (
    HEARD_LATE,
    TEST_CARDS,
    card_faults,
    card_number,
    card_page,
    ending_page,
)
from connectors.govuk_pay.payments import (
    FAILURES,
    FINISHED,
    Declined,
    as_json,
    check_create,
    check_refund,
    moment,
    new_id,
    refund_status,
)
from standpipe.gateway.simulation.command import (
    arguments_parser,
    control_token,
    required_setting,
    run,
)
from standpipe.gateway.simulation.messages import Reply, Request, Routes
from standpipe.gateway.simulation.server import Simulation
from standpipe.gateway.simulation.store import Store

_EXPIRES_SECONDS = 90 * 60
_HEARD_SECONDS = 60


class Pay:
    """Takes payments and refunds; one lock orders whatever changes them."""

    def __init__(
        self, *, key: str, store: Store, a_minute: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._key, self._store, self._clock = key, store, clock
        self._a_minute = a_minute
        self._made: list[float] = []
        self._lock = RLock()

    def create(self, request: Request) -> Reply:
        """Answer POST /v1/payments; a key used before brings back its payment."""
        self._authenticate(request)
        body = request.json_object()
        check_create(body)
        assert body is not None  # `check_create` declines it
        with self._lock:
            self._keep_to_limit()
            idempotency_key = request.headers.get("idempotency-key")
            likeness = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
            if idempotency_key:
                used = self._store.get("key", idempotency_key)
                if used and used["likeness"] != likeness:
                    message = "The `Idempotency-Key` you sent in the request header has already "
                    message += "been used to create a payment."
                    raise Declined(409, "P0191", message, header="Idempotency-Key")
                if used:
                    return self._shown(request, self._payment(used["payment_id"], "P0200"))
            payment = self._open(body)
            if idempotency_key:
                used = {"likeness": likeness, "payment_id": payment["payment_id"]}
                self._store.put("key", idempotency_key, used)
        return self._shown(request, payment, status=201)

    def one(self, request: Request, *, payment_id: str) -> Reply:
        """Answer GET /v1/payments/{id}."""
        self._authenticate(request)
        return self._shown(request, self._payment(payment_id, "P0200"))

    def search(self, request: Request) -> Reply:
        """Answer GET /v1/payments, newest first; by `reference` and `state`."""
        self._authenticate(request)
        found = self._store.newest("payment", label=request.query.get("reference"), most=500)
        found = [self._timely(one) for one in found]
        state = request.query.get("state")
        shown = [
            as_json(one, base_url=_base_url(request))
            for one in found
            if state in (None, one["status"])
        ]
        return Reply.json(
            200, {"total": len(shown), "count": len(shown), "page": 1, "results": shown}
        )

    def events(self, request: Request, *, payment_id: str) -> Reply:
        """Answer GET /v1/payments/{id}/events."""
        self._authenticate(request)
        payment = self._payment(payment_id, "P0300")
        events = [
            {
                "payment_id": payment_id,
                "state": {"status": status, "finished": status in FINISHED},
                "updated": updated,
            }
            for status, updated in payment["events"]
        ]
        link = {"href": f"{_base_url(request)}{request.path}", "method": "GET"}
        shown = {"payment_id": payment_id, "events": events, "_links": {"self": link}}
        return Reply.json(200, shown)

    def cancel(self, request: Request, *, payment_id: str) -> Reply:
        """Answer POST /v1/payments/{id}/cancel."""
        self._authenticate(request)
        with self._lock:
            payment = self._payment(payment_id, "P0500")
            if payment["status"] in FINISHED:
                raise Declined(400, "P0501", "Cancellation of payment failed")
            if payment["status"] == "submitted":
                # Pay asks the bank, which has taken the money: so Pay learns of it.
                self._move(payment, "success")
                raise Declined(409, "P0502", "Cancellation of payment failed")
            self._move(payment, "P0040")
        return Reply(204)

    def refund(self, request: Request, *, payment_id: str) -> Reply:
        """Answer POST /v1/payments/{id}/refunds."""
        self._authenticate(request)
        body = request.json_object()
        with self._lock:
            payment = self._payment(payment_id, "P0600")
            status, available = refund_status(payment)
            check_refund(body, available=available, status=status)
            assert body is not None  # `check_refund` declines it
            refund = {
                "refund_id": new_id(),
                "payment_id": payment_id,
                "amount": body["amount"],
                "status": "success",
                "created_date": moment(self._clock()),
            }
            self._store.put("refund", refund["refund_id"], refund, label=payment_id)
            payment["refunded"] += body["amount"]
            self._store.put("payment", payment_id, payment)
        return Reply.json(202, self._with_links(request, refund) | {"status": "submitted"})

    def refunds(self, request: Request, *, payment_id: str) -> Reply:
        """Answer GET /v1/payments/{id}/refunds."""
        self._authenticate(request)
        self._payment(payment_id, "P0800")
        found = self._store.newest("refund", label=payment_id, most=500)
        shown = [self._with_links(request, one) for one in found]
        return Reply.json(200, {"payment_id": payment_id, "_embedded": {"refunds": shown}})

    def one_refund(self, request: Request, *, payment_id: str, refund_id: str) -> Reply:
        """Answer GET /v1/payments/{id}/refunds/{refund id}."""
        self._authenticate(request)
        refund = self._store.get("refund", refund_id)
        if refund is None or refund["payment_id"] != payment_id:
            raise Declined(404, "P0700", "Not found")
        return Reply.json(200, self._with_links(request, refund))

    def enter(self, _: Request, *, token: str) -> Reply:
        """Let a payer in from the service, and show where to give a card."""
        with self._lock:
            payment = self._of_token(token)
            if payment is None:
                return Reply.json(404, {"code": "P0200", "description": "Not found"})
            if payment["status"] == "created":
                self._move(payment, "started")
        return Reply.redirect(f"/card_details/{token}")

    def show_card_page(self, _: Request, *, token: str) -> Reply:
        """Show the card page, or how the payment ended."""
        payment = self._of_token(token)
        if payment is None:
            return Reply.json(404, {"code": "P0200", "description": "Not found"})
        if payment["status"] in FINISHED:
            return _ended(payment)
        return Reply.page(card_page(payment, {}, []))

    def take_card(self, request: Request, *, token: str) -> Reply:
        """Take a card, and end the payment one way or the other."""
        form = request.form()
        with self._lock:
            payment = self._of_token(token)
            if payment is None:
                return Reply.json(404, {"code": "P0200", "description": "Not found"})
            if payment["status"] in FINISHED:
                return _ended(payment)
            faults = card_faults(form, on=datetime.fromtimestamp(self._clock(), tz=UTC).date())
            if faults:
                return Reply.page(card_page(payment, form, faults))
            number = card_number(form)
            payment["card_details"] = {
                "card_brand": "Visa",
                "card_type": "debit",
                "cardholder_name": form["cardholder_name"].strip(),
                "expiry_date": f"{int(form['expiry_month']):02}/{form['expiry_year'][-2:]}",
                "first_digits_card_number": number[:6],
                "last_digits_card_number": number[-4:],
            }
            payment["submitted_at"] = self._clock()
            self._move(payment, "submitted")
            if number == HEARD_LATE:
                return Reply.redirect(payment["return_url"])
            self._move(payment, TEST_CARDS.get(number, "success"))
        return _ended(payment)

    def give_up(self, _: Request, *, token: str) -> Reply:
        """End a payment because its payer does not want to pay."""
        with self._lock:
            payment = self._of_token(token)
            if payment is None:
                return Reply.json(404, {"code": "P0200", "description": "Not found"})
            if payment["status"] not in FINISHED:
                self._move(payment, "P0030")
        return _ended(payment)

    def _open(self, body: Mapping[str, Any]) -> dict[str, Any]:
        payment: dict[str, Any] = {
            "payment_id": new_id(),
            "token": secrets.token_urlsafe(24),
            "amount": body["amount"],
            "reference": body["reference"],
            "description": body["description"],
            "return_url": body["return_url"],
            "email": body.get("email"),
            "language": body.get("language", "en"),
            "card_details": None,
            "made_at": self._clock(),
            "status": "created",
            "code": None,
            "refunded": 0,
            "events": [("created", moment(self._clock()))],
        }
        self._store.put("payment", payment["payment_id"], payment, label=payment["reference"])
        self._store.put("token", payment["token"], {"payment_id": payment["payment_id"]})
        return payment

    def _move(self, payment: dict[str, Any], to: str) -> None:
        # `to` is a status, or the code of the failure that brings one.
        status = FAILURES[to][0] if to in FAILURES else to
        payment["status"], payment["code"] = status, to if to in FAILURES else None
        payment["events"].append((status, moment(self._clock())))
        self._store.put("payment", payment["payment_id"], payment)

    def _payment(self, payment_id: str, unknown: str) -> dict[str, Any]:
        payment = self._store.get("payment", payment_id)
        if payment is None:
            raise Declined(404, unknown, "Not found")
        return self._timely(payment)

    def _timely(self, payment: dict[str, Any]) -> dict[str, Any]:
        late = self._clock() - payment["made_at"] > _EXPIRES_SECONDS
        if late and payment["status"] in ("created", "started"):
            self._move(payment, "P0020")
        if payment["status"] == "submitted" and self._is_heard(payment):
            self._move(payment, "success")
        return payment

    def _is_heard(self, payment: Mapping[str, Any]) -> bool:
        return bool(self._clock() - payment["submitted_at"] > _HEARD_SECONDS)

    def _of_token(self, token: str) -> dict[str, Any] | None:
        found = self._store.get("token", token)
        return self._payment(found["payment_id"], "P0200") if found else None

    def _shown(self, request: Request, payment: Mapping[str, Any], *, status: int = 200) -> Reply:
        return Reply.json(status, as_json(payment, base_url=_base_url(request)))

    def _with_links(self, request: Request, refund: Mapping[str, Any]) -> dict[str, Any]:
        url = f"{_base_url(request)}/v1/payments/{refund['payment_id']}"
        links = {
            "self": {"href": f"{url}/refunds/{refund['refund_id']}", "method": "GET"},
            "payment": {"href": url, "method": "GET"},
        }
        return {**refund, "_links": links, "settlement_summary": {}}

    def _authenticate(self, request: Request) -> None:
        given = request.bearer() or ""
        if not hmac.compare_digest(given.encode(), self._key.encode()):
            raise Declined(401, "P0920", "Credentials are required to access this resource")

    def _keep_to_limit(self) -> None:
        now = self._clock()
        self._made = [one for one in self._made if one > now - 60]
        if len(self._made) >= self._a_minute:
            raise Declined(429, "P0900", "Too many requests")
        self._made.append(now)


def _ended(payment: Mapping[str, Any]) -> Reply:
    if payment["status"] == "success":
        return Reply.redirect(payment["return_url"])
    return Reply.page(ending_page(payment))


def _base_url(request: Request) -> str:
    return f"http://{request.headers.get('host', 'localhost')}"


def _in_pays_words(respond: Callable[..., Reply]) -> Callable[..., Reply]:
    def answer(request: Request, **parts: str) -> Reply:
        try:
            return respond(request, **parts)
        except Declined as declined:
            return Reply.json(declined.status, declined.error)

    return answer


def simulation(*, key: str, store: Store, a_minute: int = 6000, **server: Any) -> Simulation:
    """Build the simulator; `server` are the further terms of `Simulation`."""
    pay = Pay(key=key, store=store, a_minute=a_minute)
    routes = Routes()
    for method, path, respond in (
        ("POST", "/v1/payments", pay.create),
        ("GET", "/v1/payments", pay.search),
        ("GET", "/v1/payments/{payment_id}", pay.one),
        ("GET", "/v1/payments/{payment_id}/events", pay.events),
        ("POST", "/v1/payments/{payment_id}/cancel", pay.cancel),
        ("GET", "/v1/payments/{payment_id}/refunds", pay.refunds),
        ("POST", "/v1/payments/{payment_id}/refunds", pay.refund),
        ("GET", "/v1/payments/{payment_id}/refunds/{refund_id}", pay.one_refund),
        ("GET", "/secure/{token}", pay.enter),
        ("GET", "/card_details/{token}", pay.show_card_page),
        ("POST", "/card_details/{token}", pay.take_card),
        ("POST", "/card_details/{token}/cancel", pay.give_up),
    ):
        routes.add(method, path, _in_pays_words(respond))
    return Simulation("govuk_pay", routes, **server)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the simulator from the command line."""
    parser = arguments_parser(
        "connectors.govuk_pay.simulator",
        about="GOV.UK Pay, simulated, with the pages on which people pay.",
        settings=("STANDPIPE_PAY_KEY",),
    )
    parser.add_argument("--store", default=":memory:", help="a file that keeps the payments")
    parser.add_argument("--a-minute", type=int, default=6000, help="payments taken in a minute")
    terms = parser.parse_args(arguments)
    run(
        simulation(
            key=required_setting("STANDPIPE_PAY_KEY"),
            store=Store(terms.store),
            a_minute=terms.a_minute,
            control_token=control_token(),
            fault=terms.fault,
        ),
        port=terms.port,
    )


if __name__ == "__main__":
    main()
