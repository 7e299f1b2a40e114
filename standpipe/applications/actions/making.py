"""Having made elsewhere what was granted: the order leaves after the decision is committed."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from standpipe.applications.actions.loading import Loaded, load
from standpipe.applications.actions.telling import tell, told_as
from standpipe.applications.representing import NAME
from standpipe.documents.queries import open_document
from standpipe.entitlements.actions import orders
from standpipe.entitlements.actions.orders import NumberTaken, Telling, TooFew
from standpipe.entitlements.holding import holder_of
from standpipe.gateway.contracts import Delivery, MakeOrder, NotAccepted, Unreached
from standpipe.gateway.loaded import connectors
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.loaded import entitlement_of_kind, place
from standpipe.vocabulary.dates import date_in_words


def tell_maker(entitlement: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Tell the maker of an entitlement what is due, once, however often this runs.

    Whatever the maker does not take now is tried again later, or is shown to staff.
    """
    with acting(actor):
        telling = orders.claim(entitlement, at=at)
        if telling is None:
            return
        wanted = _wanted(telling, actor=actor, at=at) if telling.act == "order" else None
        delivery = delivery_of(telling, actor=actor, at=at)
    try:
        numbers = _told(telling, wanted, delivery)
    except NotAccepted as refused:
        with acting(actor):
            orders.declined(telling, trouble=str(refused))
        return
    except Unreached as unreached:
        with acting(actor):
            orders.put_off(telling, trouble=str(unreached), at=at)
        return
    try:
        with acting(actor):
            _keep(telling, numbers, actor=actor, at=at)
    except (NumberTaken, TooFew) as trouble:
        with acting(actor):
            orders.declined(telling, trouble=f"{', '.join(numbers)}: {trouble}")


def _told(telling: Telling, wanted: MakeOrder | None, delivery: Delivery) -> tuple[str, ...]:
    """Tell the maker, outside any transaction; return the new numbers, none where none is new."""
    maker = connectors().maker(telling.maker)
    if telling.act == "cancel":
        maker.cancel(telling.number, reason=telling.reason, reference=telling.reference)
        return ()
    if wanted is None:
        new = maker.replace(
            telling.number,
            reason=telling.reason,
            reference=telling.reference,
            delivery=delivery,
            besides=telling.besides,
        )
        return (new,)
    return maker.order(replace(wanted, delivery=delivery), may_be_out=telling.may_be_out)


def _keep(telling: Telling, numbers: Sequence[str], *, actor: Actor, at: datetime) -> None:
    if telling.act == "cancel":
        orders.told(telling.entitlement)
        return
    new = orders.all_numbered(telling, numbers, actor=actor, at=at, made_by=telling.maker)
    order = entitlement_of_kind(telling.kind).order
    if not new or order is None or not telling.reference:
        return
    loaded = load(telling.reference, actor=actor, at=at)
    if order.told not in loaded.pack.messages:
        return
    language = loaded.row.language
    values = {
        "number": ", ".join(numbers[: len(new)]),
        "starts": date_in_words(telling.starts_on, language=language),
        "expires": date_in_words(telling.expires_on, language=language),
    }
    tell(loaded, order.told, values=values, at=at)


def delivery_of(telling: Telling, *, actor: Actor, at: datetime) -> Delivery:
    """Return how the pack has it delivered, by what the application that led to it says now."""
    order = entitlement_of_kind(telling.kind).order
    if order is None or telling.act == "cancel" or not telling.reference:
        return Delivery()
    loaded = load(telling.reference, actor=actor, at=at)
    priority = loaded.standing.priority(loaded.pack.case)
    rule = order.delivery(priority=priority.id if priority else "", for_whom=loaded.row.for_whom)
    return Delivery(to=rule.to, is_fast=rule.fast)


def _wanted(telling: Telling, *, actor: Actor, at: datetime) -> MakeOrder:
    leading = [load(one, actor=actor, at=at) for one in telling.references]
    loaded = leading[0]
    definition = entitlement_of_kind(telling.kind)
    # What was told last stands above what was told when it was first asked for.
    answers = ChainMap(*[_told_in(one) for one in leading])
    holder = holder_of(definition.holder, answers)
    organisation = place().organisation(loaded.pack.organisation)
    return MakeOrder(
        reference=telling.reference,
        organisation=loaded.pack.organisation,
        ground=telling.ground,
        channel=loaded.row.channel,
        holder="organisation" if loaded.for_whom == "organisation" else "person",
        name=holder.name,
        contact_name=told_as(loaded, NAME),
        count=telling.count,
        birth_date=holder.birth_date,
        identifier=holder.identifier,
        address=_address(leading),
        # The maker wants a number to call; whoever gave none is reached through us.
        phone=_first(answers, [need for one in leading for need in one.pack.contact.phone])
        or organisation.contact.phone,
        email=_first(answers, [need for one in leading for need in one.pack.contact.email]),
        photo=_photo(leading, definition),
        applied_on=(loaded.row.submitted_at or loaded.row.begun_at).date(),
        # Nothing begins in the past: an order that was late begins today.
        starts_on=max(telling.starts_on, at.date()),
        expires_on=telling.expires_on,
    )


def _first(answers: Mapping[str, Any], needs: Sequence[str]) -> str:
    return next((answers[one] for one in needs if answers.get(one)), "")


def _told_in(loaded: Loaded) -> dict[str, Any]:
    return {need: value for need, value in loaded.answers.items() if value is not None}


def _address(leading: Sequence[Loaded]) -> dict[str, str]:
    for loaded in leading:
        need = loaded.pack.address_need
        value: Any = loaded.answers.get(need) if need else None
        if isinstance(value, dict):
            return {part: text or "" for part, text in value.items()}
    return {}


def _photo(leading: Sequence[Loaded], definition: EntitlementDefinition) -> bytes:
    need = definition.order.photo if definition.order else None
    for loaded in leading:
        value: Any = loaded.answers.get(need) if need else None
        if isinstance(value, dict) and "document" in value:
            return open_document(UUID(value["document"]), permission=loaded.permission).content
    return b""
