"""Whom staff help, and beginning to help somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import begin_helped
from standpipe.applications.channels import Channel
from standpipe.assistance.actions import Agreed, end_help
from standpipe.assistance.assistance import Basis
from standpipe.assistance.queries import help_by, help_given
from standpipe.consent.mandate import ForWhom
from standpipe.entitlements.actions.matching import Matched
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs, place, vocabulary
from standpipe.packs.pack import ServicePack
from standpipe.places.queries import organisation_slug
from standpipe.vocabulary.answers import FieldFault
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.access import open_to
from standpipe.web.assist.helping import HELPERS
from standpipe.web.citizen.by_number import matched_by, number_questions
from standpipe.web.presenters.assist import FOR_WHOM, begin_faults, begin_questions, called
from standpipe.web.presenters.service import notice, summary
from standpipe.web.rendering import language_of, show, words_in
from standpipe.web.throttle import allowed
from standpipe.web.uploads import answers_of
from standpipe.web.wording import wording


@open_to(*HELPERS)
def assist(request: HttpRequest) -> HttpResponse:
    """Show what staff can help with, and with what they do."""
    on, language = request.at.date(), language_of(request)
    values = {
        "services": [summary(packs()[name], place(), on=on, language=language) for name in packs()],
        "helping": [
            {
                "reference": one.what.partition(":")[2],
                "on": date_in_words(one.at.date(), language=language),
            }
            for one in help_given(request.actor)
        ],
    }
    return show(request, "assist/list.html", values)


@open_to(*HELPERS, methods=("GET", "POST"))
def begin(request: HttpRequest, service: str) -> HttpResponse:
    """Have the privacy notice read out, keep what was agreed on, and begin."""
    if service not in packs():
        raise Http404
    if request.method != "POST":
        return _show(request, service, {}, {})
    sent = {name: str(value).strip() for name, value in request.POST.items()}
    pack = packs()[service]
    faults = begin_faults(sent, pack, language=language_of(request))
    found = _matched(request, pack) if pack.about and not faults else None
    about = found if isinstance(found, list) else []
    if faults or about:
        return _show(request, service, sent, faults, about)
    begun = begin_helped(
        service,
        agreed=Agreed(
            basis=cast(Basis, sent["basis"]),
            evidence=sent.get("evidence", ""),
            undertaking=words_in(request)("assist.begin.undertaking"),
            wording=_wording(request),
            may_follow=sent["follow"] == "yes",
        ),
        channel=cast(Channel, sent["channel"]),
        language=language_of(request),
        actor=request.actor,
        at=request.at,
        for_whom=cast(ForWhom, sent.get(FOR_WHOM, "self")),
        matched=found if isinstance(found, Matched) else None,
    )
    first = "assist_paper" if sent["channel"] == "paper" else "assist_application"
    return HttpResponseRedirect(resolve_url(first, begun.reference))


@open_to(*HELPERS, methods=("POST",))
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop helping: what was written is the person's, and seen no more."""
    known = help_by(request.actor, what=f"application:{reference}")
    if known is None:
        raise Http404
    with acting(request.actor):
        end_help(known.id, actor=request.actor, at=request.at)
    messages.success(request, words_in(request)("assist.ended"))
    return HttpResponseRedirect(resolve_url("assist"))


def _wording(request: HttpRequest) -> str:
    organisation = place().organisation(organisation_slug(request.actor.organisation))
    name = called(request.actor.name, organisation.name.in_(language_of(request)))
    return words_in(request)("assist.begin.ask", helper=name)


def _matched(request: HttpRequest, pack: ServicePack) -> Matched | list[FieldFault]:
    if not allowed(request, "match_entry", most=30, minutes=10):
        return [FieldFault("number", wording()["assist.begin.too_many"])]
    return matched_by(request, pack, answers_of(request))


def _show(
    request: HttpRequest,
    service: str,
    sent: dict[str, str],
    faults: dict[str, str],
    about: Sequence[FieldFault] = (),
) -> HttpResponse:
    pack, language = packs()[service], language_of(request)
    wrong = faults | {one.field: one.message.in_(language) for one in about}
    values = {
        "label": pack.label.in_(language),
        "notice": {
            **notice(pack, place(), vocabulary(), language=language),
            "name": service,
        },
        "questions": begin_questions(
            sent,
            faults,
            pack,
            helper=request.actor.name,
            wording=_wording(request),
            language=language,
        ),
        "errors": [{"href": f"#{field}", "text": text} for field, text in wrong.items()],
        "is_about": pack.about is not None,
        "fault": wrong,
        **number_questions(answers_of(request), about, say=words_in(request), language=language),
    }
    return show(request, "assist/begin.html", values, status=422 if wrong else 200)
