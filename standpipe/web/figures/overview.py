"""The figures of a service: as a page, as files, and as a return."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from standpipe.applications.channels import CHANNELS
from standpipe.figures.counted import Period
from standpipe.figures.queries import count, rows_of_return
from standpipe.figures.results import Result, results
from standpipe.figures.returning import table_of_return
from standpipe.kernel.csv_text import csv_text
from standpipe.packs.pack import ServicePack
from standpipe.policy.queries import own_services
from standpipe.web.access import open_to
from standpipe.web.presenters.figures import Words, csv_rows, shown_result
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

# The lengths of time one may look back over, in days.
PERIODS = (365, 90, 30)


@open_to("manager")
def services(request: HttpRequest) -> HttpResponse:
    """Show the services that the organisation may see figures of."""
    found = own_services(request.actor)
    values = {
        "services": [
            {"name": name, "label": pack.label.in_(language_of(request))}
            for name, pack in found.items()
        ]
    }
    return show_to_staff(request, "figures/services.html", values)


@open_to("manager")
def figures(request: HttpRequest, service: str) -> HttpResponse:
    """Show every measure of a service."""
    pack, days = _pack(request, service), _days(request)
    words = _words(request, pack)
    values = {
        "name": service,
        "service": words.service,
        "days": days,
        "periods": PERIODS,
        "results": [shown_result(one, words) for one in _results(request, pack, days)],
        "returns": [{"id": one.id, "label": one.label.in_(words.language)} for one in pack.returns],
        "years": _years(request.at),
    }
    return show_to_staff(request, "figures/figures.html", values)


@open_to("manager")
def figures_csv(request: HttpRequest, service: str, measure: str) -> HttpResponse:
    """Send one measure as a file; what the page withholds, this withholds."""
    pack, days = _pack(request, service), _days(request)
    for result in _results(request, pack, days):
        if result.measure.id == measure:
            rows = csv_rows(result, _words(request, pack))
            return _file(rows, f"{service}-{measure}-{days}.csv")
    raise Http404("There is no such measure.")


@open_to("manager")
def return_csv(request: HttpRequest, service: str, name: str) -> HttpResponse:
    """Send a return over a year to 31 March as a file."""
    pack = _pack(request, service)
    wanted = next((one for one in pack.returns if one.id == name), None)
    years = _years(request.at)
    chosen = request.GET.get("year", str(years[0]))
    if wanted is None or chosen not in map(str, years):
        raise Http404("There is no such return.")
    year, language, say = int(chosen), language_of(request), words_in(request)
    period = Period(datetime(year - 1, 4, 1, tzinfo=UTC), datetime(year, 4, 1, tzinfo=UTC))
    rows = table_of_return(
        wanted,
        rows_of_return(pack, wanted, period, actor=request.actor),
        language=language,
        grounds={code: text.in_(language) for code, text in pack.grounds.items()},
        number=say("figures.number"),
        withheld=say("figures.withheld"),
    )
    return _file(rows, f"{service}-{name}-{year - 1}-{year}.csv")


def _pack(request: HttpRequest, service: str) -> ServicePack:
    found = own_services(request.actor).get(service)
    if found is None:
        raise Http404("Your organisation does not run this service.")
    return found


def _days(request: HttpRequest) -> int:
    chosen = request.GET.get("days", "")
    return int(chosen) if chosen in map(str, PERIODS) else PERIODS[0]


def _years(at: datetime) -> list[int]:
    """Return the years to 31 March that one may ask for: this one, and two before."""
    this = at.year + (at.month >= 4)
    return [this, this - 1, this - 2]


def _results(request: HttpRequest, pack: ServicePack, days: int) -> list[Result]:
    period = Period(request.at - timedelta(days=days), request.at)
    counted = count(pack, period, actor=request.actor)
    return list(results(pack.success, counted, pages=[page.id for page in pack.form.pages]))


def _words(request: HttpRequest, pack: ServicePack) -> Words:
    language = language_of(request)
    return Words(
        language=language,
        service=pack.label.in_(language),
        routes={route.id: route.label.in_(language) for route in pack.success.routes},
        costs={route.id: route.cost_source for route in pack.success.routes if route.cost_source},
        channels={channel: text.in_(language) for channel, text in CHANNELS.items()},
        pages={page.id: page.title.in_(language) for page in pack.form.pages if page.title},
        bands_hours=pack.success.bands_hours,
    )


def _file(rows: Iterable[list[object]], name: str) -> HttpResponse:
    return HttpResponse(
        csv_text(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )
