"""Turns what was granted into an order of the Department, and its answers into ours."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Mapping
from typing import Any

from connectors.dft_blue_badge.client import Badge, Client, DftError
from standpipe.gateway.contracts import Delivery, MakeOrder, NotAccepted, Unreached
from standpipe.gateway.http import Outbound
from standpipe.kernel.errors import Misconfigured

_NAME = "dft_blue_badge"
_USUAL = Delivery()
LIVE = ("NEW", "ORDERED", "PROCESSED", "ISSUED")
_GROUNDS = (
    *("PIP", "DLA", "AFRFCS", "WPMS", "BLIND", "WALKD", "ARMS", "CHILDBULK", "CHILDVEHIC"),
    *("COGNITIVE", "TRAF_RISK"),
)
# The Department has no code of its own for these: they are walking difficulties to it.
_OTHERWISE = "WALKD"
_CHANNELS = {
    "web": "ONLINE",
    "api": "ONLINE",
    "phone": "PHONE",
    "paper": "PAPER",
    "counter": "INPERSON",
    "kiosk": "INPERSON",
    "web_assisted": "INPERSON",
}
# The published pattern of a National Insurance number; the made-up ones of tests break it.
_NINO = re.compile(
    r"^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:\s*\d\s*){6}[A-D]$"
)


def connect(settings: Mapping[str, str], outbound: Outbound) -> DftBlueBadge:
    """Build the connector from its settings."""
    client = Client(
        outbound,
        url=settings["STANDPIPE_DFT_URL"],
        client_id=settings["STANDPIPE_DFT_CLIENT_ID"],
        client_secret=settings["STANDPIPE_DFT_CLIENT_SECRET"],
    )
    return DftBlueBadge(client, authorities=read_authorities(settings["STANDPIPE_DFT_AUTHORITIES"]))


def read_authorities(text: str) -> dict[str, str]:
    """
    Read `slug=CODE` pairs with commas between them.

    :raises Misconfigured: if a code is not of capitals alone
    """
    found = {}
    for pair in text.split(","):
        slug, _, code = (part.strip() for part in pair.partition("="))
        if not slug or not re.fullmatch(r"[A-Z]+", code):
            raise Misconfigured(f"STANDPIPE_DFT_AUTHORITIES: {pair!r} is not slug=CODE.")
        found[slug] = code
    return found


class DftBlueBadge:
    """An EntitlementMaker."""

    def __init__(self, client: Client, *, authorities: Mapping[str, str]) -> None:
        self._client = client
        self._authorities = dict(authorities)

    def order(self, order: MakeOrder, *, may_be_out: bool) -> tuple[str, ...]:
        """Order badges; those that were ordered under our reference before are found again."""
        authority = self._authorities.get(order.organisation)
        if authority is None:
            message = f"{order.organisation} has no code at the Department."
            raise NotAccepted(_NAME, "unknown_authority", message, field=None)
        try:
            found = self._ordered(order) if may_be_out else ()
            return found or tuple(
                self._client.order(
                    _order(order, authority=authority), correlation_id=order.reference
                )
            )
        except DftError as error:
            if error.says("AlreadyExists.badge") and (found := self._again(order)):
                return found
            raise _ours(error) from error

    def replace(
        self,
        number: str,
        *,
        reason: str,
        reference: str,
        delivery: Delivery = _USUAL,
        besides: Collection[str] = (),
    ) -> str:
        """Order a replacement; one that was ordered before is found again."""
        body = {
            "badgeNumber": number,
            "replaceReasonCode": reason,
            **_delivered(delivery),
        }
        try:
            return self._client.replace(number, body, correlation_id=reference)
        except DftError as error:
            if error.says("Invalid.badge.replace.badgeStatus"):
                found = self._replacement(number, reference, besides=besides)
                if found is not None:
                    return found
            raise _ours(error) from error

    def cancel(self, number: str, *, reason: str, reference: str) -> None:
        """Cancel a badge; one that is cancelled already is left so."""
        body = {"badgeNumber": number, "cancelReasonCode": reason}
        try:
            self._client.cancel(number, body, correlation_id=reference)
        except DftError as error:
            try:
                if error.says("Invalid.badge.cancel.status") and (
                    self._client.badge(number, correlation_id=reference).status == "CANCELLED"
                ):
                    return
            except DftError:
                pass
            raise _ours(error) from error

    def _again(self, order: MakeOrder) -> tuple[str, ...]:
        try:
            return self._ordered(order)
        except DftError as error:
            raise _ours(error) from error

    def _ordered(self, order: MakeOrder) -> tuple[str, ...]:
        """Return the numbers under which our reference was ordered before, as they were given."""
        found = []
        postcode = order.address.get("postcode", "")
        for short in self._client.badges_at(postcode, correlation_id=order.reference):
            if short.status in LIVE and short.name == _fits(order.name, 100):
                badge = self._whole(short, order.reference)
                if badge.reference == order.reference:
                    found.append(badge.number)
        # They count down.
        return tuple(sorted(found, reverse=True))

    def _replacement(self, number: str, reference: str, *, besides: Collection[str]) -> str | None:
        """
        Return what took the place of a badge: the live one of the same holder and reference.

        An organisation has others of both: those that we know, `besides`, are none.
        """
        try:
            old = self._client.badge(number, correlation_id=reference)
            if old.status != "REPLACED":
                return None
            for short in self._client.badges_at(old.postcode, correlation_id=reference):
                known = short.number == number or short.number in besides
                if known or short.status not in LIVE or short.name != old.name:
                    continue
                if self._whole(short, reference).reference == old.reference:
                    return short.number
        except DftError as error:
            raise _ours(error) from error
        return None

    def _whole(self, short: Badge, reference: str) -> Badge:
        return self._client.badge(short.number, correlation_id=reference)


def _order(order: MakeOrder, *, authority: str) -> dict[str, Any]:
    speaks = order.contact_name if order.holder == "organisation" else order.name
    contact = {
        "fullName": _fits(speaks, 100),
        "buildingStreet": _fits(order.address.get("line1", ""), 50),
        "line2": _fits(order.address.get("line2", ""), 40),
        "townCity": _fits(order.address.get("town", ""), 40),
        "postCode": order.address.get("postcode", ""),
        "primaryPhoneNumber": _fits(order.phone, 20),
        "emailAddress": order.email,
    }
    body = {
        "party": {
            "contact": {name: value for name, value in contact.items() if value},
            **_holder(order),
        },
        "localAuthorityShortCode": authority,
        "localAuthorityRef": order.reference,
        "applicationDate": order.applied_on.isoformat(),
        "applicationChannelCode": _CHANNELS.get(order.channel, "ONLINE"),
        "startDate": order.starts_on.isoformat(),
        "expiryDate": order.expires_on.isoformat(),
        **_delivered(order.delivery),
        "numberOfBadges": order.count,
    }
    if order.holder == "organisation":
        # It is shown by no face and has no ground of its own.
        return body
    photo = {"imageFile": base64.b64encode(order.photo).decode()} if order.photo else {}
    return body | {"eligibilityCode": _ground(order.ground)} | photo


def _holder(order: MakeOrder) -> dict[str, Any]:
    holder = {"badgeHolderName": _fits(order.name, 100)}
    if order.holder == "organisation":
        return {"typeCode": "ORG", "organisation": holder}
    identifier = "".join(order.identifier.split()).upper()
    born = {"dob": order.birth_date.isoformat()} if order.birth_date else {}
    known = {"nino": identifier} if _NINO.match(identifier) else {}
    return {"typeCode": "PERSON", "person": holder | born | known}


def _ground(ground: str) -> str:
    # Ours may be finer than theirs: PIP-MA and PIP-PFJ-E are both PIP.
    return next((one for one in (ground, ground.partition("-")[0]) if one in _GROUNDS), _OTHERWISE)


def _delivered(delivery: Delivery) -> dict[str, str]:
    # The fast track goes to homes alone: what is sent to the council goes there as usual.
    is_home = delivery.to == "holder"
    return {
        "deliverToCode": "HOME" if is_home else "COUNCIL",
        "deliveryOptionCode": "FAST" if delivery.is_fast and is_home else "STAND",
    }


def _fits(text: str, most: int) -> str:
    """What is printed on a label is as long as the label."""
    return text[:most].strip()


def _ours(error: DftError) -> NotAccepted | Unreached:
    # A client that is wrong or shut out is for the operator to mend.
    if error.status in (401, 403):
        return Unreached(_NAME, "refused", outcome_unknown=False)
    field, key = error.keys[0] if error.keys else (None, error.message)
    return NotAccepted(_NAME, key or str(error.status), error.message, field=field)
