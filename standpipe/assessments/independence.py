"""Whether an assessor may be somebody who treats the person. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What stands before a name and says nothing of whose it is.
_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "nurse"})


def is_named(name: str, texts: Iterable[str]) -> bool:
    """
    Tell whether a name stands in texts by its last word and, if given there, a first name's letter.

    It errs towards yes: two people of one family name are told apart by a person, not here.
    """
    wanted = [word for word in _words(name) if word not in _TITLES]
    if not wanted:
        return False
    first, last = wanted[0], wanted[-1]
    for text in texts:
        said = [word for word in _words(text) if word not in _TITLES]
        for at, word in enumerate(said):
            if word != last:
                continue
            before = said[at - 1] if at else ""
            is_initial = len(before) == 1 or before.startswith(first[:1])
            if len(wanted) == 1 or not before or is_initial or _is_plain_surname(text, last):
                return True
    return False


def _is_plain_surname(text: str, last: str) -> bool:
    """Tell whether a family name stands alone or after a title, as in “Dr Rees at the hospital”."""
    titles = "|".join(sorted(_TITLES))
    return bool(re.search(rf"\b(?:{titles})\.? +{re.escape(last)}\b", _plain(text)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _plain(text))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
