"""Nobody reaches a view that is not open to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.consent.queries import standing_in
from standpipe.identity.actor import ANONYMOUS, Actor
from standpipe.jobs.clock import now
from standpipe.web import second_factor
from standpipe.web.access import Undeclared, routes
from standpipe.web.actors import actor_behind
from standpipe.web.page_middleware import is_for_machines
from standpipe.web.problems import answer_to, bad_request

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class GuardMiddleware:
    """Lets nobody reach a view that is not open to them; starts with no route undeclared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        routes()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]
        # The API knows its clients by their tokens, and a machine has no session.
        machine = is_for_machines(request)
        request.actor = ANONYMOUS if machine else actor_behind(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        # What a page shows is somebody's own; only what says otherwise may be kept.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _: object,
        named: Mapping[str, Any],
    ) -> HttpResponse | None:
        """Refuse, send to where one can prove who one is, or let through (None)."""
        who = getattr(view, "open_to", None)
        if who is None:
            raise Undeclared(f"{request.path} does not say who may use it.")
        if request.method not in view.methods:  # type: ignore[attr-defined]
            return HttpResponse(status=405, headers={"Allow": ", ".join(view.methods)})  # type: ignore[attr-defined]
        if not _can_be_kept(request):
            return bad_request(request)
        if who & {"anyone", "client"}:
            return None
        actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
        refused = _refusal(request, actor, who)
        if refused is None and second_factor.is_missing(request, actor, who):
            return HttpResponseRedirect(resolve_url("second_factor"))
        if refused is None and "applicant" in who and "reference" in named:
            # Of an application made for another, they are who acts there.
            request.actor = standing_in(  # type: ignore[attr-defined]
                named["reference"],
                actor=request.actor,  # type: ignore[attr-defined]
            )
        return refused

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a person or time can mend; anything else is a bug, and stays one."""
        return answer_to(request, error)


def _can_be_kept(request: HttpRequest) -> bool:
    """Say whether no field holds a NUL, which nobody types and PostgreSQL cannot keep."""
    fields = [request.GET]
    if request.method == "POST" and request.content_type in _FORMS:
        fields.append(request.POST)
    return not any("\0" in text for form in fields for _, texts in form.lists() for text in texts)


def _refusal(request: HttpRequest, actor: Actor, who: frozenset[str]) -> HttpResponse | None:
    if "applicant" in who and actor.person is not None:
        return None
    if "signed_in" in who and actor.kind != "anonymous" and request.user.is_authenticated:
        return None
    if actor.roles & who:
        return None
    if request.user.is_authenticated:
        raise Http404
    if "applicant" in who:
        return HttpResponseRedirect(resolve_url("come_back"))
    following = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{following}")
