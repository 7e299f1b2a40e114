"""The addresses of the badge management service."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import path

from interfaces.dft_blue_badge import badges
from interfaces.dft_blue_badge.access import Answer, Call, Way, door, failed, invalid, not_found
from interfaces.dft_blue_badge.authorities import authorities, code_of, pack_of
from interfaces.dft_blue_badge.badge_validation import (
    NO_FIND_WORDS,
    TOO_MANY_FIND_WORDS,
    read_batch,
    read_cancellation,
    read_order,
    read_replacement,
)
from interfaces.dft_blue_badge.envelope import Paging, read_paging
from interfaces.dft_blue_badge.published_badges import as_csv
from interfaces.dft_blue_badge.shapes import Fault
from standpipe.documents.cleaning import Cleaned, clean
from standpipe.documents.refusals import NotAcceptable
from standpipe.packs.loaded import place

CONTEXT = "badge-management-service"
# A picture of 10 MB is a third longer in Base64.
LARGEST_ORDER = 15 * 1024 * 1024


def prepare_order(call: Call) -> tuple[dict[str, Any], Cleaned | None]:
    """Read an order, and open its picture in a cage before any transaction is open."""
    pack_of(call.organisation)
    body, faults = read_order(
        call.body, authorities=authorities(), nation=place().nation, on=call.at.date()
    )
    own = code_of(call.organisation)
    if not faults and body.get("localAuthorityShortCode", own) != own:
        key = "Invalid.badge.localAuthority"
        faults.append(Fault("localAuthorityShortCode", key, "Order for your own authority."))
    if faults:
        raise invalid(faults)
    return body, _picture(body.get("imageFile"))


def order_badges(call: Call, prepared: tuple[dict[str, Any], Cleaned | None]) -> Answer:
    """Order badges; answer with their numbers."""
    body, picture = prepared
    numbers = badges.order(
        body, picture=picture, organisation=call.organisation, actor=call.actor, at=call.at
    )
    return Answer(numbers)


def find_badges(call: Call) -> Answer:
    """Search by a name or a postcode; or give the whole register of one's authority as a file."""
    pack_of(call.organisation)
    if "application/zip" in call.accept and call.query.get("laShortCode"):
        return Answer(file=_archive(call, call.query["laShortCode"]))
    name = call.query.get("name", "").strip()
    postcode = call.query.get("postCode", "").strip()
    if not name and not postcode:
        raise failed(NO_FIND_WORDS)
    if name and postcode:
        raise failed(TOO_MANY_FIND_WORDS)
    paging, faults = read_paging(call.query.get("pageNum"), call.query.get("pageSize"))
    if faults:
        raise invalid(faults)
    found = badges.search(call, name=name, postcode=postcode)
    start = (paging.number - 1) * paging.size
    shown = found[start : start + paging.size]
    return Answer(shown, paging=Paging(paging.number, paging.size, len(found)))


def retrieve_badge(call: Call, number: str) -> Answer:
    """Return one badge whole."""
    return Answer(badges.read(call, number))


def delete_badge(call: Call, number: str) -> Answer:
    """Take a badge out of use."""
    badges.delete(call, number)
    return Answer()


def replace_badge(call: Call, number: str) -> Answer:
    """Replace a badge; answer with the number of the new one."""
    badges.read(call, number)
    body, faults = read_replacement(call.body, number=number)
    if faults:
        raise invalid(faults)
    return Answer(badges.replace(call, number, body))


def cancel_badge(call: Call, number: str) -> Answer:
    """Cancel a badge."""
    badges.read(call, number)
    body, faults = read_cancellation(call.body, number=number)
    if faults:
        raise invalid(faults)
    badges.cancel(call, number, body["cancelReasonCode"])
    return Answer()


def print_batch(call: Call) -> Answer:
    """Send what was ordered to print; answer with the name of the batch."""
    pack_of(call.organisation)
    body, faults = read_batch(call.body)
    if faults:
        raise invalid(faults)
    return Answer(badges.print_batch(call, body["batchType"]))


def print_again(call: Call, batch: str) -> Answer:
    """Send a batch to print once more."""
    pack_of(call.organisation)
    badges.print_again(call, batch)
    return Answer()


def collect_batches(call: Call) -> Answer:
    """Take over what came back from printing."""
    pack_of(call.organisation)
    badges.collect(call)
    return Answer()


def issued_badges(call: Call) -> Answer:
    """List the badges that were entered on some days and between."""
    days: dict[str, date] = {}
    faults = []
    for name in ("startDate", "endDate"):
        text = call.query.get(name, "")
        try:
            days[name] = date.fromisoformat(text)
        except ValueError:
            kind = "typeMismatch" if text else "NotNull"
            key = f"{kind}.issuedBadgesParams.{name}"
            faults.append(Fault(name, key, "Send a day as YYYY-MM-DD."))
    if not faults and days["startDate"] > days["endDate"]:
        key = "Invalid.issuedBadgesParams.startDateAfterEndDate"
        faults.append(Fault("startDateAfterEndDate", key, "The start is after the end."))
    if faults:
        raise invalid(faults)
    return Answer(badges.everything(call, since=days["startDate"], until=days["endDate"]))


def _archive(call: Call, authority: str) -> HttpResponse:
    if authority != code_of(call.organisation):
        raise not_found()
    content = io.BytesIO()
    name = f"{call.at:%Y%m%d}_{authority}.csv"
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, as_csv(badges.everything(call)))
    return HttpResponse(
        content.getvalue(),
        content_type="application/zip",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}.zip"',
        },
    )


def _picture(text: str | None) -> Cleaned | None:
    if text is None:
        return None
    try:
        return clean(base64.b64decode(text), name="photo", kind="photo")
    except NotAcceptable as refused:
        key = "Invalid.badge.imageFile"
        raise invalid([Fault("imageFile", key, refused.message.en)]) from None


routes = [
    path(
        "badges",
        door(
            CONTEXT,
            GET=Way("entitlements:read", "findBlueBadge", find_badges),
            POST=Way(
                "entitlements:write",
                "orderBlueBadges",
                order_badges,
                prepare=prepare_order,
                largest_body=LARGEST_ORDER,
            ),
        ),
        name="dft_badges",
    ),
    path(
        "badges/print-batch",
        door(CONTEXT, POST=Way("entitlements:write", "printBatch", print_batch)),
        name="dft_print_batch",
    ),
    path(
        "badges/print-batch/<str:batch>",
        door(CONTEXT, POST=Way("entitlements:write", "reprintBatch", print_again)),
        name="dft_reprint",
    ),
    path(
        "badges/collect-batches",
        door(CONTEXT, POST=Way("entitlements:write", "collectBatches", collect_batches)),
        name="dft_collect",
    ),
    path(
        "badges/<str:number>",
        door(
            CONTEXT,
            GET=Way("entitlements:read", "retrieveBlueBadge", retrieve_badge),
            DELETE=Way("entitlements:write", "deleteBlueBadge", delete_badge),
        ),
        name="dft_badge",
    ),
    path(
        "badges/<str:number>/replacements",
        door(CONTEXT, POST=Way("entitlements:write", "replaceBlueBadge", replace_badge)),
        name="dft_replacement",
    ),
    path(
        "badges/<str:number>/cancellations",
        door(CONTEXT, POST=Way("entitlements:write", "cancelBlueBadge", cancel_badge)),
        name="dft_cancellation",
    ),
    path(
        "reports/issued-badges",
        door(CONTEXT, GET=Way("entitlements:read", "issuedBadges", issued_badges)),
        name="dft_issued_badges",
    ),
]
