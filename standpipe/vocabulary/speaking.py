"""An attribute in words about somebody else than the reader."""

from __future__ import annotations

from dataclasses import replace

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute, Choice


def spoken_of(attribute: Attribute, called: Text | None, *, to_reader: bool = False) -> Attribute:
    """
    Return an attribute in words about somebody, by how they are called; None is the reader.

    `to_reader` for what is asked of the reader themselves, who acts for that somebody.
    """
    if called is None:
        return attribute

    def say(text: Text) -> Text:
        return text.about(called, to_reader=to_reader)

    def offer(choice: Choice) -> Choice:
        return replace(
            choice, label=say(choice.label), hint=say(choice.hint) if choice.hint else None
        )

    ask = attribute.ask if to_reader else attribute.ask_other or attribute.ask
    return replace(
        attribute,
        label=say(attribute.label),
        ask=say(ask),
        hint=say(attribute.hint) if attribute.hint else None,
        missing=say(attribute.missing),
        unknown=say(attribute.unknown) if attribute.unknown else None,
        choices=tuple(map(offer, attribute.choices)),
    )
