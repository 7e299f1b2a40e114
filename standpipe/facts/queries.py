"""What is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from standpipe.consent.permission import Permission
from standpipe.facts.fact import Assurance, Fact, Source
from standpipe.facts.models import Fact as FactRow
from standpipe.rows.queries import find


def of_application(permission: Permission, application: UUID) -> dict[str, Fact]:
    """Return the current facts of an application by need; the caller records the use."""
    return {
        row.need: fact_of(row)
        for row in find(FactRow, application=application, superseded_at=None)
        if permission.covers(row.need.partition("/")[2].partition("@")[0])
    }


def of_applications(
    permission: Permission, applications: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, Fact]]:
    """Return the current facts of many applications, by need; the caller records the use."""
    found: dict[UUID, dict[str, Fact]] = {one: {} for one in applications}
    rows = FactRow.objects.filter(application__in=list(applications), superseded_at=None)
    for row in rows.iterator(chunk_size=2000):
        if permission.covers(row.need.partition("/")[2].partition("@")[0]):
            found[row.application][row.need] = fact_of(row)
    return found


def applications_saying(
    permission: Permission,
    needs: Sequence[str],
    *,
    contains: str = "",
    begins: str = "",
    part: str = "",
) -> QuerySet[FactRow, UUID]:
    """
    Return the applications of an organisation in which a name contains, or a part begins with.

    Letters are compared whatever their case; `part` names a part of the value, without which it
    is a name, first and last together. To be searched in, not shown: the caller records the use.
    """
    rows = FactRow.objects.filter(
        organisation_id=permission.organisation, need__in=list(needs), superseded_at=None
    )
    if part:
        rows = rows.annotate(said=KeyTextTransform(part, "value"))
    else:
        parts = [KeyTextTransform(one, "value") for one in ("given", "family")]
        name = Concat(parts[0], Value(" "), parts[1], output_field=TextField())
        # That of an organisation is a text by itself.
        text = Cast("value", TextField())
        rows = rows.annotate(said=Case(When(value__has_key="family", then=name), default=text))
    if contains:
        rows = rows.filter(said__icontains=contains)
    if begins:
        rows = rows.filter(said__istartswith=begins)
    return rows.values_list("application", flat=True)


def told_before(
    permission: Permission, needs: Sequence[str], *, besides: UUID
) -> Mapping[str, Sequence[Fact]]:
    """
    Return a person's current facts of some needs from their other applications, by need.

    The caller records the use.
    """
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in find(FactRow, person_id=permission.subject, need=list(needs), superseded_at=None):
        if row.application != besides:
            found[row.need].append(fact_of(row))
    return found


def fact_of(row: FactRow) -> Fact:
    """Return a row as the plain type that crosses the border."""
    return Fact(
        id=row.id,
        application=row.application,
        need=row.need,
        value=row.value,
        source=cast(Source, row.source),
        by=row.by,
        form=row.form,
        page=row.page,
        assurance=cast(Assurance, row.assurance),
        at=row.at,
        valid_until=row.valid_until,
        review_by=row.review_by,
        grant=row.grant,
        kept_from=row.kept_from,
    )
