"""Nobody holds two of a kind at once: what somebody holds, or seems to hold, already."""

from __future__ import annotations

from standpipe.applications.actions.loading import Loaded
from standpipe.entitlements.actions.alike import held_alike
from standpipe.entitlements.holding import holder_of
from standpipe.entitlements.queries import live_of
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.packs.loaded import place
from standpipe.places.actions import organisation_id

HELD_ALREADY = "They hold a live one already. Cancel, replace or renew that one first."
SEEM_TO_HOLD = (
    "The rules would have granted it, but somebody who seems to be the same person, by name, date"
    " of birth and number or postcode, holds a live one already. Compare the two before you decide."
)
LOOKED_AFTER = "{organisation} looks after it."


class HeldAlready(Refused):
    """Nobody holds two of a kind at once."""


def forbid_second(loaded: Loaded, outcome: str) -> None:
    """
    Let nobody be granted what they hold already.

    :raises HeldAlready: if they hold a live one of what an outcome grants
    """
    if _held_already(loaded, outcome):
        raise HeldAlready(HELD_ALREADY)


def why_second(loaded: Loaded, outcome: str, *, actor: Actor) -> str:
    """
    Return, in words for staff, why what the rules would grant seems a second one; or nothing.

    Where a pack has `one_each`, that is also what another account holds, or another organisation
    looks after: who asked is told nothing of it, and staff compare the two.
    """
    definition = loaded.pack.entitlement
    if definition is None or outcome not in definition.granted_for:
        return ""
    alike = (
        held_alike(
            definition.kind,
            holder_of(definition.holder, loaded.answers),
            besides=loaded.row.renews,
            actor=actor,
            at=loaded.permission.at,
        )
        if definition.one_each
        else []
    )
    # Looked for after the others: of two who ask at once, one waits there for the other.
    if _held_already(loaded, outcome):
        return HELD_ALREADY
    if not alike:
        return ""
    others = {one.organisation for one in alike} - {loaded.row.organisation_id}
    after = [
        LOOKED_AFTER.format(organisation=one.name.en)
        for one in place().organisations
        if organisation_id(one.slug) in others
    ]
    return " ".join([SEEM_TO_HOLD, *after])


def _held_already(loaded: Loaded, outcome: str) -> bool:
    definition = loaded.pack.entitlement
    if definition is None or outcome not in definition.granted_for:
        return False
    if definition.wanted(loaded.answers) is not None:
        return False
    held = live_of(
        definition.kind,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        besides=loaded.row.renews,
        permission=loaded.permission,
    )
    return bool(held)
