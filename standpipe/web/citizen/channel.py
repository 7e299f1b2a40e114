"""By which way somebody asks who begins on a page for citizens."""

from __future__ import annotations

from django.http import HttpRequest

from standpipe.applications.channels import Channel


def channel_of(request: HttpRequest) -> Channel:
    """Return the way by which an application begins that is begun now."""
    return "kiosk" if request.kiosk else "web"  # type: ignore[attr-defined]
