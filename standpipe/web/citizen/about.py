"""Which badge, permit or licence a service is about: one's own, or one whose number is known."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import begin, begin_about_held, held_for_others
from standpipe.consent.actions import permit_own
from standpipe.entitlements.actions.matching import Matched
from standpipe.entitlements.queries import EntitlementView, entries_of
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import entitlement_of_kind, packs
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.answers import FieldFault
from standpipe.web.access import open_to
from standpipe.web.actors import become
from standpipe.web.citizen.by_number import matched_by, number_questions
from standpipe.web.citizen.channel import channel_of
from standpipe.web.presenters.held import own_choices
from standpipe.web.rendering import language_of, show, words_in
from standpipe.web.throttle import allowed
from standpipe.web.uploads import answers_of
from standpipe.web.wording import wording

OTHER = "other"


@open_to("anyone", methods=("GET", "POST"))
def about(request: HttpRequest, service: str) -> HttpResponse:
    """Ask which entry it is about, and begin; which part of a wrong number is wrong is not said."""
    if service not in packs() or packs()[service].about is None:
        raise Http404
    pack = packs()[service]
    own, others = _own(request, pack), _of_others(request, pack)
    sent = answers_of(request) if request.method == "POST" else {}
    chosen = str(sent.get("entry", request.GET.get("entry", "" if own or others else OTHER)))
    faults: list[FieldFault] = []
    if request.method == "POST":
        if any(str(one.id) == chosen for one in own):
            return _begun(request, pack, about=UUID(chosen))
        if any(str(one.id) == chosen for one in others):
            return _begun_for(request, pack, UUID(chosen))
        if (own or others) and chosen != OTHER:
            faults = [FieldFault("entry", wording()["about.choose"])]
        elif not allowed(request, "match_entry", most=10, minutes=10):
            return show(request, "web/too_many.html", status=429)
        else:
            found = matched_by(request, pack, sent)
            if isinstance(found, Matched):
                return _begun(request, pack, matched=found)
            faults = found
    return _asked(request, pack, own, others, chosen=chosen, sent=sent, faults=faults)


def _asked(
    request: HttpRequest,
    pack: ServicePack,
    own: list[EntitlementView],
    others: list[EntitlementView],
    *,
    chosen: str,
    sent: dict[str, str | list[str]],
    faults: list[FieldFault],
) -> HttpResponse:
    language, say = language_of(request), words_in(request)
    by_field = {one.field: one.message.in_(language) for one in faults}
    values = {
        "service": pack.name,
        "own": own_choices(own, others, chosen=chosen, other=OTHER, language=language),
        "label": entitlement_of_kind(_kind(pack)).label.in_(language),
        **number_questions(sent, faults, say=say, language=language),
        "fault": by_field,
        "errors": [{"href": f"#{field}", "text": text} for field, text in by_field.items()],
    }
    return show(
        request,
        "citizen/about.html",
        values,
        organisation=pack.organisation,
        service=(pack.name, pack.label),
        status=422 if faults else 200,
    )


def _begun(
    request: HttpRequest,
    pack: ServicePack,
    *,
    about: UUID | None = None,
    matched: Matched | None = None,
) -> HttpResponse:
    begun = begin(
        pack.name,
        actor=request.actor,
        language=language_of(request),
        channel=channel_of(request),
        at=request.at,
        about=about,
        matched=matched,
    )
    if request.actor.kind == "anonymous":
        become(request, begun.person)
    return HttpResponseRedirect(resolve_url("application", begun.reference))


def _begun_for(request: HttpRequest, pack: ServicePack, entry: UUID) -> HttpResponse:
    begun = begin_about_held(
        pack.name,
        entry=entry,
        renew=False,
        actor=request.actor,
        language=language_of(request),
        channel=channel_of(request),
        at=request.at,
    )
    return HttpResponseRedirect(resolve_url("application", begun.reference))


def _of_others(request: HttpRequest, pack: ServicePack) -> list[EntitlementView]:
    held = [one.entry for one in held_for_others(request.actor, at=request.at)]
    return [one for one in held if _may_be_asked_about(one, pack)]


def _own(request: HttpRequest, pack: ServicePack) -> list[EntitlementView]:
    actor = request.actor
    if actor.person is None or pack.about is None:
        return []
    with acting(actor):
        held = entries_of(
            actor.person, permit_own(actor, purpose="your_entitlements", at=request.at)
        )
    return [one for one in held if _may_be_asked_about(one, pack)]


def _may_be_asked_about(one: EntitlementView, pack: ServicePack) -> bool:
    about = pack.about
    return (
        about is not None
        and one.kind == about.kind
        and one.status in about.statuses
        and not one.left_to
    )


def _kind(pack: ServicePack) -> str:
    return pack.about.kind if pack.about else ""
