"""Drafts, and the versions of a service's rules."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import cast
from uuid import UUID

from standpipe.eligibility.rules import RuleSet
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.actions import newest
from standpipe.packs.loaded import kept, packs_in_folder, place, vocabulary
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id
from standpipe.policy.actions import mark_of
from standpipe.policy.checking import Checked, check
from standpipe.policy.draft import DraftView, NoPopulation, NoSuchDraft, State
from standpipe.policy.models import Draft
from standpipe.policy.people import People, gather
from standpipe.policy.population import FILE, Terms, draw_people, read_terms

SEED = 1


def own_services(actor: Actor) -> dict[str, ServicePack]:
    """Return the services whose rules the actor's organisation decides on, newest version."""
    found = {}
    with acting(actor):
        for name, pack in packs_in_folder().items():
            if organisation_id(pack.organisation) == actor.organisation:
                published = newest(name)
                found[name] = published.pack if published else pack
    return found


def drafts(actor: Actor) -> list[DraftView]:
    """Return the drafts of the actor's organisation, the last changed first."""
    with acting(actor):
        return [_view(row) for row in Draft.objects.order_by("-changed_at")[:100]]


def open_draft(draft: UUID, *, actor: Actor) -> DraftView:
    """
    Return one draft.

    :raises NoSuchDraft: if it is not of the actor's organisation
    """
    with acting(actor):
        row = Draft.objects.filter(id=draft).first()
        if row is None:
            raise NoSuchDraft("There is no such draft in your organisation.")
        return _view(row)


def base_of(draft: DraftView) -> ServicePack:
    """Return the version that a draft changes."""
    return kept(draft.base)


def files_of(draft: DraftView) -> dict[str, str]:
    """Return every file of the service as the draft has it."""
    return {**kept(draft.base).files, **draft.texts}


def checked(draft: DraftView) -> Checked:
    """Check a draft as it would be published."""
    return check(draft.service, files_of(draft), vocabulary=vocabulary(), place=place())


def _view(row: Draft) -> DraftView:
    return DraftView(
        id=row.id,
        service=row.service,
        base=row.base_id,
        texts=row.texts,
        mark=mark_of(row.texts),
        state=cast(State, row.state),
        author=row.author_id,
        author_name=row.author_name,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        reason=row.reason,
        returned=row.returned,
        valid_from=row.valid_from,
        proposed_at=row.proposed_at,
        approved_name=row.approved_name,
        published_at=row.published_at,
        published=row.published_id,
        version=row.version,
    )


def synthetic_people(service: str, *, needs: tuple[str, ...], rules: RuleSet, count: int) -> People:
    """
    Return made-up residents of the place, as the service says that they would answer.

    :raises NoPopulation: if the service declares none, or the place is a real one
    """
    return _people(service, needs, rules.on, count)


def terms_of(service: str) -> Terms | None:
    """Return what a service declares of its population; None if it declares none."""
    text = packs_in_folder()[service].files.get(FILE)
    return read_terms(text, name=service) if text else None


# The people are the same for every draft of a day; making them up is what takes the time.
@lru_cache(maxsize=4)
def _people(service: str, needs: tuple[str, ...], on: date, count: int) -> People:
    terms = terms_of(service)
    if terms is None or not place().synthetic:
        raise NoPopulation("There is no declared population to try this service on.")
    rules = packs_in_folder()[service].rules(on)
    drawn = list(draw_people(terms, place(), seed=SEED, count=count, on=on))
    return gather(
        (known for known, _ in drawn), (district for _, district in drawn), rules=rules, needs=needs
    )
