"""Is this number good? The answer is one word, and that it was asked is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from standpipe.entitlements.actions import check
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs
from standpipe.web.access import open_to
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff


@open_to("caseworker", "manager", methods=("GET", "POST"))
def check_number(request: HttpRequest) -> HttpResponse:
    """Ask for a kind and a number, and say valid, not valid or unknown."""
    kinds = _kinds(language_of(request))
    sent = request.POST if request.method == "POST" else {}
    number = sent.get("number", "").strip()
    kind = sent.get("kind", next(iter(kinds), ""))
    fault = answer = None
    if request.method == "POST":
        if not number:
            fault = words_in(request)("staff.number.missing")
        elif kind in kinds:
            with acting(request.actor):
                answer = check(kind, number, actor=request.actor, at=request.at)
    values = {
        "kinds": [
            {"value": name, "text": label, "selected": name == kind}
            for name, label in kinds.items()
        ],
        "kind": kind,
        "number": number[:40],
        "answer": answer,
        "fault": fault,
        "errors": [{"href": "#number", "text": fault}] if fault else [],
    }
    return show_to_staff(request, "staff/number.html", values, status=422 if fault else 200)


def _kinds(language: str) -> dict[str, str]:
    definitions = (packs()[name].entitlement for name in packs())
    return {one.kind: one.label.in_(language) for one in definitions if one is not None}
