"""What staff do about who acts for somebody else."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import end_mandate
from standpipe.consent.mandate import ENDED_WORDS, EndedBecause
from standpipe.web.access import open_to
from standpipe.web.rendering import words_in
from standpipe.web.staff.case import CaseFault, show_case


@open_to("caseworker", "manager", methods=("POST",))
def end_leave(request: HttpRequest, reference: str) -> HttpResponse:
    """End a representative's leave to act, and say why: they are told, and see no more of it."""
    because = request.POST.get("because", "")
    if because not in ENDED_WORDS:
        fault = CaseFault("mandate", "because", words_in(request)("mandate.no_reason"))
        return show_case(request, reference, fault=fault)
    reason = cast(EndedBecause, because)
    end_mandate(reference, because=reason, actor=request.actor, at=request.at)
    messages.success(request, words_in(request)("mandate.was_ended"))
    return HttpResponseRedirect(resolve_url("case", reference))
