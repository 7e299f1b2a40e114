"""The words for why the rules decided as they did. Pure."""

from __future__ import annotations

from standpipe.eligibility.deciding import Decided
from standpipe.kernel.text import Text
from standpipe.packs.pack import ServicePack


def reason_of(pack: ServicePack, decided: Decided) -> Text:
    """Return the pack's sentence for the ground on which the rules decided."""
    return pack.grounds[str(decided.outputs["ground"])]
