"""Uploading a file or a photo, and seeing what we kept of it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import answer, attach
from standpipe.applications.application import ApplicationView
from standpipe.kernel.text import Text
from standpipe.packs.form import Page
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need
from standpipe.web.citizen.opening import show_in
from standpipe.web.citizen.way import next_url, page_frame
from standpipe.web.presenters.question import kept_files, question_form
from standpipe.web.rendering import language_of
from standpipe.web.uploads import answers_of, upload_of
from standpipe.web.wording import wording


def upload_page(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    """Ask for files; show those that are kept, to go on with or to replace."""
    if request.method == "POST":
        return _answered(request, view, page)
    return _show(request, view, page)


def _answered(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    faults: list[FieldFault] = []
    received = 0
    for ask in page.ask:
        attribute = vocabulary()[Need.parse(str(ask.need)).attribute]
        if attribute.type not in ("file", "photo"):
            continue
        field = inputs_of(attribute)[0]
        upload = upload_of(request, field.name)
        if upload is None:
            continue
        if upload.is_too_large:
            faults.append(FieldFault(field.id, _too_large()))
            continue
        received += 1
        faults.extend(
            attach(
                view.reference,
                page=page.id,
                need=str(ask.need),
                name=upload.name,
                content=upload.content,
                actor=request.actor,
                at=request.at,
            ).faults
        )
    if received and not faults:
        # Shown before going on: a photo is cropped, and its owner should see how.
        return HttpResponseRedirect(request.get_full_path())
    if not faults:
        faults.extend(
            answer(
                view.reference,
                page=page.id,
                submitted=answers_of(request),
                actor=request.actor,
                at=request.at,
            ).faults
        )
    if faults:
        return _show(request, view, page, faults=tuple(faults))
    return HttpResponseRedirect(next_url(request, view, page))


def _show(
    request: HttpRequest,
    view: ApplicationView,
    page: Page,
    *,
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    language = language_of(request)
    kept = kept_files(view, page, vocabulary(), language=language)
    form = question_form(
        view, page, vocabulary(), sent=None, faults=faults, language=language, may_head=not kept
    )
    return show_in(
        request,
        view,
        "citizen/upload.html",
        {**page_frame(request, view, page), **form, "kept": kept},
        status=422 if faults else 200,
    )


def _too_large() -> Text:
    words = wording()["question.too_large"]
    limit = settings.ENV.max_upload_mb
    return Text(words.en.format(limit=limit), words.cy.format(limit=limit))
