"""The queue: what is to be done, the most urgent first."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict

from standpipe.cases.queries import QueueFilters
from standpipe.cases.queries import queue as cases_in_queue
from standpipe.consent.actions import permit_task
from standpipe.identity.queries import colleagues
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs
from standpipe.web.access import open_to
from standpipe.web.presenters.queue import filter_fields, queue_rows, reassign_items
from standpipe.web.rendering import language_of
from standpipe.web.staff.opening import show_to_staff

PURPOSE = "casework"


@open_to("caseworker", "manager")
def queue(request: HttpRequest) -> HttpResponse:
    """Show a page of the queue, filtered by what its address says."""
    asked = request.GET
    filters = QueueFilters(
        status=asked.get("status") or None,
        service=asked.get("service") if asked.get("service") in packs() else None,
        waits_on=asked.get("waits_on") or None,
        assigned_to=_assigned(asked.get("assigned_to", "")),
        overdue=asked.get("overdue") == "yes",
        closed=asked.get("closed") == "yes",
        text=asked.get("text", "").strip()[:200] or None,
    )
    number = _page(asked.get("page", ""))
    actor = request.actor
    with acting(actor):
        permission = permit_task(
            actor, organisation=actor.organisation, purpose=PURPOSE, at=request.at
        )
        found = cases_in_queue(permission, filters=filters, page=number)
        staff = colleagues(actor.organisation)
    language = language_of(request)
    query = asked.copy()
    query.pop("lang", None)
    chosen = _choosing(query)
    for name in ("page", "choose"):
        query.pop(name, None)
    values = {
        "rows": queue_rows(found.rows, packs(), on=request.at.date(), language=language),
        "fields": filter_fields(filters, packs(), staff, language=language),
        "text": filters.text or "",
        "overdue": filters.overdue,
        "closed": filters.closed,
        **chosen,
        "reassign_to": reassign_items(staff, language=language),
        "previous_url": _link(query, number - 1) if number > 1 else None,
        "next_url": _link(query, number + 1) if found.has_more else None,
    }
    return show_to_staff(request, "staff/queue.html", values)


def _choosing(query: QueryDict) -> dict[str, object]:
    """Return the ways to choose every row of this page, or none: a page without scripts has two."""
    without, with_all = query.copy(), query.copy()
    without.pop("choose", None)
    with_all["choose"] = "all"
    return {
        "all_chosen": query.get("choose") == "all",
        "all_url": f"?{with_all.urlencode()}",
        "none_url": f"?{without.urlencode()}",
    }


def _assigned(said: str) -> str | None:
    if said in ("me", "nobody"):
        return said
    try:
        return str(UUID(said))
    except ValueError:
        return None


def _page(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 100_000 else 1


def _link(query: object, page: int) -> str:
    copied = query.copy()
    copied["page"] = str(page)
    return f"?{copied.urlencode()}"
