"""Questions as a computer shows them that others use afterwards. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from standpipe.web.presenters.fields import Component

_HOLDS_INPUTS = ("inputs", "items")
_TYPED = frozenset({"input", "textarea", "date", "group"})


def at_shared_device(components: Sequence[Component]) -> list[Component]:
    """Return components whose inputs ask the browser to remember and to offer nothing."""
    return [
        replace(one, params=_unremembered(one.params)) if one.name in _TYPED else one
        for one in components
    ]


def _unremembered(params: dict[str, Any]) -> dict[str, Any]:
    changed = {**params, "autocomplete": "off"}
    for name in _HOLDS_INPUTS:
        if name in changed:
            changed[name] = [{**one, "autocomplete": "off"} for one in changed[name]]
    return changed
