"""What becomes of a draft: shown whole, proposed, sent back, approved, given up."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.policy.actions import approve_and_publish, discard, propose, send_back
from standpipe.policy.draft import NoReason, NotReady, TooEarly
from standpipe.policy.queries import base_of, checked, files_of, open_draft
from standpipe.web.access import open_to
from standpipe.web.presenters.policy import draft_page, read_date
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff


@open_to("manager")
def draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show a draft: what it changes, what stands in its way, and what can be done with it."""
    return _shown(request, draft)


@open_to("manager", methods=("POST",))
def propose_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Hand the draft to a second person."""
    say = words_in(request)
    reason, day = request.POST.get("reason", ""), read_date(request.POST, "valid")
    if not reason.strip():
        return _shown(request, draft, faults={"reason": say("policy.propose.no_reason")})
    if day is None or day < request.at.date():
        return _shown(request, draft, faults={"valid-day": say("policy.propose.no_day")})
    try:
        propose(draft, reason=reason, valid_from=day, actor=request.actor, at=request.at)
    except NotReady:
        return _shown(request, draft, faults={"in-the-way": say("policy.propose.not_ready")})
    except TooEarly:
        return _shown(request, draft, faults={"valid-day": say("policy.propose.no_day")})
    return HttpResponseRedirect(resolve_url("draft", draft))


@open_to("manager", methods=("POST",))
def return_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Send a proposed draft back."""
    try:
        send_back(draft, why=request.POST.get("why", ""), actor=request.actor, at=request.at)
    except NoReason:
        return _shown(request, draft, faults={"why": words_in(request)("policy.return.no_why")})
    return HttpResponseRedirect(resolve_url("draft", draft))


@open_to("manager", methods=("POST",))
def approve_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Put a proposed draft into force."""
    approve_and_publish(draft, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("draft", draft))


@open_to("manager", methods=("POST",))
def discard_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Give a draft up."""
    discard(draft, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("rules"))


def _shown(
    request: HttpRequest, draft: UUID, *, faults: dict[str, str] | None = None
) -> HttpResponse:
    view = open_draft(draft, actor=request.actor)
    values = draft_page(
        view,
        base_of(view),
        files_of(view),
        checked(view),
        is_author=str(view.author) == request.actor.id,
        on=request.at.date(),
        language=language_of(request),
    )
    values |= {
        "sent": dict(request.POST.items()),
        "faults": faults or {},
        "errors": [{"href": f"#{name}", "text": text} for name, text in (faults or {}).items()],
    }
    return show_to_staff(request, "policy/draft.html", values, status=422 if faults else 200)
