"""To whom an entry can be handed over in a place: whoever issues what it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.places.place import Organisation

DOES_NOT_ISSUE = Text(
    "{organisation} does not issue this: {label}. Enter the authority that does",
    "Nid yw {organisation} yn dyroddi hwn: {label}. Rhowch yr awdurdod sy’n gwneud hynny",
)
HAS_IT_ALREADY = Text(
    "{organisation} looks after this already: {label}. Enter another authority",
    "Mae {organisation} yn gofalu am hwn yn barod: {label}. Rhowch awdurdod arall",
)
NOT_HERE = Text("Select or enter the authority", "Dewiswch neu rhowch yr awdurdod")


class CannotReceive(Refused):
    """It was to be handed to who cannot have it; `message` tells the person why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True, slots=True)
class Receivers:
    """
    Who in a place can be handed an entry of a kind that one of them has.

    `label` is what the kind is called, `issuers` and `held_by` are slugs.
    """

    label: Text
    organisations: tuple[Organisation, ...]
    issuers: frozenset[str]
    held_by: str

    @property
    def choosable(self) -> tuple[Organisation, ...]:
        """Whoever issues it, but for who has it."""
        return tuple(
            one
            for one in self.organisations
            if one.slug in self.issuers and one.slug != self.held_by
        )

    def chosen(self, slug: str) -> Organisation:
        """
        Return an organisation that was chosen.

        :raises CannotReceive: if it cannot be handed to them
        """
        for one in self.organisations:
            if one.slug == slug:
                return self._able(one)
        raise CannotReceive(NOT_HERE)

    def named(self, typed: str) -> Organisation | None:
        """
        Return the organisation that somebody typed, in either language; None if none of the place.

        :raises CannotReceive: if it is of the place, and it cannot be handed to them
        """
        wanted = _plain(typed)
        for one in self.organisations:
            texts = (one.name.en, one.name.cy, one.short_name.en, one.short_name.cy)
            if wanted in (one.slug, *map(_plain, texts)):
                return self._able(one)
        return None

    def _able(self, one: Organisation) -> Organisation:
        if one in self.choosable:
            return one
        message = HAS_IT_ALREADY if one.slug == self.held_by else DOES_NOT_ISSUE
        raise CannotReceive(
            Text(
                message.en.format(organisation=one.name.en, label=self.label.en),
                message.cy.format(organisation=one.name.cy, label=self.label.cy),
            )
        )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
