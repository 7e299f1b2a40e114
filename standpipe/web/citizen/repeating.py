"""A page that is asked of several: add one, change or remove one, go on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import answer, remove_item
from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.loaded import vocabulary
from standpipe.packs.repeating import items_of
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.web.citizen.opening import show_in
from standpipe.web.citizen.way import next_url, page_frame
from standpipe.web.presenters.question import question_form
from standpipe.web.presenters.repeating import ANOTHER, REMOVE, list_page, one_of, remove_page
from standpipe.web.rendering import language_of, words_in
from standpipe.web.uploads import answers_of

NEW = "new"


def repeating_page(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    """Ask of one more, of one again, whether to remove one, or whether there are others."""
    known = items_of(page, view.answers)
    if REMOVE in request.GET:
        return _remove(request, view, page, item=_named(request, REMOVE, known))
    if not known or request.GET.get("item") == NEW:
        return _one(request, view, page, item=None)
    if "item" in request.GET:
        return _one(request, view, page, item=_named(request, "item", known))
    return _list(request, view, page)


def _list(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    fault = None
    most = page.repeat.most if page.repeat else 0
    is_full = len(items_of(page, view.answers)) >= most
    if request.method == "POST":
        chosen = "no" if is_full else request.POST.get(ANOTHER)
        if chosen == "yes":
            return HttpResponseRedirect(_with(request, item=NEW))
        if chosen == "no":
            return HttpResponseRedirect(next_url(request, view, page))
        fault = words_in(request)("repeat.nothing_chosen")
    values = list_page(
        view,
        page,
        vocabulary(),
        path=request.path,
        kept_query=_kept(request),
        fault=fault,
        language=language_of(request),
    )
    return show_in(
        request,
        view,
        "citizen/items.html",
        {**page_frame(request, view, page), **values},
        status=422 if fault else 200,
    )


def _one(
    request: HttpRequest, view: ApplicationView, page: Page, *, item: int | None
) -> HttpResponse:
    sent: Submitted | None = None
    faults: tuple[FieldFault, ...] = ()
    if request.method == "POST":
        sent = answers_of(request)
        faults = answer(
            view.reference,
            page=page.id,
            submitted=sent,
            item=item,
            actor=request.actor,
            at=request.at,
        ).faults
        if not faults:
            return HttpResponseRedirect(_with(request))
    known = items_of(page, view.answers)
    number = item or max(known, default=0) + 1
    position = known.index(item) + 1 if item else len(known) + 1
    language = language_of(request)
    asked = one_of(page, number, position=position, language=language)
    form = question_form(view, asked, vocabulary(), sent=sent, faults=faults, language=language)
    frame = page_frame(request, view, page)
    if known:
        frame["back_url"] = _with(request)
    return show_in(
        request,
        view,
        "citizen/question.html",
        {**frame, **form},
        status=422 if faults else 200,
    )


def _remove(request: HttpRequest, view: ApplicationView, page: Page, *, item: int) -> HttpResponse:
    fault = None
    if request.method == "POST":
        chosen = request.POST.get(REMOVE)
        if chosen == "yes":
            remove_item(view.reference, page=page.id, item=item, actor=request.actor, at=request.at)
        if chosen in ("yes", "no"):
            return HttpResponseRedirect(_with(request))
        fault = words_in(request)("repeat.remove_nothing_chosen")
    values = remove_page(
        view, page, vocabulary(), item=item, fault=fault, language=language_of(request)
    )
    frame = {**page_frame(request, view, page), "back_url": _with(request)}
    return show_in(
        request,
        view,
        "citizen/remove_item.html",
        {**frame, **values},
        status=422 if fault else 200,
    )


def _named(request: HttpRequest, name: str, known: tuple[int, ...]) -> int:
    text = request.GET[name]
    if not text.isascii() or not text.isdecimal() or int(text[:4]) not in known:
        raise Http404
    return int(text)


def _kept(request: HttpRequest) -> dict[str, str]:
    """Return what of the query stays from page to page: that one came from the answers."""
    return {"from": "check"} if request.GET.get("from") == "check" else {}


def _with(request: HttpRequest, **more: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in {**_kept(request), **more}.items())
    return f"{request.path}?{query}" if query else request.path
