"""What a decision does to something that was granted before, as its pack says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Act = Literal["replace", "reissue", "cancel", "transfer", "amend"]


@dataclass(frozen=True, slots=True)
class About:
    """That a service is about an entry of a register, of one kind and in one of these statuses."""

    kind: str
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """
    One act on that entry, carried out with a decision of this outcome.

    Its reason is `code`, or follows from the answer to `reason_need` by `codes`. `words` is a
    need whose answer is kept with it, `to` the need that names the authority to which it goes,
    and `name` and `postcode` are the needs of what changes about its holder. `reissue` ends it for
    the reason and has one made anew with what changed, where `replace` has the same made again.
    """

    outcome: str
    do: Act
    code: str
    reason_need: str | None
    codes: Mapping[str, str]
    words: str | None
    to: str | None
    name: str | None
    postcode: str | None

    def needs(self) -> list[str]:
        """Return every need that it looks at."""
        named = (self.reason_need, self.words, self.to, self.name, self.postcode)
        return [need for need in named if need]

    def reason(self, answers: Mapping[str, Any]) -> str:
        """Return the code of its reason; empty where it has none."""
        if self.reason_need is None:
            return self.code
        return self.codes.get(str(answers.get(self.reason_need)), "")


def read_about(words: Mapping[str, Any] | None) -> About | None:
    """Read what a service is about; None where it is about nothing granted before."""
    return About(words["entitlement"], frozenset(words["statuses"])) if words else None


def read_effects(words: list[Mapping[str, Any]]) -> tuple[Effect, ...]:
    """Read effects that the schema has found well formed."""
    return tuple(
        Effect(
            outcome=one["outcome"],
            do=one["do"],
            code=one.get("reason", {}).get("code", ""),
            reason_need=one.get("reason", {}).get("need"),
            codes=dict(one.get("reason", {}).get("codes", {})),
            words=one.get("words", {}).get("need"),
            to=one.get("to", {}).get("need"),
            name=one.get("holder", {}).get("name"),
            postcode=one.get("holder", {}).get("postcode"),
        )
        for one in words
    )
