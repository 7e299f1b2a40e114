"""Each organisation's own colours and font, as a stylesheet: the policy allows no inline style."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from standpipe.packs.loaded import place
from standpipe.places.place import Look
from standpipe.web.access import open_to

A_YEAR_SECONDS = 365 * 24 * 60 * 60
# What a place's folder may say; anything else could end the rule and begin another.
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
FONT = re.compile(r"[A-Za-z0-9 ,'-]+")


@open_to("anyone")
def look(request: HttpRequest, organisation: str) -> HttpResponse:
    """Send the stylesheet of an organisation; browsers keep it until it changes."""
    try:
        text = stylesheet(place().organisation(organisation).look)
    except KeyError:
        raise Http404 from None
    keep = {"Cache-Control": f"public, max-age={A_YEAR_SECONDS}, immutable"}
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers=keep)


@cache
def look_address(organisation: str) -> str:
    """Return where the stylesheet of an organisation is; it changes when the look does."""
    text = stylesheet(place().organisation(organisation).look)
    version = sha256(text.encode()).hexdigest()[:12]
    return f"{reverse('look', args=[organisation])}?v={version}"


def stylesheet(look: Look) -> str:
    """Return the CSS custom properties of a look; ValueError if it says more than colours, font."""
    if not (
        COLOUR.fullmatch(look.brand) and COLOUR.fullmatch(look.accent) and FONT.fullmatch(look.font)
    ):
        raise ValueError(f"{look} is not two colours and a list of fonts")
    return (
        f":root{{--govuk-brand-colour:{look.brand};--standpipe-accent:{look.accent};"
        f"--standpipe-font:{look.font};"
        f"--govuk-link-colour:{look.brand};--govuk-link-hover-colour:#0b0c0c;"
        "--govuk-template-background-colour:#f3f3f3;--govuk-surface-background-colour:#f3f3f3;"
        f"--govuk-surface-border-colour:{look.brand}}}"
    )
