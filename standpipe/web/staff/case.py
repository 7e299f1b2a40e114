"""One case, with everything that is needed to decide it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from standpipe.applications.actions.impartiality import case_concerned
from standpipe.applications.application import ApplicationView
from standpipe.applications.queries import open_application, what_rules_say
from standpipe.assistance.queries import help_with
from standpipe.cases.queries import CaseView, is_ours, open_case, took_part
from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.documents.queries import documents_of, open_document
from standpipe.entitlements.holding import holder_of
from standpipe.entitlements.queries import EntitlementView, entry_by_id, live_alike
from standpipe.identity.queries import colleagues
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import place, vocabulary
from standpipe.places.actions import organisation_id
from standpipe.web.access import open_to
from standpipe.web.downloads import attachment
from standpipe.web.presenters.assist import who_helps
from standpipe.web.presenters.case import case_page, register_lines
from standpipe.web.presenters.case_assessment import case_assessment
from standpipe.web.presenters.review import staff_review
from standpipe.web.registries import registry_owners
from standpipe.web.rendering import language_of
from standpipe.web.staff.opening import show_to_staff
from standpipe.web.staff.queue import PURPOSE


@dataclass(frozen=True, slots=True)
class CaseFault:
    """What was wrong with a form of the case page: which form, which field, in which words."""

    form: str
    field: str
    text: str


@open_to("caseworker", "manager")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case whole."""
    return show_case(request, reference)


@open_to("caseworker", "manager")
def case_file(request: HttpRequest, reference: str, document: UUID) -> HttpResponse:
    """Send a file of a case, to be kept and never shown in the browser."""
    with acting(request.actor):
        open_case(reference, permission(request))
        return attachment(open_document(document, permission=permission(request)))


def permission(request: HttpRequest) -> Permission:
    """Permit the organisation's own casework."""
    actor = request.actor
    return permit_task(actor, organisation=actor.organisation, purpose=PURPOSE, at=request.at)


def show_case(
    request: HttpRequest,
    reference: str,
    *,
    fault: CaseFault | None = None,
    sent: dict[str, str] | None = None,
) -> HttpResponse:
    """Show a case, with what was wrong with the form that was sent, and what it held."""
    view: ApplicationView = open_application(reference, actor=request.actor, at=request.at)
    said = what_rules_say(reference, actor=request.actor, at=request.at)
    with acting(request.actor):
        opened: CaseView = open_case(reference, permission(request))
        files = documents_of(f"application:{reference}", permission=permission(request))
        staff = colleagues(request.actor.organisation)
        helps = help_with(f"application:{reference}")
        held = _held(view, permission(request))
        about = entry_by_id(view.entry, permission(request)) if view.entry else None
        is_open = opened.review is not None and opened.review.reviewed_at is None
        part = took_part(reference, permission(request)) if is_open else frozenset()
        concerned = _concerned(view, permission(request))
    values = case_page(
        opened,
        view,
        vocabulary(),
        said=said,
        owners=registry_owners(),
        files=files,
        colleagues=staff,
        on=request.at.date(),
        language=language_of(request),
    )
    values["review"] = staff_review(
        view,
        opened,
        taken_part=part,
        who=request.actor.id,
        on=request.at.date(),
        language=language_of(request),
    )
    values["concerns"] = concerned
    values["assessment"] = case_assessment(view, language=language_of(request))
    names = {organisation_id(one.slug): one.name for one in place().organisations}
    values["helpers"] = [who_helps(one, names, language=language_of(request)) for one in helps]
    values["held"] = register_lines(held, language=language_of(request))
    values["about"] = register_lines([about] if about else [], language=language_of(request))
    values |= {"fault": fault, "sent": sent or {}, "errors": _errors(fault)}
    return show_to_staff(request, "staff/case.html", values, status=422 if fault else 200)


def _held(view: ApplicationView, permission: Permission) -> list[EntitlementView]:
    """Return what the register says they hold of what this would grant, while it is undecided."""
    definition = view.pack.entitlement
    if definition is None or view.case is None or view.case.decisions:
        return []
    holder = holder_of(definition.holder, view.answers)
    return live_alike(definition.kind, holder, person=view.person, permission=permission)


def _concerned(view: ApplicationView, permission: Permission) -> str:
    """Return the reference of the organisation's own case that this one is about, if it is any."""
    reference = case_concerned(view.pack, view.answers)
    return reference if reference and is_ours(reference, permission) else ""


def _errors(fault: CaseFault | None) -> list[dict[str, str]]:
    return [{"href": f"#{fault.field}", "text": fault.text}] if fault else []
