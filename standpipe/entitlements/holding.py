"""Who will hold what is granted, from what they answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from standpipe.entitlements.holder import Holder
from standpipe.packs.entitlement import HolderNeeds
from standpipe.vocabulary.unknown import is_unknown


def holder_of(needs: HolderNeeds, answers: Mapping[str, Any]) -> Holder:
    """Return what the register is searched by; whatever was not answered is left empty."""

    def told(need: str | None) -> Any:
        value = answers.get(need) if need else None
        return None if value is None or is_unknown(value) else value

    name = next(filter(None, map(told, needs.names)), None)
    born = told(needs.birth_date)
    postcode, identifier = told(needs.postcode), told(needs.identifier)
    return Holder(
        name=_in_full(name),
        birth_date=date.fromisoformat(born) if born else None,
        postcode=postcode.get("postcode", "") if isinstance(postcode, dict) else postcode or "",
        identifier=identifier or "",
    )


def _in_full(name: Any) -> str:
    if isinstance(name, Mapping):
        return " ".join(name[part] for part in ("given", "family") if name.get(part))
    return name or ""
