"""An attribute: one thing that may be asked of or held about somebody, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from standpipe.kernel.text import Text

Kind = Literal[
    "text",
    "long_text",
    "digits",
    "name",
    "date",
    "whole_number",
    "money",
    "boolean",
    "choice",
    "choices",
    "email",
    "phone",
    "mobile",
    "national_insurance_number",
    "postcode",
    "address",
    "file",
    "photo",
    "declaration",
]
Reuse = Literal[
    "derive", "registry_silent", "prefill_confirm", "offer", "ask_always", "never_store"
]
Sensitivity = Literal["none", "personal", "special", "criminal", "financial", "safeguarding"]
Tense = Literal["past", "past_or_today", "future_or_today", "any"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; an exclusive one ("None of these") cannot stand beside another."""

    code: str
    label: Text
    hint: Text | None
    exclusive: bool


@dataclass(frozen=True, slots=True)
class RegistrySource:
    """A register that can answer instead of the person: what it matches on, by which gateway."""

    connector: str
    match: tuple[str, ...]
    gateway: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a value follows from others, so that it is never asked; see `derivation.py`."""

    function: str
    sources: tuple[str, ...]
    argument: str | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may be: sizes in characters, numbers between bounds that both count."""

    shortest: int
    longest: int
    smallest: int
    largest: int
    tense: Tense
    accept: tuple[str, ...]
    largest_megabytes: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """
    One attribute, with everything a page, a check and a registry need to know about it.

    `ask` speaks to the person themselves, `ask_other` about somebody called {name};
    `missing` is what is said when there is no answer; `unknown` labels "I do not know" where
    that is an answer. `max_age_days` is how long an answer may be used again, None for ever.
    `field_id` and `field_name` are those of the GOV.UK Design System where it has them.
    """

    id: str
    type: Kind
    label: Text
    ask: Text
    ask_other: Text | None
    hint: Text | None
    missing: Text
    unknown: Text | None
    choices: tuple[Choice, ...]
    limits: Limits
    sensitivity: Sensitivity
    reuse: Reuse
    max_age_days: int | None
    registries: tuple[RegistrySource, ...]
    derivation: Derivation | None
    autocomplete: tuple[str, ...]
    width: int | None
    field_id: str
    field_name: str
    mappings: tuple[str, ...]
    description: str
    also_accept: tuple[str, ...]

    @property
    def derives_from(self) -> tuple[str, ...]:
        """The attributes it follows from; none if it has to be asked."""
        return self.derivation.sources if self.derivation else ()

    def choice(self, code: str) -> Choice:
        """Return the option of that code; KeyError if there is none."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise KeyError(f"{self.id} has no choice {code}")


class Vocabulary(Mapping[str, Attribute]):
    """Every attribute of the vocabulary by id, in the order of its files."""

    def __init__(self, attributes: Mapping[str, Attribute]) -> None:
        self._attributes = dict(attributes)

    def __getitem__(self, attribute_id: str) -> Attribute:
        return self._attributes[attribute_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._attributes)

    def __len__(self) -> int:
        return len(self._attributes)
