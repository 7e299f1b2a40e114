"""The few pages that a public computer has of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from standpipe.kernel.text import LANGUAGES
from standpipe.kiosks.kiosk import Kiosk
from standpipe.kiosks.queries import kiosk_of_key
from standpipe.packs.loaded import packs, place
from standpipe.places.queries import organisation_slug
from standpipe.web.access import open_to
from standpipe.web.kiosk.mode import forget, remember
from standpipe.web.presenters.service import summary
from standpipe.web.rendering import language_of, show


@open_to("anyone")
def open_kiosk(request: HttpRequest, key: str) -> HttpResponse:
    """Make this browser the public computer that a key is for, with nobody's session."""
    kiosk = kiosk_of_key(key)
    if kiosk is None:
        raise Http404
    request.session.flush()
    return remember(HttpResponseRedirect(resolve_url("kiosk")), kiosk)


@open_to("anyone")
def kiosk(request: HttpRequest) -> HttpResponse:
    """Show where somebody begins at a public computer, and what it will forget."""
    on, language = request.at.date(), language_of(request)
    services = [summary(packs()[name], place(), on=on, language=language) for name in packs()]
    return _page(request, "kiosk/start.html", {"services": services})


@open_to("anyone")
def kiosk_cleared(request: HttpRequest) -> HttpResponse:
    """Say that all is forgotten; what is left is forgotten now."""
    _kiosk(request)
    if not request.session.is_empty():
        return forget(request)
    if request.GET.get("in") in LANGUAGES:
        request.language = request.GET["in"]
    return _page(request, "kiosk/cleared.html", {})


@open_to("anyone", methods=("POST",))
def finish_kiosk(request: HttpRequest) -> HttpResponse:
    """Forget whoever used this computer, because they say that they are done."""
    _kiosk(request)
    return forget(request)


@open_to("anyone")
def kiosk_still_there(request: HttpRequest) -> HttpResponse:
    """Ask whether somebody is still there, where no script can."""
    return _page(request, "kiosk/still_there.html", {"back": _back(request.GET.get("next", ""))})


@open_to("anyone", methods=("POST",))
def kiosk_more_time(request: HttpRequest) -> HttpResponse:
    """Note that somebody is still there, and lead them back to where they were."""
    _kiosk(request)
    if "next" not in request.POST:
        return HttpResponse(status=204)
    return HttpResponseRedirect(_back(request.POST["next"]))


def _kiosk(request: HttpRequest) -> Kiosk:
    if request.kiosk is None:
        raise Http404
    return request.kiosk  # type: ignore[no-any-return]


def _page(request: HttpRequest, template: str, values: dict[str, Any]) -> HttpResponse:
    known = _kiosk(request)
    organisation = organisation_slug(known.organisation)
    return show(request, template, {"kiosk": known, **values}, organisation=organisation)


def _back(wanted: str) -> str:
    """Return an address of this site that was asked for; the start where it was not one."""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return resolve_url("kiosk")
