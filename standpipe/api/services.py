"""What the place offers, and what each service may ask; open to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from standpipe.api.answers import json_answer, problem
from standpipe.api.schemas import ProblemOut, ServiceDetail, ServiceOut
from standpipe.packs.loaded import packs, vocabulary
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.need import Need

router = Router(tags=["services"])


@router.get("/services", response=list[ServiceOut], auth=None, operation_id="list_services")
def list_services(request: HttpRequest) -> HttpResponse:
    """List the services of the place."""
    return json_answer([_line(packs()[name]) for name in packs()])


@router.get(
    "/services/{name}",
    response={200: ServiceDetail, 404: ProblemOut},
    auth=None,
    operation_id="read_service",
)
def read_service(request: HttpRequest, name: str) -> HttpResponse:
    """Tell what a service may ask; which of it is needed depends on the answers."""
    if name not in packs():
        return problem(404, "No such service", "See /services for the names.")
    pack = packs()[name]
    needs = []
    for page in pack.form.pages:
        for ask in page.ask:
            attribute = vocabulary()[Need.parse(ask.need).attribute]
            needs.append(
                {
                    "need": ask.need,
                    "type": attribute.type,
                    "label": {"en": attribute.label.en, "cy": attribute.label.cy},
                    "required": ask.required,
                    "choices": [choice.code for choice in attribute.choices],
                    "page": page.id,
                }
            )
    return json_answer({**_line(pack), "needs": needs})


def _line(pack: ServicePack) -> dict[str, object]:
    return {
        "name": pack.name,
        "version": pack.version,
        "label": {"en": pack.label.en, "cy": pack.label.cy},
        "organisation": pack.organisation,
        "applies_for": list(pack.applies_for),
    }
