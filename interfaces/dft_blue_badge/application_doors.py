"""The addresses of the applications service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import path

from interfaces.dft_blue_badge import applications, codes
from interfaces.dft_blue_badge.access import Answer, Call, Way, door, invalid, not_found
from interfaces.dft_blue_badge.application_validation import (
    read_application,
    read_transfer,
    read_update,
)
from interfaces.dft_blue_badge.authorities import authorities, code_of, grants_badges, pack_of
from interfaces.dft_blue_badge.envelope import Paging, read_paging
from interfaces.dft_blue_badge.shapes import Fault, moment_of

CONTEXT = "applications-service"
_FIND = "findApplicationQueryParams"


def prepare_application(call: Call) -> tuple[dict[str, Any], bytes]:
    """Read what was sent, and write it down as a paper before any transaction is open."""
    pack = pack_of(call.organisation)
    body, faults = read_application(call.body, authorities=_receiving(), on=call.at.date())
    code = body.get("localAuthorityCode")
    if not faults and code != code_of(call.organisation):
        key = "NotValid.application.localAuthorityCode"
        why = "Lodge it with your own authority; a transfer hands it to another."
        faults.append(Fault("localAuthorityCode", key, why))
    if faults:
        raise invalid(faults)
    return body, applications.as_paper(body, pack=pack, at=call.at)


def create_application(call: Call, prepared: tuple[dict[str, Any], bytes]) -> Answer:
    """
    Lodge an application; answer with the identifier by which it can be asked for.

    Without a key of its own, what was lodged in the same words a moment ago is the same.
    """
    body, paper = prepared
    if not call.key:
        before = applications.lodged_just_now(body, actor=call.actor, at=call.at)
        if before is not None:
            return Answer(str(before))
    identifier = applications.lodge(
        body, paper=paper, pack=pack_of(call.organisation), actor=call.actor, at=call.at
    )
    return Answer(str(identifier))


def find_applications(call: Call) -> Answer:
    """Search by name, postcode, time and type; one page."""
    pack = pack_of(call.organisation)
    paging, faults = read_paging(call.query.get("pageNum"), call.query.get("pageSize"))
    wanted: dict[str, Any] = {
        "name": call.query.get("name", "").strip(),
        "postcode": call.query.get("postcode", "").strip(),
        "page": paging.number,
        "size": paging.size,
    }
    for name, key in (("from", "since"), ("to", "until")):
        text = call.query.get(name, "").replace(" ", "+").strip()
        wanted[key] = moment_of(text) if text else None
        if text and wanted[key] is None:
            why = "Send a moment as 2018-12-25T12:30:45Z."
            faults.append(Fault(name, f"typeMismatch.{_FIND}.{name}", why))
    type_code = call.query.get("applicationTypeCode") or None
    if type_code is not None and type_code not in codes.SEARCHED_TYPES:
        name = "applicationTypeCode"
        why = f"Send one of {', '.join(codes.SEARCHED_TYPES)}."
        faults.append(Fault(name, f"typeMismatch.{_FIND}.{name}", why))
    wanted["type_code"] = type_code
    if faults:
        raise invalid(faults)
    total, lines = applications.find(call, pack, wanted)
    return Answer(lines, paging=Paging(paging.number, paging.size, total))


def retrieve_application(call: Call, identifier: str) -> Answer:
    """Return one application whole."""
    return Answer(applications.read(call, _identifier(identifier)))


def update_application(call: Call, identifier: str) -> Answer:
    """Set how far the work on an application is."""
    body, faults = read_update(call.body)
    if faults:
        raise invalid(faults)
    applications.set_status(call, _identifier(identifier), body["applicationStatus"])
    return Answer()


def delete_application(call: Call, identifier: str) -> Answer:
    """Take an application back."""
    applications.delete(call, _identifier(identifier))
    return Answer()


def transfer_application(call: Call, identifier: str) -> Answer:
    """Hand an application to another authority, at once."""
    applications.look_up(call, _identifier(identifier))
    body, faults = read_transfer(
        call.body, authorities=_receiving(), own=code_of(call.organisation)
    )
    if faults:
        raise invalid(faults)
    applications.transfer(call, _identifier(identifier), body["transferToLaShortCode"])
    return Answer()


def _receiving() -> list[str]:
    return [code for code in authorities() if grants_badges(code)]


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise not_found() from None


routes = [
    path(
        "applications",
        door(
            CONTEXT,
            GET=Way("applications:read", "findApplications", find_applications),
            POST=Way(
                "applications:write",
                "createApplication",
                create_application,
                prepare=prepare_application,
            ),
        ),
        name="dft_applications",
    ),
    path(
        "applications/<str:identifier>",
        door(
            CONTEXT,
            GET=Way("applications:read", "retrieveApplication", retrieve_application),
            PUT=Way("applications:write", "updateApplication", update_application),
            DELETE=Way("applications:write", "deleteApplication", delete_application),
        ),
        name="dft_application",
    ),
    path(
        "applications/<str:identifier>/transfers",
        door(
            CONTEXT,
            POST=Way("applications:write", "transferApplication", transfer_application, alone=True),
        ),
        name="dft_transfer",
    ),
]
