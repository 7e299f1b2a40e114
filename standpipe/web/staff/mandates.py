"""What staff do about who acts for somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import end_mandate
from standpipe.web.access import open_to
from standpipe.web.rendering import words_in


@open_to("caseworker", "manager", methods=("POST",))
def end_leave(request: HttpRequest, reference: str) -> HttpResponse:
    """End a representative's leave to act: they see nothing of the application any more."""
    end_mandate(reference, actor=request.actor, at=request.at)
    messages.success(request, words_in(request)("mandate.was_ended"))
    return HttpResponseRedirect(resolve_url("case", reference))
