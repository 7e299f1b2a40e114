"""Drawing a sample, and reviewing one case of it; each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.cases.queries import decided_cases
from standpipe.consent.actions import NotPermitted, permit_task
from standpipe.consent.permission import Permission
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id
from standpipe.packs.actions import keep_version, recall
from standpipe.packs.loaded import packs
from standpipe.places.actions import organisation_id
from standpipe.quality.models import Sample, Sampled
from standpipe.quality.sample import (
    DecidedIt,
    NoMarks,
    NoSuchSample,
    NothingToDraw,
    ReviewedAlready,
    Terms,
    Unmarked,
)
from standpipe.quality.sampling import ANSWERS, draw

PURPOSE = "quality"


def draw_sample(terms: Terms, *, actor: Actor, at: datetime) -> UUID:
    """
    Draw a sample of the organisation's decided cases; return it.

    :raises NoMarks: if the service says nothing of how it is reviewed, or is another's
    :raises NothingToDraw: if no case matches
    """
    with acting(actor):
        permission = permission_of(actor, at)
        pack = packs().get(terms.service)
        is_ours = pack is not None and organisation_id(pack.organisation) == actor.organisation
        if pack is None or not is_ours or not pack.case.quality:
            raise NoMarks("This service does not say how its decisions are reviewed.")
        keep_version(pack, at=at)
        found = decided_cases(
            permission,
            service=terms.service,
            first=terms.first,
            last=terms.last,
            outcome=terms.outcome,
        )
        chosen = draw(found, seed=terms.seed, share_percent=terms.share_percent)
        if not chosen:
            raise NothingToDraw("No case was decided so in that time.")
        sample = Sample.objects.create(
            organisation_id=actor.organisation,
            service=terms.service,
            pack_id=pack.sha256,
            first=terms.first,
            last=terms.last,
            outcome=terms.outcome,
            share_percent=terms.share_percent,
            seed=terms.seed,
            population=len(found),
            drawn_by=actor.name,
            drawn_at=at,
        )
        Sampled.objects.bulk_create(
            Sampled(
                id=new_id(),
                sample=sample,
                organisation_id=actor.organisation,
                position=position,
                reference=reference,
                decided_by=found[reference],
            )
            for position, reference in enumerate(chosen)
        )
        record(
            "sample.drawn",
            actor=actor,
            at=at,
            organisation=actor.organisation,
            subjects=[],
            what=f"sample:{sample.id}",
            purpose=PURPOSE,
            detail={"seed": terms.seed, "of": len(found), "drawn": len(chosen)},
        )
    return sample.id


def review(
    sample: UUID,
    reference: str,
    *,
    marks: Mapping[str, str],
    words: str,
    actor: Actor,
    at: datetime,
) -> None:
    """
    Mark a case of a sample, once.

    :raises DecidedIt: if the actor decided it
    :raises ReviewedAlready: if it was reviewed
    :raises Unmarked: if a mark is left out, or something was not met and nobody says what
    """
    with acting(actor):
        row = (
            Sampled.objects.select_for_update(of=("self",))
            .select_related("sample")
            .filter(sample_id=sample, reference=reference, organisation_id=actor.organisation)
            .first()
        )
        if row is None:
            raise NoSuchSample("There is no such case in this sample.")
        if row.reviewed_at:
            raise ReviewedAlready("This case was reviewed.")
        if row.decided_by == actor.id:
            raise DecidedIt("You decided this case. Somebody else has to review it.")
        wanted = [
            one.id for one in recall(row.sample.pack_id, name=row.sample.service).case.quality
        ]
        missing = [mark for mark in wanted if marks.get(mark) not in ANSWERS]
        if not words.strip() and "not_met" in marks.values():
            missing.append("words")
        if missing:
            raise Unmarked(missing)
        row.marks = {mark: marks[mark] for mark in wanted}
        row.words, row.reviewer, row.reviewed_by = words.strip(), actor.id, actor.name
        row.reviewed_at = at
        row.save()
        record(
            "sample.reviewed",
            actor=actor,
            at=at,
            organisation=actor.organisation,
            subjects=[],
            what=f"case:{reference}",
            purpose=PURPOSE,
            detail={"sample": str(sample), "marks": dict(row.marks)},
        )


def permission_of(actor: Actor, at: datetime) -> Permission:
    """
    Permit what reviewing an organisation's own decisions needs.

    :raises NotPermitted: if the actor works for nobody
    """
    if actor.organisation is None:
        raise NotPermitted("Only staff review decisions.")
    return permit_task(actor, organisation=actor.organisation, purpose=PURPOSE, at=at)
