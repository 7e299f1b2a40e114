"""The badge management service over real HTTP: tokens, orders, numbers and their lives."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from connectors.dft_blue_badge.client import BASE_PATH, TOKEN_PATH
from connectors.dft_blue_badge.rules import (
    Fault,
    cancel_faults,
    fingerprint,
    order_faults,
    replace_faults,
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
from standpipe.gateway.simulation.tokens import Tokens

ALPHABET = "0123456789ABCDEFGHJK"
FIRST_NUMBER = 63_999_999
# Spelt by accident, these are skipped: the digits 0, 1, 3, 4 stand for o, i, e, a.
UNSEEMLY = ("BABE", "C4C4", "CACA", "D34D", "DEAD")
_MOST_LISTED = 50


def number_at(position: int) -> str | None:
    """Return the number of a position in base 20, six signs long; None for an unseemly one."""
    rest, signs = position, ""
    for _ in range(6):
        rest, sign = divmod(rest, len(ALPHABET))
        signs = ALPHABET[sign] + signs
    return None if any(word in signs for word in UNSEEMLY) else signs


class Badges:
    """
    The badges of every authority.

    A badge is ordered and, since nobody prints here, issued at once.
    """

    def __init__(
        self,
        store: Store,
        tokens: Tokens,
        *,
        nation: str,
        first: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._first = first
        self._tokens = tokens
        self._nation = nation
        self._clock = clock
        self._lock = Lock()

    def order(self, request: Request) -> Reply:
        """Answer POST /badges."""
        body, refused = self._read(request, "POST /badges")
        if body is None:
            return refused
        faults = order_faults(body, nation=self._nation, on=self._today())
        if faults:
            return self._refuse(400, "POST /badges", "Invalid.badge", faults)
        with self._lock:
            known = fingerprint(body)
            if self._store.get("fingerprint", known) is not None:
                return self._refuse(
                    400,
                    "POST /badges",
                    "AlreadyExists.badge",
                    [Fault("badge", "AlreadyExists.badge", "It was ordered before.")],
                )
            numbers = [self._keep(body) for _ in range(body.get("numberOfBadges", 1))]
            self._store.put("fingerprint", known, {"numbers": numbers})
        return self._answer("POST /badges", numbers)

    def show(self, request: Request, *, number: str) -> Reply:
        """Answer GET /badges/{badgeNumber}."""
        context = f"GET /badges/{number}"
        badge, refused = self._found(request, context, number)
        return refused if badge is None else self._answer(context, badge)

    def find(self, request: Request) -> Reply:
        """Answer GET /badges: by a name or by a postcode, and by one of them alone."""
        context = "GET /badges"
        if (refused := self._not_let_in(request)) is not None:
            return refused
        given = {one: request.query[one] for one in ("name", "postCode") if request.query.get(one)}
        if len(given) != 1:
            key = "TooMany.params.badge.find" if given else "NotNull.params.badge.find"
            return self._refuse(400, context, key, [Fault("name", key, "Give exactly one.")])
        if "postCode" in given:
            label = _plain(given["postCode"])
            found = self._store.newest("badge", label=label, most=_MOST_LISTED)
        else:
            wanted = given["name"].casefold()
            everybody = self._store.newest("badge", most=10_000)
            found = [one for one in everybody if wanted in _name(one).casefold()][:_MOST_LISTED]
        return self._answer(context, [_summary(one) for one in found])

    def replace(self, request: Request, *, number: str) -> Reply:
        """Answer POST /badges/{badgeNumber}/replacements."""
        context = f"POST /badges/{number}/replacements"
        body, refused = self._read(request, context)
        if body is None:
            return refused
        if faults := replace_faults(body):
            return self._refuse(400, context, "Invalid.badge.replace", faults)
        with self._lock:
            old, refused = self._found(request, context, number)
            if old is None:
                return refused
            if old["statusCode"] != "ISSUED" or self._is_over(old):
                return self._refuse(
                    400,
                    context,
                    "Invalid.badge.replace.badgeStatus",
                    [Fault("badgeStatus", "Invalid.badge.replace.badgeStatus", "Not issued.")],
                )
            new = self._keep({**old, "startDate": max(old["startDate"], str(self._today()))})
            self._change(old, statusCode="REPLACED", replaceReasonCode=body["replaceReasonCode"])
        return self._answer(context, new)

    def cancel(self, request: Request, *, number: str) -> Reply:
        """Answer POST /badges/{badgeNumber}/cancellations."""
        context = f"POST /badges/{number}/cancellations"
        body, refused = self._read(request, context)
        if body is None:
            return refused
        if faults := cancel_faults(body):
            return self._refuse(400, context, "Invalid.badge.cancel", faults)
        with self._lock:
            badge, refused = self._found(request, context, number)
            if badge is None:
                return refused
            if badge["statusCode"] not in ("ISSUED", "ORDERED") or self._is_over(badge):
                return self._refuse(
                    400,
                    context,
                    "Invalid.badge.cancel.status",
                    [Fault("badgeStatus", "Invalid.badge.cancel.status", "Not live.")],
                )
            self._change(badge, statusCode="CANCELLED", cancelReasonCode=body["cancelReasonCode"])
        return self._answer(context)

    def _keep(self, order: Mapping[str, Any]) -> str:
        """Give an order a number and keep it as a badge; the caller holds the lock."""
        counter = self._store.get("counter", "badge") or {"next": self._first}
        number = None
        while number is None:
            number = number_at(counter["next"])
            counter["next"] -= 1
        self._store.put("counter", "badge", counter)
        # A photo is printed, and nobody asks for it again.
        left_out = ("imageFile", "deliverToCode", "deliveryOptionCode", "numberOfBadges")
        badge = {name: value for name, value in order.items() if name not in left_out}
        badge |= {"badgeNumber": number, "statusCode": "ISSUED", "orderDate": str(self._today())}
        postcode = _plain(badge["party"]["contact"]["postCode"])
        self._store.put("badge", number, badge, label=postcode)
        return number

    def _change(self, badge: Mapping[str, Any], **changes: str) -> None:
        self._store.put("badge", badge["badgeNumber"], {**badge, **changes})

    def _found(
        self, request: Request, context: str, number: str
    ) -> tuple[dict[str, Any] | None, Reply]:
        if (refused := self._not_let_in(request)) is not None:
            return None, refused
        badge = self._store.get("badge", number.upper())
        return badge, self._refuse(404, context, "NotFound.badge")

    def _read(self, request: Request, context: str) -> tuple[dict[str, Any] | None, Reply]:
        if (refused := self._not_let_in(request)) is not None:
            return None, refused
        return request.json_object(), self._refuse(400, context, "NotReadable.badge")

    def _not_let_in(self, request: Request) -> Reply | None:
        refused = self._tokens.refusal(request)
        return None if refused is None else Reply.json(401, {"error": refused})

    def _answer(self, context: str, data: Any = None) -> Reply:
        return Reply.json(200, _envelope(context) | ({} if data is None else {"data": data}))

    def _refuse(self, status: int, context: str, key: str, faults: Sequence[Fault] = ()) -> Reply:
        error: dict[str, Any] = {"code": status, "message": key, "reason": key}
        if faults:
            error["errors"] = [
                {"field": one.field, "reason": one.reason, "message": one.key} for one in faults
            ]
        return Reply.json(status, _envelope(context) | {"error": error})

    def _is_over(self, badge: Mapping[str, Any]) -> bool:
        return date.fromisoformat(badge["expiryDate"]) < self._today()

    def _today(self) -> date:
        return self._clock().date()


def _envelope(context: str) -> dict[str, Any]:
    method, _, path = context.partition(" ")
    return {"apiVersion": "1.0.0", "context": path, "id": str(uuid4()), "method": method}


def _summary(badge: Mapping[str, Any]) -> dict[str, Any]:
    person = badge["party"].get("person") or {}
    kept = {one: badge[one] for one in ("localAuthorityShortCode", "expiryDate", "statusCode")}
    return {
        "badgeNumber": badge["badgeNumber"],
        "partyTypeCode": badge["party"]["typeCode"],
        "name": _name(badge),
        "postCode": badge["party"]["contact"]["postCode"],
        **kept,
        **({"nino": person["nino"]} if person.get("nino") else {}),
    }


def _name(badge: Mapping[str, Any]) -> str:
    party = badge["party"]
    return str((party.get("person") or party.get("organisation"))["badgeHolderName"])


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _now() -> datetime:
    # A benchmark that plays a year in an hour sets the clock of everybody.
    file = os.environ.get("STANDPIPE_CLOCK_FILE")
    ahead = timedelta(seconds=float(Path(file).read_text()) if file else 0)
    return datetime.now(tz=UTC) + ahead


def simulation(
    store: Store,
    *,
    client_id: str,
    client_secret: str,
    nation: str = "ENG",
    first: int = FIRST_NUMBER,
    token_seconds: int = 300,
    clock: Callable[[], datetime] = _now,
    **server: Any,
) -> Simulation:
    """Build the simulator; `server` are the further terms of `Simulation`."""
    tokens = Tokens(
        client_id=client_id, client_secret=client_secret, seconds=token_seconds, scopes=None
    )
    badges = Badges(store, tokens, nation=nation, first=first, clock=clock)
    routes = Routes()
    routes.add("POST", TOKEN_PATH, tokens.issue)
    routes.add("POST", f"{BASE_PATH}/badges", badges.order)
    routes.add("GET", f"{BASE_PATH}/badges", badges.find)
    routes.add("GET", f"{BASE_PATH}/badges/{{number}}", badges.show)
    routes.add("POST", f"{BASE_PATH}/badges/{{number}}/replacements", badges.replace)
    routes.add("POST", f"{BASE_PATH}/badges/{{number}}/cancellations", badges.cancel)
    return Simulation("dft_blue_badge", routes, **server)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the simulator from the command line."""
    parser = arguments_parser(
        "connectors.dft_blue_badge.simulator",
        about="The badge management service of the Department for Transport, simulated.",
        settings=("STANDPIPE_DFT_CLIENT_ID", "STANDPIPE_DFT_CLIENT_SECRET"),
    )
    parser.add_argument("--store", default=":memory:", help="a file that keeps badges")
    parser.add_argument("--nation", default="ENG", choices=("ENG", "SCO", "WLS", "NIR"))
    parser.add_argument(
        "--first", type=int, default=FIRST_NUMBER, help="position of the first number, from 0"
    )
    parser.add_argument("--token-seconds", type=int, default=300, help="how long a token holds")
    terms = parser.parse_args(arguments)
    run(
        simulation(
            Store(terms.store),
            client_id=required_setting("STANDPIPE_DFT_CLIENT_ID"),
            client_secret=required_setting("STANDPIPE_DFT_CLIENT_SECRET"),
            nation=terms.nation,
            first=terms.first,
            token_seconds=terms.token_seconds,
            control_token=control_token(),
            fault=terms.fault,
        ),
        port=terms.port,
    )


if __name__ == "__main__":
    main()
