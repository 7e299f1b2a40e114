"""What is wrong with a value, or with a part of one."""

from __future__ import annotations

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.fault_texts import fault_text


class PartFault(Exception):
    """What is wrong with one part of a value; part "" is the whole."""

    def __init__(self, part: str, message: Text) -> None:
        super().__init__(part, message)
        self.part = part
        self.message = message


class PartFaults(Exception):
    """Several parts are wrong at once."""

    def __init__(self, faults: list[PartFault]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def wrong_shape(attribute: Attribute, part: str = "") -> PartFault:
    """Return the fault of a value that is not even of the right JSON type."""
    return PartFault(part, fault_text("wrong_shape", label=attribute.label))
