"""Where a page of an application is: a person's own, or that of who helps them with it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

# The pages of an application that staff who help see too, each under its own address.
HELPED = frozenset(
    {
        "application",
        "question",
        "check_answers",
        "pay",
        "outcome",
        "receipt",
        "save",
        "own_file",
    }
)


def link(request: HttpRequest, name: str, *arguments: object) -> str:
    """Return the address of a page for whoever sends the request."""
    helped = getattr(request, "helped", None) is not None and name in HELPED
    return reverse(f"assist_{name}" if helped else name, args=arguments)
