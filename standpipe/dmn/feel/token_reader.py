"""Reading tokens one by one: what is next, names of several words, and types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NoReturn

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.builtin_names import BUILTIN_NAMES, PROPERTY_NAMES, TYPE_NAMES
from standpipe.dmn.feel.errors import FeelSyntaxError, unreadable
from standpipe.dmn.feel.names import Names, joined
from standpipe.dmn.feel.tokens import Token, tokenise
from standpipe.dmn.sayings import Saying, Several

BUILTIN_SCOPE: Final = Names(BUILTIN_NAMES)
KEYWORDS: Final = frozenset(
    {
        *("and", "or", "in", "between", "then", "else", "return", "satisfies", "of", "instance"),
        *("if", "for", "some", "every", "function", "external"),
    }
)
_PROPERTIES: Final = Names(PROPERTY_NAMES)
_TYPES: Final = Names(TYPE_NAMES)
_NAME_SIGNS: Final = frozenset({".", "/", "-", "'", "+", "*"})
_MAX_CHARACTERS: Final = 100_000


class TokenReader:
    """A FEEL text, the place reached in it, and the names known there."""

    def __init__(
        self, source: str, names: Iterable[str] | Names, *, only_known: bool = False
    ) -> None:
        if len(source) > _MAX_CHARACTERS:
            raise unreadable("too_long", position=0)
        self.tokens = tokenise(source)
        self.position = 0
        self.depth = 0
        self.only_known = only_known
        self.names = (
            names if isinstance(names, Names) else Names(names, outer=BUILTIN_SCOPE)
        ).inner()

    # Tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def at(self, *texts: str) -> bool:
        token = self.token
        return token.text in texts and token.kind in ("symbol", "word")

    def next_is(self, text: str) -> bool:
        following = self.tokens[min(self.position + 1, len(self.tokens) - 1)]
        return following.text == text and following.kind in ("symbol", "word")

    def take(self, *texts: str) -> bool:
        if self.at(*texts):
            self.position += 1
            return True
        return False

    def expect(self, *texts: str) -> str:
        if not self.at(*texts):
            self.fail("expected", one_of=Several(texts, "or"))
        self.position += 1
        return self.tokens[self.position - 1].text

    def expect_end(self) -> None:
        if self.token.kind != "end":
            self.fail("should_end")

    def fail(self, what: str, **parts: object) -> NoReturn:
        token = self.token
        found = Saying("feel.end") if token.kind == "end" else repr(token.text)
        expected = Saying(f"feel.{what}.what", parts)
        raise FeelSyntaxError(
            Saying("feel.found", {"what": expected, "found": found, "at": token.start + 1}),
            position=token.start,
            mend=Saying(f"feel.{what}.mend", parts),
        )

    # Names

    def name_part(self, position: int) -> bool:
        token = self.tokens[position]
        return token.kind in ("word", "number") or (
            token.kind == "symbol" and token.text in _NAME_SIGNS
        )

    def name_before(self, *ends: str) -> str:
        """Read a new name: everything up to one of the tokens that may follow it."""
        parts: list[str] = []
        if self.token.kind != "word":
            self.fail("name")
        while not self.at(*ends) and self.name_part(self.position):
            parts.append(self.token.text)
            self.position += 1
        if not self.at(*ends):
            self.fail("after_name", one_of=Several(ends, "or"))
        return joined(parts)

    def member_name(self) -> str:
        known = max(
            names.longest_at(self.tokens, self.position) for names in (self.names, _PROPERTIES)
        )
        if known:
            return self.take_name(known)
        if self.token.kind != "word":
            self.fail("member")
        length = 1
        while (
            self.tokens[self.position + length].kind == "word"
            and self.tokens[self.position + length].text not in KEYWORDS
        ):
            length += 1
        return self.take_name(length)

    def take_name(self, length: int) -> str:
        parts = [token.text for token in self.tokens[self.position : self.position + length]]
        self.position += length
        return joined(parts)

    # Types

    def type_name(self) -> nodes.TypeName:
        known = _TYPES.longest_at(self.tokens, self.position)
        if known:
            name = self.take_name(known)
        elif self.token.kind == "word":
            length = 1
            while (
                self.tokens[self.position + length].kind == "word"
                and self.tokens[self.position + length].text not in KEYWORDS
            ) or (
                self.tokens[self.position + length].text == "."
                and self.tokens[self.position + length + 1].kind == "word"
            ):
                length += 1
            name = self.take_name(length)
        else:
            self.fail("type")
        if not self.take("<"):
            return nodes.TypeName(name)
        parameters: list[nodes.TypeName] = []
        members: list[tuple[str, nodes.TypeName]] = []
        while not self.at(">"):
            if name == "context":
                member = self.name_before(":")
                self.expect(":")
                members.append((member, self.type_name()))
            else:
                parameters.append(self.type_name())
            if not self.take(","):
                break
        self.expect(">")
        if name == "function":
            self.expect("->")
            parameters.append(self.type_name())
        return nodes.TypeName(name, tuple(parameters), tuple(members))
