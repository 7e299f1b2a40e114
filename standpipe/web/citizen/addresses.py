"""An address, from its postcode: a page and not a script, so that it works everywhere."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.loaded import place, vocabulary
from standpipe.places.queries import AddressView, address, addresses_at
from standpipe.vocabulary.answers import Answer, FieldFault, Submitted, read_answer
from standpipe.web.citizen.asking import keep_answers, show_offer, show_questions
from standpipe.web.citizen.opening import show_in
from standpipe.web.citizen.way import page_frame
from standpipe.web.presenters.address import address_fields, choose, lookup
from standpipe.web.presenters.question import is_offered
from standpipe.web.rendering import language_of
from standpipe.web.uploads import answers_of

# What the list submits where the person's address is not on it.
NOT_LISTED = "not_listed"


def address_page(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    """Ask for a postcode, then for one of its addresses; or for the address line by line."""
    if request.method == "POST":
        return _answered(request, view, page)
    if is_offered(view, page) and not request.GET.keys() & {"change", "manual", "postcode"}:
        return show_offer(request, view, page)
    if "manual" in request.GET or _was_typed(view, page, request):
        return show_questions(request, view, page)
    if "postcode" in request.GET:
        return _list(request, view, page, request.GET["postcode"])
    return _by_postcode(request, view, page)


def _answered(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    sent = answers_of(request)
    if sent.get("keep") == "yes":
        return keep_answers(request, view, page, sent)
    if "find" in sent:
        return _find(request, view, page, sent)
    if "uprn" in sent:
        return _choose(request, view, page, sent)
    return keep_answers(request, view, page, sent)


def _find(request: HttpRequest, view: ApplicationView, page: Page, sent: Submitted) -> HttpResponse:
    attribute = vocabulary()["address.postcode"]
    read = read_answer(attribute, sent, on=request.at.date())
    if not isinstance(read, Answer):
        return _by_postcode(request, view, page, sent=sent, faults=tuple(read))
    return HttpResponseRedirect(_with(request, postcode=str(read.value)))


def _choose(
    request: HttpRequest, view: ApplicationView, page: Page, sent: Submitted
) -> HttpResponse:
    chosen = str(sent["uprn"])
    if chosen == NOT_LISTED:
        return HttpResponseRedirect(_with(request, manual="yes"))
    found = address(chosen) if chosen.isascii() and chosen.isdigit() else None
    if found is None and not _addresses(request.GET.get("postcode", "")):
        # There is no list to choose from: a postcode comes first.
        return HttpResponseRedirect(request.path)
    if found is None:
        return _list(request, view, page, request.GET.get("postcode", ""), nothing_chosen=True)
    return keep_answers(request, view, page, address_fields(found))


def _by_postcode(
    request: HttpRequest,
    view: ApplicationView,
    page: Page,
    *,
    sent: Submitted | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    form = lookup(
        view, page, vocabulary(), sent=sent or {}, faults=faults, language=language_of(request)
    )
    values = {**page_frame(request, view, page), **form, "manual_url": _with(request, manual="yes")}
    return show_in(request, view, "citizen/postcode.html", values, status=422 if faults else 200)


def _list(
    request: HttpRequest,
    view: ApplicationView,
    page: Page,
    postcode: str,
    *,
    nothing_chosen: bool = False,
) -> HttpResponse:
    values = choose(
        view,
        page,
        vocabulary(),
        place(),
        found=_addresses(postcode),
        postcode=postcode,
        not_listed=NOT_LISTED,
        nothing_chosen=nothing_chosen,
        language=language_of(request),
    )
    values |= {"manual_url": _with(request, manual="yes"), "again_url": request.path}
    return show_in(
        request,
        view,
        "citizen/choose_address.html",
        {**page_frame(request, view, page), **values},
        status=422 if nothing_chosen else 200,
    )


def _was_typed(view: ApplicationView, page: Page, request: HttpRequest) -> bool:
    """Say whether there is an answer already, which is shown to be changed line by line."""
    return "change" not in request.GET and str(page.ask[0].need) in view.answers


def _addresses(postcode: str) -> list[AddressView]:
    is_postcode = read_answer(vocabulary()["address.postcode"], {"postcode": postcode}, on=date.max)
    return addresses_at(postcode) if isinstance(is_postcode, Answer) else []


def _with(request: HttpRequest, **more: str) -> str:
    query = request.GET.copy()
    for name in ("postcode", "manual", "change"):
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"
