"""Who may not decide: whoever a case is about, by what they did in another or by their name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standpipe.applications.actions.loading import Loaded
from standpipe.assessments.independence import is_named
from standpipe.cases.queries import took_part
from standpipe.cases.review import TookPart
from standpipe.identity.actor import Actor
from standpipe.packs.pack import ServicePack


def forbid_concerned(loaded: Loaded, *, actor: Actor) -> None:
    """
    Let nobody decide about what they did themselves.

    :raises TookPart: if the actor worked on the case that this one is about, or is named in it
    """
    concerns = loaded.pack.case.concerns
    if concerns is None:
        return
    named = str(loaded.answers.get(concerns.named) or "") if concerns.named else ""
    if named and is_named(actor.name, [named]):
        raise TookPart("You are named in this. Somebody else has to decide about it.")
    reference = case_concerned(loaded.pack, loaded.answers)
    if reference and actor.id in took_part(reference, loaded.permission):
        raise TookPart("This is about a case that you worked on. Somebody else has to decide.")


def case_concerned(pack: ServicePack, answers: Mapping[str, Any]) -> str:
    """Return the reference of the case that a case is about, as told; empty where it is none."""
    concerns = pack.case.concerns
    told = answers.get(concerns.case) if concerns and concerns.case else None
    return "".join(str(told or "").split()).upper()
