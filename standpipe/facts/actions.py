"""Keeping what was told, fetched, derived or found out."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from standpipe.consent.permission import Permission
from standpipe.facts.fact import Assurance, Fact, Source
from standpipe.facts.models import Fact as FactRow
from standpipe.kernel.identifiers import new_id
from standpipe.rows.actions import add_values


@dataclass(frozen=True, slots=True)
class Answer:
    """One value to keep, and how long it holds; see `facts.fact.Fact` for the words."""

    need: str
    value: Any
    valid_until: date | None = None
    review_by: date | None = None
    kept_from: UUID | None = None


_FIELDS = tuple(field.name for field in fields(Fact))


class NotCovered(Exception):
    """A fact would be kept that its permission does not name: a mistake of ours."""


def keep(
    permission: Permission,
    answers: Sequence[Answer],
    *,
    application: UUID,
    person: UUID,
    organisation: UUID,
    source: Source,
    assurance: Assurance,
    form: str,
    page: str,
    known: Container[str] | None = None,
) -> dict[str, Fact]:
    """
    Keep answers for an application; what was known of the same needs before is superseded.

    A caller who has at hand what is `known`, by need, saves the search for it. Returns what is
    kept by its need, in the order given.

    :raises NotCovered: if the permission does not cover an attribute
    """
    for answer in answers:
        attribute = answer.need.partition("/")[2].partition("@")[0]
        if not permission.covers(attribute):
            raise NotCovered(answer.need)
    if not answers:
        return {}
    before = [answer.need for answer in answers if known is None or answer.need in known]
    forget(permission, before, application=application)
    facts = [
        Fact(
            id=new_id(),
            application=application,
            need=answer.need,
            value=answer.value,
            source=source,
            by=f"{permission.actor.kind}:{permission.actor.id}"[:120],
            form=form,
            page=page,
            assurance=assurance,
            at=permission.at,
            valid_until=answer.valid_until,
            review_by=answer.review_by,
            grant=permission.grant,
            kept_from=answer.kept_from,
        )
        for answer in answers
    ]
    whose = {"person_id": person, "organisation_id": organisation}
    told = ({name: getattr(fact, name) for name in _FIELDS} for fact in facts)
    add_values(FactRow, *({**values, **whose} for values in told))
    return {fact.need: fact for fact in facts}


def forget(permission: Permission, needs: Sequence[str], *, application: UUID) -> None:
    """Supersede what an application knows of some needs: it is kept as history, not used."""
    if not needs:
        return
    FactRow.objects.filter(
        application=application, need__in=list(needs), superseded_at=None
    ).update(superseded_at=permission.at)


def purge(application: UUID) -> int:
    """Delete every fact of an application that came to nothing; return how many there were."""
    deleted, _ = FactRow.objects.filter(application=application).delete()
    return deleted


def purge_superseded(application: UUID, *, before: datetime) -> int:
    """Delete the answers that a person changed before sending; return how many there were."""
    deleted, _ = FactRow.objects.filter(application=application, superseded_at__lte=before).delete()
    return deleted
