"""A form: pages in their order, each shown when it is needed and its condition holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from standpipe.kernel.text import Text
from standpipe.packs.condition import Condition, read_condition
from standpipe.packs.repeating import Repeat, read_repeat

PageKind = Literal["question", "consult", "upload", "information"]


@dataclass(frozen=True, slots=True)
class Ask:
    """
    A need asked for; `label` and `hint` stand only where the pack overrides the vocabulary.

    `anew` is that it has changed: nothing that was told before is offered for it.
    `chosen_from` is what of their own the person may choose instead of typing.
    """

    need: str
    required: bool
    label: Text | None
    hint: Text | None
    override_reason: str | None
    anew: bool = False
    chosen_from: Literal["own"] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """
    One page.

    A consult page tells a `registry` what it `discloses` to find the person, and keeps what the
    registry `gives`; `until` is the need that keeps the end of the award behind a met answer.
    """

    id: str
    kind: PageKind
    title: Text | None
    body: Text | None
    ask: tuple[Ask, ...]
    when: Condition | None
    only_if_matters: bool
    why: Text | None
    registry: str | None
    discloses: tuple[str, ...]
    gives: tuple[str, ...]
    until: str | None
    repeat: Repeat | None = None

    @property
    def fetched(self) -> tuple[str, ...]:
        """Every need that a met answer of its registry brings."""
        return (*self.gives, self.until) if self.until else self.gives


@dataclass(frozen=True, slots=True)
class Form:
    """Every page, then check answers, the declaration, and what is said when it is sent."""

    pages: tuple[Page, ...]
    declaration: tuple[str, ...]
    check_title: Text
    submit_label: Text
    confirmation_title: Text
    next_steps: tuple[Text, ...]
    equality: tuple[str, ...]
    draft_ttl_days: int

    def page(self, page_id: str) -> Page:
        """Return a page by its id; KeyError if there is none."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise KeyError(page_id)


def read_form(words: Mapping[str, Any]) -> Form:
    """Read a form that the schema has found well formed."""
    return Form(
        pages=tuple(map(_page, words["pages"])),
        declaration=tuple(words["declaration"]),
        check_title=Text.read(words["check_answers"]["title"]),
        submit_label=Text.read(words["check_answers"]["submit"]),
        confirmation_title=Text.read(words["confirmation"]["title"]),
        next_steps=tuple(map(Text.read, words["confirmation"]["next"])),
        equality=tuple(words.get("equality", ())),
        draft_ttl_days=words["draft_ttl_days"],
    )


def _page(words: Mapping[str, Any]) -> Page:
    return Page(
        id=words["id"],
        kind=words.get("kind", "question"),
        title=_text(words, "title"),
        body=_text(words, "body"),
        ask=tuple(map(_ask, words.get("ask", ()))),
        when=read_condition(words["when"]) if "when" in words else None,
        only_if_matters=words.get("only_if_matters", False),
        why=_text(words, "why"),
        registry=words.get("registry"),
        discloses=_needs(words, "discloses"),
        gives=_needs(words, "gives"),
        until=words.get("until"),
        repeat=read_repeat(words["repeat"]) if "repeat" in words else None,
    )


def _ask(words: Mapping[str, Any]) -> Ask:
    return Ask(
        need=words["need"],
        required=words.get("required", True),
        label=_text(words, "label"),
        hint=_text(words, "hint"),
        override_reason=words.get("override_reason"),
        anew=words.get("anew", False),
        chosen_from=words.get("chosen_from"),
    )


def _needs(words: Mapping[str, Any], name: str) -> tuple[str, ...]:
    # A need that some nations alone have stands in a mapping, {need: …}.
    return tuple(one if isinstance(one, str) else one["need"] for one in words.get(name, ()))


def _text(words: Mapping[str, Any], name: str) -> Text | None:
    return Text.read(words[name]) if name in words else None
