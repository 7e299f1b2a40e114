"""A service for those who think of using it, and its privacy notice. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from standpipe.kernel.text import Text
from standpipe.packs.fees import fees_for_some
from standpipe.packs.pack import ServicePack
from standpipe.places.place import Place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.web.presenters.money import pounds
from standpipe.web.presenters.question import paragraphs
from standpipe.web.wording import say


def summary(pack: ServicePack, place: Place, *, on: date, language: str) -> dict[str, Any]:
    """Return what a service's start page says."""
    organisation = place.organisation(pack.organisation)
    fee = pack.fee(on)
    return {
        "name": pack.name,
        "label": pack.label.in_(language),
        "description": paragraphs(pack.description, language=language),
        "before": paragraphs(pack.before_you_start, language=language),
        "organisation": organisation.name.in_(language),
        "phone": organisation.contact.phone,
        "hours": organisation.contact.hours.in_(language),
        "amount": pounds(fee.amount_pence) if fee.amount_pence else None,
        "is_refundable": fee.refundable,
        "other_fees": [
            say(
                "pages.start.other_fee",
                language=language,
                amount=pounds(one.amount_pence),
                label=one.label.in_(language) if one.label else "",
            )
            for one in fees_for_some(pack.fees, on=on)
        ],
        "is_at_once": pack.one_sitting is not None,
        "target_days": pack.case.target_days,
    }


def notice(
    pack: ServicePack, place: Place, vocabulary: Vocabulary, *, language: str
) -> dict[str, Any]:
    """Return the privacy notice of a service, from what its pack says."""
    organisation = place.organisation(pack.organisation)
    privacy = pack.privacy
    asked = dict.fromkeys(
        vocabulary[Need.parse(ask.need).attribute].label.in_(language)
        for page in pack.form.pages
        for ask in page.ask
    )
    return {
        "label": pack.label.in_(language),
        "organisation": organisation.name.in_(language),
        "phone": organisation.contact.phone,
        "email": privacy.contact_email or organisation.contact.email,
        "purposes": _texts(privacy.purposes, language),
        "basis": say(f"privacy.basis.{pack.purpose.lawful_basis}", language=language),
        "special": pack.purpose.special_category_condition,
        "law": pack.purpose.law,
        "asked": list(asked),
        "sources": _texts(privacy.sources, language),
        "recipients": [
            {"who": one.who.in_(language), "why": one.why.in_(language)}
            for one in privacy.recipients
        ],
        "retention": privacy.retention.in_(language),
        "draft_days": pack.form.draft_ttl_days,
        "automated": paragraphs(privacy.automated_decisions, language=language),
        "rights": _texts(privacy.rights, language),
        "complaint": privacy.complaint.in_(language),
    }


def _texts(texts: Iterable[Text], language: str) -> list[str]:
    return [text.in_(language) for text in texts]
