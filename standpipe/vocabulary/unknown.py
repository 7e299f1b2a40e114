"""The answer "I do not know": asked and answered, unlike a question not asked, unlike "none"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# As it is kept and sent, in plain JSON, so that no reader can mistake it for a value.
DOES_NOT_KNOW: Final[Mapping[str, bool]] = {"does_not_know": True}

# What a radio button or a tick box submits for it.
UNKNOWN_CODE: Final = "does_not_know"


def is_unknown(value: object) -> bool:
    """Return whether an answer says that the person does not know."""
    return value == DOES_NOT_KNOW
