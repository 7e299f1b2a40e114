"""Which names a FEEL text may use; names with spaces and signs are met only when they are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.tokens import Token, name_key, tokenise


def joined(parts: Sequence[str]) -> str:
    """Return a name from its token texts: words apart by one space, signs without any."""
    text = ""
    for part in parts:
        glued = not text or not (text[-1].isalnum() or text[-1] in "_?") or not _wordlike(part)
        text += part if glued else f" {part}"
    return text


def _wordlike(part: str) -> bool:
    return part[:1].isalnum() or part[:1] in "_?" or part[:1] > "\u007f"


def normal_name(name: str) -> str:
    """Return a name spaced the one way that the parser spaces it."""
    return joined(name_key(name))


def is_name(text: str) -> bool:
    """Tell whether a text is but words and numbers, and so may be a name."""
    try:
        first, *others = tokenise(text)[:-1]
    except (FeelSyntaxError, ValueError):
        return False
    return first.kind == "word" and all(
        token.kind in ("word", "number") or token.text == "'" for token in others
    )


class Names:
    """The names in scope, inner ones over outer ones."""

    def __init__(self, names: Iterable[str] = (), *, outer: Names | None = None) -> None:
        self._outer = outer
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Bring one more name into scope."""
        key = name_key(name)
        if key:
            known = self._by_first.setdefault(key[0], [])
            if key not in known:
                known.append(key)
                known.sort(key=len, reverse=True)

    def inner(self, names: Iterable[str] = ()) -> Names:
        """Return a scope within this one."""
        return Names(names, outer=self)

    def longest_at(self, tokens: Sequence[Token], position: int) -> int:
        """Return how many tokens the longest known name takes here; 0 if none is known."""
        longest = 0
        scope: Names | None = self
        while scope is not None:
            for key in scope._by_first.get(tokens[position].text, ()):
                if len(key) <= longest:
                    break
                here = tokens[position : position + len(key)]
                if all(
                    token.text == part and token.kind != "text"
                    for token, part in zip(here, key, strict=False)
                ) and len(here) == len(key):
                    longest = len(key)
                    break
            scope = scope._outer
        return longest
