"""An answer that names something of one's own: chosen from a list, or typed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from standpipe.kernel.text import Text
from standpipe.vocabulary.answers import Answer, FieldFault, Submitted, read_answer
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.inputs import inputs_of

# What is sent for none of the list, and for another whose reference is typed below.
NONE, OTHER = "none", "other"


@dataclass(frozen=True, slots=True)
class OwnThing:
    """
    One application or entry of a register that a person may name by its `reference`.

    `on` is the day on which an application was sent, or the last one on which an entry is good.
    """

    kind: Literal["application", "entry"]
    reference: str
    label: Text
    on: date


def chosen_name(attribute: Attribute) -> str:
    """Return the name of the radios beside the input in which a reference is typed."""
    return f"{attribute.field_name}Chosen"


def chosen_id(attribute: Attribute) -> str:
    """Return the HTML id of those radios."""
    return f"{attribute.field_id}-chosen"


def read_choice(
    attribute: Attribute,
    submitted: Submitted,
    own: Sequence[OwnThing],
    *,
    on: date,
    required: bool,
) -> Answer | list[FieldFault]:
    """Read what a form sent where one's own could be chosen; without a choice, what was typed."""
    chosen = submitted.get(chosen_name(attribute), "")
    if not own or chosen == "":
        return read_answer(attribute, submitted, on=on, required=required)
    if chosen == OTHER:
        return read_answer(attribute, submitted, on=on)
    if chosen == NONE and not required:
        return Answer(None)
    if chosen in [one.reference for one in own]:
        return read_answer(attribute, {inputs_of(attribute)[0].name: str(chosen)}, on=on)
    return [FieldFault(chosen_id(attribute), attribute.missing)]
