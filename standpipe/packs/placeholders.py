"""What each message and letter can have filled in, and what it must not leave out. Pure."""

from __future__ import annotations

from standpipe.packs.messages import PLACEHOLDERS, MessageTemplate
from standpipe.packs.pack import ServicePack

# Of every message and letter.
COMMON = frozenset({"reference", "service", "organisation", "phone", "link", "return_link", "due"})
_GRANTED = frozenset({"number", "starts", "expires"})
# What is filled in beside those, and what the message would be idle without.
_MORE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "received": (frozenset(), frozenset()),
    "saved": (frozenset(), frozenset()),
    "return_code": (frozenset({"code"}), frozenset({"code"})),
    "need_more": (frozenset({"words"}), frozenset({"words"})),
    "review_asked": (frozenset(), frozenset()),
    "referred": (frozenset({"assessor"}), frozenset({"assessor"})),
    "appointment_booked": (
        frozenset({"assessor", "when", "where"}),
        frozenset({"when", "where"}),
    ),
    "appointment_cancelled": (frozenset({"assessor", "when", "where"}), frozenset({"when"})),
    "appointment_missed": (frozenset({"assessor", "when", "where"}), frozenset({"when"})),
}
DECIDED = "decided_"
REVIEWED = "reviewed_"
OTHER = "_other"


def fillable(name: str, pack: ServicePack) -> frozenset[str]:
    """Return the placeholders that are filled in of a message or letter of a service."""
    common = COMMON | {"challenge"} if pack.challenge else COMMON
    if name.endswith(OTHER):
        # To whoever applied for somebody else: it names for whom.
        return fillable(name.removesuffix(OTHER), pack) | {"name"}
    if name.startswith((DECIDED, REVIEWED)):
        outcome = name.removeprefix(DECIDED).removeprefix(REVIEWED)
        granted = (pack.entitlement and outcome in pack.entitlement.granted_for) or any(
            effect.outcome == outcome and effect.do == "replace" for effect in pack.effects
        )
        reviewable = name.startswith(DECIDED) and any(
            outcome in terms.of for terms in pack.case.reviews
        )
        more = {"reason", "review"} if reviewable else {"reason"}
        if pack.entitlement and outcome in pack.entitlement.granted_for:
            more = {*more, "count"}
        return common | more | (_GRANTED if granted else frozenset())
    if name in _MORE:
        return common | _MORE[name][0]
    never = set() if pack.challenge else {"challenge"}
    return PLACEHOLDERS - never - {"review"}


def needed(template: MessageTemplate) -> frozenset[str]:
    """
    Return the placeholders that a message or letter must keep, of those that it has.

    Not every decision is told with its reason: whoever reported a death knows it.
    """
    name = template.name.removesuffix(OTHER)
    if name.startswith((DECIDED, REVIEWED)):
        return template.placeholders & {"reason"}
    return _MORE[name][1] if name in _MORE else frozenset()
