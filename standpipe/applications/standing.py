"""Where an application stands: what is known, what is left to ask, what may come of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.eligibility.deciding import decide, still_to_ask
from standpipe.eligibility.rules import Decided, Known, RuleSet
from standpipe.facts.fact import Fact
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.attribute import Vocabulary


@dataclass(frozen=True)
class Standing:
    """
    What follows from what is known.

    `asked` are the needs of all visible pages, `derived` what follows without asking,
    `possible` the outcomes that the rules can still reach.
    """

    known: Mapping[str, Known]
    derived: Mapping[str, Any]
    possible: frozenset[str]
    visible: tuple[Page, ...]
    next_page: Page | None
    asked: frozenset[str]
    rules: RuleSet

    def decision(self) -> Decided:
        """
        Return what the rules say with what is known.

        :raises MissingFacts: if something that is not known could change it
        """
        return decide(self.rules, self.known)
