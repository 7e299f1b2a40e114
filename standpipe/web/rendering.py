"""Showing a page: its template, in the person's language, in an organisation's look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import reverse

from standpipe.kernel.text import Text
from standpipe.kiosks.kiosk import WARN_AFTER, WIPE_AFTER
from standpipe.packs.loaded import place
from standpipe.places.place import Organisation
from standpipe.web.links import link
from standpipe.web.look import look_address
from standpipe.web.presenters.shared_device import at_shared_device
from standpipe.web.wording import say

LANGUAGE_NAMES = {"en": "English", "cy": "Cymraeg"}


# Staff who may help people apply: a charity's advisers as well as a council's own.
HELPER_ROLES = frozenset({"caseworker", "manager", "adviser"})


@dataclass(frozen=True, slots=True)
class KioskBar:
    """What a public computer counts; `next_url` None on pages where there is nothing to forget."""

    warn_seconds: int
    wipe_seconds: int
    refresh_seconds: int
    next_url: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    organisation: str
    look: str
    brand: str
    service: str | None
    service_url: str | None
    other_language: str
    other_language_name: str
    other_language_url: str
    language_name: str
    is_demo: bool
    signed_in: str | None
    is_staff: bool
    is_manager: bool
    is_assessor: bool
    is_helper: bool
    is_officer: bool
    is_person: bool
    messages: list[str]
    kiosk: KioskBar | None


def show(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    organisation: str | None = None,
    service: tuple[str, Text] | None = None,
    status: int = 200,
) -> HttpResponse:
    """
    Show a page in the look of an organisation (its slug; without one, the place's own).

    `service` is the name and label of the service whose page it is. Templates are given
    `say`, `language` and `frame` besides their own values.
    """
    return HttpResponse(
        rendered(request, template, values, organisation=organisation, service=service),
        status=status,
    )


def rendered(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    organisation: str | None = None,
    service: tuple[str, Text] | None = None,
) -> str:
    """Return the text of a page; see `show`."""
    language = language_of(request)
    context = {
        "say": partial(say, language=language),
        "language": language,
        "url": partial(link, request),
        "helped": getattr(request, "helped", None),
        "frame": frame(request, organisation=organisation, service=service),
        **(values or {}),
    }
    if context["frame"].kiosk and "components" in context:
        context["components"] = at_shared_device(context["components"])
    return get_template(template, using="jinja2").render(context, request)


def language_of(request: HttpRequest) -> str:
    """Return the language of a request; English before the middleware has chosen one."""
    return getattr(request, "language", "en")


def words_in(request: HttpRequest) -> Callable[..., str]:
    """Return `say` in the language of a request."""
    return partial(say, language=language_of(request))


# Who may have an account; what they are called stands above each page.
SIGN_IN = ("person", "on_behalf", "staff")


def home_organisation() -> Organisation:
    """Return the organisation that answers for the pages of the whole place."""
    return next(each for each in place().organisations if each.parent is None)


def frame(
    request: HttpRequest, *, organisation: str | None, service: tuple[str, Text] | None
) -> Frame:
    """Return what stands around a page."""
    language = language_of(request)
    other = "en" if language == "cy" else "cy"
    query = request.GET.copy()
    query["lang"] = other
    shown = place().organisation(organisation) if organisation else home_organisation()
    actor = getattr(request, "actor", None)
    signed_in = actor is not None and actor.kind in SIGN_IN and actor.name
    if signed_in and actor.kind == "on_behalf":
        # Without an account their name is what they told of themselves.
        signed_in = request.user.is_authenticated
    return Frame(
        organisation=shown.name.in_(language),
        look=look_address(shown.slug),
        brand=shown.look.brand,
        service=service[1].in_(language) if service else None,
        service_url=reverse("service", args=[service[0]]) if service else None,
        other_language=other,
        other_language_name=LANGUAGE_NAMES[other],
        other_language_url=f"?{query.urlencode()}",
        language_name=LANGUAGE_NAMES[language],
        is_demo=settings.ENV.environment != "production",
        signed_in=actor.name if signed_in else None,
        is_staff=bool(actor and actor.kind == "staff"),
        is_manager=bool(actor and "manager" in actor.roles),
        is_assessor=bool(actor and "assessor" in actor.roles),
        is_helper=bool(actor and actor.roles & HELPER_ROLES),
        is_person=bool(actor and actor.person and actor.helping is None),
        is_officer=bool(actor and actor.kind == "staff" and actor.roles != {"enforcement"}),
        messages=[str(message) for message in get_messages(request)],
        kiosk=_kiosk_bar(request),
    )


# Pages of a public computer that hold nothing of anybody.
_NOBODYS = frozenset({"kiosk", "kiosk_cleared"})


def _kiosk_bar(request: HttpRequest) -> KioskBar | None:
    """Return what stands above each page of a public computer; None at somebody's own."""
    if getattr(request, "kiosk", None) is None:
        return None
    warn, wipe = int(WARN_AFTER.total_seconds()), int(WIPE_AFTER.total_seconds())
    page = request.resolver_match.url_name if request.resolver_match else ""
    if page == "kiosk_still_there":
        return KioskBar(warn, wipe, wipe - warn, reverse("kiosk_cleared"))
    asked = f"{reverse('kiosk_still_there')}?{urlencode({'next': request.get_full_path()})}"
    return KioskBar(warn, wipe, warn, None if page in _NOBODYS else asked)
