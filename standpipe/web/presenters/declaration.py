"""What a person declares when they send something: one tick box for each declaration. Pure."""

from __future__ import annotations

from datetime import date

from standpipe.applications.application import ApplicationView
from standpipe.vocabulary.answers import FieldFault, Submitted, read_answer
from standpipe.vocabulary.attribute import Attribute, Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.speaking import spoken_of
from standpipe.web.presenters.fields import Asked, Component, components


def declarations(
    view: ApplicationView,
    vocabulary: Vocabulary,
    sent: Submitted,
    faults: tuple[FieldFault, ...],
    *,
    language: str,
) -> list[Component]:
    """Return the tick boxes; never ticked before the person has done it."""
    drawn = []
    for attribute in _declared(view, vocabulary):
        asked = Asked(
            attribute=attribute,
            label=attribute.ask.in_(language),
            hint=None,
            required=True,
            is_heading=False,
            is_own=False,
        )
        drawn.extend(components(asked, sent, faults, language=language))
    return drawn


def declaration_faults(
    view: ApplicationView, vocabulary: Vocabulary, sent: Submitted, *, on: date
) -> tuple[FieldFault, ...]:
    """Return what was not declared; nothing where all was."""
    faults: list[FieldFault] = []
    for attribute in _declared(view, vocabulary):
        read = read_answer(attribute, sent, on=on)
        if isinstance(read, list):
            faults.extend(read)
    return tuple(faults)


def _declared(view: ApplicationView, vocabulary: Vocabulary) -> list[Attribute]:
    return [
        spoken_of(vocabulary[Need.parse(need).attribute], view.called)
        for need in view.pack.form.declaration
    ]
