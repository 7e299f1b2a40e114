"""The form of a service to print, or to fill in and send as a file."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from standpipe.applications.paper.asking import paper_form
from standpipe.documents.paper_forms import compose_form
from standpipe.packs.loaded import packs, place
from standpipe.web.access import open_to
from standpipe.web.rendering import language_of


@open_to("anyone")
def paper(request: HttpRequest, service: str) -> HttpResponse:
    """Send the form as PDF, in the language of the page it was asked for on."""
    if service not in packs():
        raise Http404
    language = language_of(request)
    name = f"{service.replace('_', '-')}-{language}.pdf"
    return HttpResponse(
        _composed(service, packs()[service].sha256, language),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# A form is set once for each version of its pack: that takes as long as a hundred pages.
@lru_cache(maxsize=64)
def _composed(service: str, sha256: str, language: str) -> bytes:
    pack = packs()[service]
    organisation = place().organisation(pack.organisation)
    return compose_form(paper_form(pack, organisation, language=language))
