"""Another register is taken in: uploaded, checked, looked at, and entered after a yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import content_disposition_header

from standpipe.entitlements.actions.taking_in import (
    NotWhole,
    check_file,
    drop_kept,
    enter_kept,
    keep_file,
    kept_file,
)
from standpipe.entitlements.intake.report import report_csv
from standpipe.entitlements.intake.sheet import Unreadable
from standpipe.identity.actor import Actor
from standpipe.packs.loaded import packs
from standpipe.places.actions import organisation_id
from standpipe.web.access import open_to
from standpipe.web.presenters.intake import column_rows, report_values
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff
from standpipe.web.uploads import upload_of


@open_to("manager", methods=("GET", "POST"))
def intake(request: HttpRequest) -> HttpResponse:
    """Ask for the file of a register; check it, and go on to what was found."""
    services = _services(request.actor)
    service = request.POST.get("service") or next(iter(services), "")
    fault = None
    if request.method == "POST" and service in services:
        say = words_in(request)
        upload = upload_of(request, "file")
        if upload is None or not upload.name:
            fault = say("intake.no_file")
        elif upload.is_too_large:
            fault = say("intake.too_large")
        else:
            try:
                check_file(service, upload.content, actor=request.actor, at=request.at)
            except Unreadable as unreadable:
                fault = unreadable.message.in_(language_of(request))
            else:
                kept = keep_file(
                    service, upload.name, upload.content, actor=request.actor, at=request.at
                )
                return HttpResponseRedirect(resolve_url("intake_report", kept))
    language = language_of(request)
    values = {
        "services": [
            {"value": name, "text": packs()[name].label.in_(language), "selected": name == service}
            for name in services
        ],
        "columns": column_rows(packs()[service].imports) if service in services else [],
        "fault": fault,
        "errors": [{"href": "#file", "text": fault}] if fault else [],
    }
    return show_to_staff(request, "staff/intake.html", values, status=422 if fault else 200)


@open_to("manager", methods=("GET", "POST"))
def intake_report(request: HttpRequest, intake: UUID) -> HttpResponse:
    """Show what became of every row, and enter the good ones after a yes."""
    say = words_in(request)
    if request.method == "POST":
        chosen = request.POST.get("do")
        if chosen == "drop":
            drop_kept(intake, actor=request.actor)
            return HttpResponseRedirect(resolve_url("intake"))
        if chosen in ("all", "good"):
            try:
                count = enter_kept(
                    intake, only_good=chosen == "good", actor=request.actor, at=request.at
                )
            except NotWhole:
                # Somebody entered one of its numbers meanwhile: they look at it again.
                return HttpResponseRedirect(resolve_url("intake_report", intake))
            messages.success(request, say("intake.entered", count=count))
            return HttpResponseRedirect(resolve_url("intake"))
    found = kept_file(intake, actor=request.actor, at=request.at)
    values = report_values(found, language=language_of(request))
    return show_to_staff(request, "staff/intake_report.html", values)


@open_to("manager")
def intake_csv(request: HttpRequest, intake: UUID) -> HttpResponse:
    """Send every fault as a file, to mend the register by."""
    found = kept_file(intake, actor=request.actor, at=request.at)
    text = report_csv(found.report, language=language_of(request))
    name = content_disposition_header(True, "refused-rows.csv") or "attachment"
    # A spreadsheet takes UTF-8 for itself only behind a mark.
    return HttpResponse(
        "\ufeff" + text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name, "X-Content-Type-Options": "nosniff"},
    )


def _services(actor: Actor) -> list[str]:
    """Return the services whose register is the organisation's to fill."""
    return [
        name
        for name, pack in packs().items()
        if pack.imports is not None and organisation_id(pack.organisation) == actor.organisation
    ]
