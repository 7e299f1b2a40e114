"""The register for staff: found by number, name or postcode, with its history and its acts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.entitlements.actions import cancel, note, replace, transfer
from standpipe.entitlements.actions.orders import try_again
from standpipe.entitlements.queries import (
    EntitlementView,
    duplicates,
    entry_by_id,
    find,
    receivers,
    waiting,
)
from standpipe.entitlements.receiving import CannotReceive
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused
from standpipe.packs.loaded import entitlement_of_kind, packs
from standpipe.places.actions import organisation_id
from standpipe.web.access import open_to
from standpipe.web.presenters.register import entry_page, found_rows, waiting_rows
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

ACTS = ("replace", "cancel", "transfer", "note")


@open_to("caseworker", "manager")
def register(request: HttpRequest) -> HttpResponse:
    """Search the register of one's organisation."""
    asked = {name: request.GET.get(name, "").strip() for name in ("number", "name", "postcode")}
    kinds = _kinds()
    kind = request.GET.get("kind", kinds[0] if kinds else "")
    with acting(request.actor):
        found = find(kind, permission=_permission(request), **asked) if kind in kinds else []
    language = language_of(request)
    values = {
        **asked,
        "kinds": [
            {
                "value": one,
                "text": entitlement_of_kind(one).label.in_(language),
                "selected": one == kind,
            }
            for one in kinds
        ],
        "rows": found_rows(found, language=language),
        "is_asked": any(asked.values()),
    }
    return show_to_staff(request, "staff/register.html", values)


@open_to("caseworker", "manager")
def orders(request: HttpRequest) -> HttpResponse:
    """Show what the makers of badges, permits and licences do not know yet, and why."""
    with acting(request.actor):
        rows = [one for kind in _kinds() for one in waiting(kind, _permission(request))]
    values = {"rows": waiting_rows(rows, language=language_of(request))}
    return show_to_staff(request, "staff/orders.html", values)


@open_to("caseworker", "manager")
def twice(request: HttpRequest) -> HttpResponse:
    """Show who seems to hold two of a kind at once, under two accounts or by two ways."""
    language = language_of(request)
    with acting(request.actor):
        found = [one for kind in _kinds() for one in duplicates(kind, _permission(request))]
    values = {"groups": [found_rows(group, language=language) for group in found]}
    return show_to_staff(request, "staff/twice.html", values)


@open_to("caseworker", "manager", methods=("POST",))
def order_again(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Tell the maker now what could not be told before."""
    _opened(request, entry)
    with acting(request.actor):
        try_again(entry, actor=request.actor, at=request.at)
    messages.success(request, words_in(request)("register.tried"))
    return HttpResponseRedirect(resolve_url("orders"))


@open_to("caseworker", "manager")
def entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Show one entry with its history, and what may be done to it."""
    return _page(request, _opened(request, entry))


@open_to("caseworker", "manager", methods=("POST",))
def act(request: HttpRequest, entry: UUID, act: str) -> HttpResponse:
    """Replace, cancel, hand over, or note; the reason is kept with it."""
    if act not in ACTS:
        raise Http404
    seen = _opened(request, entry)
    reason, words = (request.POST.get(name, "").strip() for name in ("reason", "words"))
    fault = _missing(request, seen, act, reason=reason, words=words)
    if fault:
        return _page(request, seen, act=act, fault=fault)
    try:
        with acting(request.actor):
            _carry_out(request, seen, act, reason=reason, words=words)
    except CannotReceive as refused:
        fault = refused.message.in_(language_of(request))
        return _page(request, seen, act=act, fault=fault)
    except Refused as refused:
        return _page(request, seen, act=act, fault=str(refused))
    messages.success(request, words_in(request)(f"register.done.{act}"))
    if act == "transfer":
        return HttpResponseRedirect(resolve_url("register"))
    return HttpResponseRedirect(resolve_url("entry", entry))


def _carry_out(
    request: HttpRequest, seen: EntitlementView, act: str, *, reason: str, words: str
) -> None:
    known = {"actor": request.actor, "at": request.at}
    match act:
        case "replace":
            replace(seen.kind, seen.number, reason=reason, why=words, **known)
        case "cancel":
            cancel(seen.kind, seen.number, reason=reason, why=words, **known)
        case "note":
            note(seen.kind, seen.number, what=reason, words=words, **known)
        case _:
            able, to = receivers(seen.kind, held_by=seen.organisation), request.POST.get("to", "")
            receiver = able.chosen(to) if to else able.named(words)
            transfer(
                seen.kind,
                seen.number,
                to=organisation_id(receiver.slug) if receiver else None,
                why=words,
                **known,
            )


def _missing(
    request: HttpRequest, seen: EntitlementView, act: str, *, reason: str, words: str
) -> str:
    definition = entitlement_of_kind(seen.kind).acts.get(act)
    say = words_in(request)
    if definition is None or not seen.number:
        return say("register.not_now")
    if definition.reasons and reason not in definition.reasons:
        return say("register.no_reason")
    if act == "transfer" and not request.POST.get("to") and not words:
        return say("register.no_authority")
    return say("register.no_words") if act == "note" and not words else ""


def _page(
    request: HttpRequest, seen: EntitlementView, *, act: str = "", fault: str = ""
) -> HttpResponse:
    values = entry_page(
        seen,
        entitlement_of_kind(seen.kind),
        receivers(seen.kind, held_by=seen.organisation),
        roles=request.actor.roles,
        language=language_of(request),
    )
    errors = [{"href": f"#{act}-reason", "text": fault}] if fault else []
    more = {"act": act, "fault": fault, "errors": errors, "sent": request.POST}
    return show_to_staff(
        request, "staff/entry.html", {**values, **more}, status=422 if fault else 200
    )


def _opened(request: HttpRequest, entry: UUID) -> EntitlementView:
    with acting(request.actor):
        found = entry_by_id(entry, _permission(request))
    if found is None:
        raise Http404
    return found


def _permission(request: HttpRequest) -> Permission:
    return permit_task(
        request.actor,
        organisation=request.actor.organisation,
        purpose="register",
        at=request.at,
    )


def _kinds() -> list[str]:
    return sorted({pack.entitlement.kind for pack in packs().values() if pack.entitlement})
