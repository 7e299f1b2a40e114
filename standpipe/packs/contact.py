"""By which way a service reaches somebody, and where: what its answers say. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from standpipe.packs.for_whom import OWN_ROLES, as_needs
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.people import takes_texts
from standpipe.vocabulary.unknown import is_unknown

Way = Literal["email", "sms", "letter", "phone"]


@dataclass(frozen=True, slots=True)
class Contact:
    """
    The needs that say where somebody is reached; of each kind the first that is known counts.

    `way` are those that say by which way somebody wants to be reached.
    """

    email: tuple[str, ...]
    phone: tuple[str, ...]
    post: tuple[str, ...]
    way: tuple[str, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Every need that it names."""
        return (*self.email, *self.phone, *self.post, *self.way)

    def without_representative(self) -> Contact:
        """Return where whom it is about is reached, past whoever acts for them."""
        return Contact(
            *(_of_others(some) for some in (self.email, self.phone, self.post, self.way))
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """By which way somebody is reached, and the need whose answer says where."""

    way: Way
    need: str


def read_contact(words: Mapping[str, Any]) -> Contact:
    """Read the contact of a service that the schema has found well formed."""
    email, phone, post, way = (
        as_needs(words.get(name, ())) for name in ("email", "phone", "post", "way")
    )
    return Contact(email, phone, post, way)


def reach(contact: Contact, answers: Mapping[str, Any]) -> Reached | None:
    """
    Return how somebody is reached: as they chose, or else by what they left; None by nothing.

    Texts go to mobile phones alone. A call comes last: somebody of ours has to make it.
    """
    numbers = list(_known(contact.phone, answers))
    where = {
        "email": next(_known(contact.email, answers), None),
        "sms": next((one for one in numbers if takes_texts(answers[one])), None),
        "letter": next(_known(contact.post, answers), None),
        "phone": next(iter(numbers), None),
    }
    chosen = next((answers[one] for one in _known(contact.way, answers)), None)
    for way in (chosen, *get_args(Way)):
        need = where.get(way)
        if need is not None:
            return Reached(cast(Way, way), need)
    return None


def _known(needs: Sequence[str], answers: Mapping[str, Any]) -> Iterator[str]:
    return (one for one in needs if answers.get(one) and not is_unknown(answers[one]))


def _of_others(needs: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in needs if Need.parse(one).role not in OWN_ROLES)
