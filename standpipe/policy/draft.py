"""What a draft is, and what can stand in its way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from standpipe.kernel.errors import Refused

State = Literal["draft", "proposed", "published", "discarded"]


class NoSuchDraft(Refused):
    """There is no such draft in the actor's organisation."""


class NotAllowedNow(Refused):
    """The draft is not in the state in which this is done."""


class SamePerson(Refused):
    """Whoever wrote a rule does not put it into force."""


class ChangedMeanwhile(Refused):
    """Somebody else changed it since it was shown."""


class Outdated(Refused):
    """Another version was published since the draft was begun."""


class TooEarly(Refused):
    """A rule was to be in force before today, or before the one that it follows."""


class NotReady(Refused):
    """There is still something wrong, or nothing has changed."""


class NoReason(Refused):
    """It is not said why the rule changes, or why it is sent back."""


class NotOurs(Refused):
    """Another organisation decides on the rules of this service."""


class NoPopulation(Refused):
    """Nobody is declared on whom the rules of this service could be tried."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """
    One draft.

    `texts` are the changed files by path, `mark` changes with them; `base` is the hash of the
    version that it changes. `valid_from` None means that no day was set yet.
    """

    id: UUID
    service: str
    base: str
    texts: Mapping[str, str]
    mark: str
    state: State
    author: UUID
    author_name: str
    begun_at: datetime
    changed_at: datetime
    reason: str
    returned: str
    valid_from: date | None
    proposed_at: datetime | None
    approved_name: str
    published_at: datetime | None
    published: str | None
    version: str
