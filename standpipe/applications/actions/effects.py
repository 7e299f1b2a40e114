"""Carrying out, with a decision, what it does to an entry of a register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from standpipe.applications.actions.loading import Loaded
from standpipe.consent.actions import permit_task
from standpipe.entitlements.actions import amend, cancel, reissue, replace, transfer
from standpipe.entitlements.actions.entries import NotLive
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.queries import EntitlementView, entry_by_id, receivers
from standpipe.entitlements.receiving import CannotReceive
from standpipe.identity.actor import Actor
from standpipe.kernel.text import Text
from standpipe.packs.effects import Effect
from standpipe.packs.loaded import vocabulary
from standpipe.places.actions import organisation_id
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer


def entry_about(loaded: Loaded) -> EntitlementView | None:
    """Return the entry that an application is about, if whoever acts may see it; recorded."""
    if loaded.row.about is None:
        return None
    permission = loaded.permission
    if permission.basis == "help":
        # Who helps sees nothing of a register: the organisation looks, at once.
        return None
    if permission.basis not in ("own", "mandate"):
        # Whoever told us of somebody else's entry is not its holder.
        permission = permit_task(
            permission.actor,
            organisation=loaded.row.organisation_id,
            purpose=permission.purpose,
            at=permission.at,
        )
    return entry_by_id(loaded.row.about, permission)


def could_carry_out(loaded: Loaded, outcome: str) -> bool:
    """Say whether what the application is about can be acted on so, by whoever acts now."""
    about = loaded.pack.about
    if about is None:
        return True
    if any(
        why_not_received(loaded, effect.to, loaded.answers.get(effect.to))
        for effect in loaded.pack.effects
        if effect.outcome == outcome and effect.to
    ):
        return False
    entry = entry_about(loaded)
    return entry is not None and entry.status in about.statuses and not entry.left_to


def why_not_received(loaded: Loaded, need: str, value: Any) -> Text | None:
    """Say why what it is about cannot be handed to who is answered to a need; None if it can."""
    about = loaded.pack.about
    if about is None or value is None or need not in {one.to for one in loaded.pack.effects}:
        return None
    try:
        receivers(about.kind, held_by=loaded.row.organisation_id).named(_words_of(need, value))
    except CannotReceive as refused:
        return refused.message
    return None


def carry_out(loaded: Loaded, outcome: str, *, case: UUID, actor: Actor) -> dict[str, str]:
    """
    Carry out the effects of an outcome in the caller's transaction; return words of what is new.

    :raises NotLive: if what it is about has ended meanwhile
    :raises CannotReceive: if it would be handed to who does not issue it
    """
    effects = [one for one in loaded.pack.effects if one.outcome == outcome]
    if not effects:
        return {}
    entry = entry_about(loaded)
    if entry is None or not entry.number:
        raise NotLive("What this application is about is not in your register any more.")
    words: dict[str, str] = {}
    for effect in effects:
        words |= _do(effect, loaded, entry, case=case, actor=actor)
    return words


def _do(
    effect: Effect, loaded: Loaded, entry: EntitlementView, *, case: UUID, actor: Actor
) -> dict[str, str]:
    at, answers = loaded.permission.at, loaded.answers
    why = _shown(loaded, effect.words)
    reason = effect.reason(answers)
    known: dict[str, Any] = {"actor": actor, "at": at}
    language = loaded.row.language
    match effect.do:
        case "replace":
            made = replace(
                entry.kind,
                entry.number,
                reason=reason,
                why=why,
                case=case,
                reference=loaded.row.reference,
                **known,
            )
            return {
                "number": made.number,
                "starts": date_in_words(max(entry.starts_on, at.date()), language=language),
                "expires": date_in_words(entry.expires_on, language=language),
            }
        case "reissue":
            new = reissue(
                entry.kind,
                entry.number,
                reason=reason,
                why=why,
                holder=_changed(loaded, effect),
                case=case,
                reference=loaded.row.reference,
                **known,
            )
            return {
                "number": new.number,
                "starts": date_in_words(max(entry.starts_on, at.date()), language=language),
                "expires": date_in_words(entry.expires_on, language=language),
            }
        case "cancel":
            cancel(entry.kind, entry.number, reason=reason, why=why, **known)
        case "transfer":
            named = _shown(loaded, effect.to)
            one = receivers(entry.kind, held_by=entry.organisation).named(named)
            to = organisation_id(one.slug) if one else None
            transfer(entry.kind, entry.number, to=to, why=named, reason=reason, **known)
        case "amend":
            amend(entry.kind, entry.number, holder=_changed(loaded, effect), **known)
    return {}


def _changed(loaded: Loaded, effect: Effect) -> Holder:
    postcode = loaded.answers.get(effect.postcode) if effect.postcode else None
    return Holder(
        name=_shown(loaded, effect.name),
        postcode=postcode["postcode"] if isinstance(postcode, dict) else "",
    )


def _shown(loaded: Loaded, need: str | None) -> str:
    value = loaded.answers.get(need) if need else None
    return "" if need is None or value is None else _words_of(need, value)


def _words_of(need: str, value: Any) -> str:
    attribute = vocabulary()[Need.parse(need).attribute]
    shown = show_answer(attribute, value, language="en")
    return shown if isinstance(shown, str) else ", ".join(shown)
