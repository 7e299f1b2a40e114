"""Samples and their reviews, of the actor's own organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.consent.actions import record_use
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id
from standpipe.quality.actions import permission_of
from standpipe.quality.models import Sample
from standpipe.quality.sample import NoSuchSample, SampledView, SampleView, Terms


def reviewable(actor: Actor) -> dict[str, ServicePack]:
    """Return the services of the actor's organisation that say how they are reviewed."""
    return {
        name: pack
        for name, pack in packs().items()
        if pack.case.quality and organisation_id(pack.organisation) == actor.organisation
    }


def samples(*, actor: Actor, at: datetime) -> list[SampleView]:
    """Return the newest samples of the actor's organisation; the look is recorded."""
    with acting(actor):
        record_use(permission_of(actor, at), subjects=[], what="samples")
        rows = Sample.objects.filter(organisation_id=actor.organisation)
        return [_view(row, actor) for row in rows.order_by("-drawn_at")[:50]]


def open_sample(sample: UUID, *, actor: Actor, at: datetime) -> SampleView:
    """
    Return one sample; the look is recorded.

    :raises NoSuchSample: if it is not of the actor's organisation
    """
    with acting(actor):
        record_use(permission_of(actor, at), subjects=[], what=f"sample:{sample}")
        row = Sample.objects.filter(id=sample, organisation_id=actor.organisation).first()
        if row is None:
            raise NoSuchSample("There is no such sample.")
        return _view(row, actor)


def _view(row: Sample, actor: Actor) -> SampleView:
    return SampleView(
        id=row.id,
        terms=Terms(row.service, row.first, row.last, row.outcome, row.share_percent, row.seed),
        pack_sha256=row.pack_id,
        drawn_by=row.drawn_by,
        drawn_at=row.drawn_at,
        population=row.population,
        cases=tuple(
            SampledView(
                reference=one.reference,
                marks=one.marks,
                words=one.words,
                reviewed_by=one.reviewed_by,
                reviewed_at=one.reviewed_at,
                is_own=one.decided_by == actor.id,
            )
            for one in row.cases.order_by("position")
        ),
    )
