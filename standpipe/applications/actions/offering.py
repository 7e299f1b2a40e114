"""Asked once: what the person told before, offered to keep or change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standpipe.applications.actions.loading import Loaded
from standpipe.consent.queries import told_by_the_same
from standpipe.facts.fact import OFFERED_AGAIN, Fact, offer
from standpipe.facts.queries import told_before
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.need import Need


def offers(loaded: Loaded, needs: Sequence[str]) -> Mapping[str, Fact]:
    """
    Return what may be offered of some needs that are not answered yet.

    To the person themselves, and to who renews for them by a power in law: see `told_earlier`.
    What they told one organisation reaches another by their keeping it, and not before. At a
    device that others use nothing earlier is shown.
    """
    renews = loaded.permission.basis == "mandate" and loaded.row.renews is not None
    if not (loaded.permission.basis == "own" or renews):
        return {}
    if loaded.permission.actor.at_shared_device:
        return {}
    attributes = {need: vocabulary()[Need.parse(need).attribute] for need in needs}
    open_needs = [
        need
        for need, attribute in attributes.items()
        if need not in loaded.facts and attribute.reuse in OFFERED_AGAIN
    ]
    if not open_needs:
        return {}
    before = told_earlier(loaded, open_needs)
    on = loaded.permission.at.date()
    chosen = {need: offer(attributes[need], before.get(need, ()), on=on) for need in open_needs}
    return {need: fact for need, fact in chosen.items() if fact is not None}


def told_earlier(loaded: Loaded, needs: Sequence[str]) -> Mapping[str, Sequence[Fact]]:
    """
    Return what whoever acts here told before of some needs, in other applications, by need.

    A person all of their own; who acts for somebody what they told in their stead themselves. The
    caller records the use.
    """
    before = told_before(loaded.permission, needs, besides=loaded.row.id)
    if loaded.permission.basis == "own":
        return before
    theirs = told_by_the_same(loaded.permission)
    return {
        need: [fact for fact in facts if fact.application in theirs]
        for need, facts in before.items()
        # A mandate opens the files of its own application alone.
        if vocabulary()[Need.parse(need).attribute].type not in ("file", "photo")
    }
