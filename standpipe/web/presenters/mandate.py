"""Who applied for somebody else, as staff see it. Pure."""

from __future__ import annotations

from typing import Any

from standpipe.consent.mandate import BASIS_WORDS, ENDED_WORDS, EndedBecause, Mandate
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say


def mandate_row(mandate: Mandate | None, *, language: str) -> dict[str, Any] | None:
    """Return who acts and on what basis; None where people applied for themselves."""
    if mandate is None:
        return None
    name = mandate.name or say("mandate.somebody", language=language)
    if mandate.basis is None:
        by = say("mandate.by_nothing", language=language, name=name)
    else:
        basis = BASIS_WORDS[mandate.basis].in_(language)
        by = say("mandate.by", language=language, name=name, basis=basis)
    if mandate.revoked_at:
        on = date_in_words(mandate.revoked_at.date(), language=language)
        by = say("mandate.ended", language=language, by=by, on=on)
        if mandate.ended_because:
            why = ENDED_WORDS[mandate.ended_because].in_(language)
            by = say("mandate.because", language=language, by=by, why=why)
    reasons = [
        {"value": one, "text": _begun_large(words.in_(language)), **_hint(one, language)}
        for one, words in ENDED_WORDS.items()
    ]
    return {"by": by, "can_end": mandate.revoked_at is None, "reasons": reasons}


def _hint(because: EndedBecause, language: str) -> dict[str, Any]:
    if because != "person_died":
        return {}
    return {"hint": {"text": say("mandate.person_died", language=language)}}


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]
