"""Finding an address by its postcode. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.packs.for_whom import is_own
from standpipe.packs.form import Page
from standpipe.places.place import Place
from standpipe.places.queries import AddressView
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.web.presenters.fields import Asked, components, sent_from_value
from standpipe.web.presenters.question import title_of
from standpipe.web.wording import say


def lookup(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    *,
    sent: Submitted,
    faults: Sequence[FieldFault],
    language: str,
) -> dict[str, Any]:
    """Return the question for a postcode; the one that was told before stands in it."""
    attribute = vocabulary["address.postcode"]
    offered = view.offered.get(str(page.ask[0].need))
    known = sent_from_value(attribute, offered.value.get("postcode")) if offered else {}
    asked = Asked(
        attribute=attribute,
        label=attribute.label.in_(language),
        hint=None,
        required=True,
        is_heading=False,
        is_own=is_own(Need.parse(page.ask[0].need).role, view.for_whom),
    )
    return {
        "title": title_of(view, page, vocabulary, language=language),
        "components": components(asked, sent or known, faults, language=language),
        "errors": [
            {"href": f"#{fault.field}", "text": fault.message.in_(language)} for fault in faults
        ],
        "why": page.why.about(view.called).in_(language) if page.why else None,
    }


def choose(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    place: Place,
    *,
    found: Sequence[AddressView],
    postcode: str,
    not_listed: str,
    nothing_chosen: bool,
    language: str,
) -> dict[str, Any]:
    """
    Return the addresses of a postcode to choose from.

    Where a postcode lies in two districts, each address says in which it is.
    """
    districts = {district.slug: district.name.in_(language) for district in place.districts}
    is_shared = len({one.district for one in found}) > 1
    options = [
        {
            "value": one.uprn,
            "text": ", ".join(filter(None, (one.line1, one.line2, one.town)))
            + (f" ({districts.get(one.district, one.district)})" if is_shared else ""),
        }
        for one in found
    ]
    count = say("address.found", language=language, count=len(found))
    first = {"value": "", "text": count, "selected": True}
    last = {"value": not_listed, "text": say("address.not_listed", language=language)}
    fault = say("address.nothing_chosen", language=language)
    return {
        "title": title_of(view, page, vocabulary, language=language),
        "postcode": postcode.upper(),
        "options": [first, *options, last] if options else [],
        "is_shared": is_shared,
        "districts": sorted({districts.get(one.district, "") for one in found}),
        "errors": [{"href": "#uprn", "text": fault}] if nothing_chosen else [],
    }


def address_fields(found: AddressView) -> dict[str, str]:
    """Return what the form would have sent for an address of the gazetteer, with its UPRN."""
    return {
        "uprn": found.uprn,
        "addressLine1": found.line1,
        "addressLine2": found.line2,
        "addressTown": found.town,
        "addressCounty": "",
        "addressPostcode": found.postcode,
    }
